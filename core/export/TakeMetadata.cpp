#include "core/export/TakeMetadata.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QXmlStreamWriter>

namespace moodloom::exporting {
namespace {

const QString kRdf = QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
const QString kDublinCore = QStringLiteral("http://purl.org/dc/elements/1.1/");
const QString kXmpBasic = QStringLiteral("http://ns.adobe.com/xap/1.0/");
const QString kMeta = QStringLiteral("adobe:ns:meta/");
const QString kOwn = QStringLiteral("https://moodloom.invalid/ns/1.0/"); // a name, not an address

// XML 1.0 has no way to write most control characters.
QString xmlText(QString text)
{
    text.removeIf([](QChar c) {
        return (c < u' ' && c != u'\t' && c != u'\n' && c != u'\r') || c >= QChar(0xfffe);
    });
    return text;
}

} // namespace

QString recipeText(const generation::Recipe &recipe)
{
    return QString::fromUtf8(QJsonDocument(toJson(recipe)).toJson(QJsonDocument::Compact));
}

QString parametersText(const generation::Recipe &recipe)
{
    QString text = prompt::withMarks(recipe.prompt, recipe.emphasis);
    for (const generation::RecipeLora &lora : recipe.loras)
        text += QStringLiteral(" <lora:%1:%2>")
                    .arg(QFileInfo(lora.path).completeBaseName())
                    .arg(lora.scale);
    text += u'\n';
    if (!recipe.negativePrompt.isEmpty())
        text += QStringLiteral("Negative prompt: %1\n")
                    .arg(prompt::withMarks(recipe.negativePrompt, recipe.negativeEmphasis));
    const QString model =
        recipe.model.isEmpty() ? QStringLiteral("Moodloom") : QFileInfo(recipe.model).fileName();
    QStringList settings;
    settings << QStringLiteral("Steps: %1").arg(recipe.steps)
             << QStringLiteral("Sampler: %1").arg(generation::samplerTitle(recipe.sampler))
             << QStringLiteral("CFG scale: %1").arg(recipe.guidance)
             << QStringLiteral("Seed: %1").arg(recipe.seed)
             << QStringLiteral("Size: %1x%2").arg(recipe.size.width()).arg(recipe.size.height())
             << QStringLiteral("Model: %1").arg(model);
    if (!recipe.start.picture.isEmpty())
        settings << QStringLiteral("Denoising strength: %1").arg(recipe.start.strength);
    settings << QStringLiteral("Version: Moodloom " MOODLOOM_VERSION);
    return text + settings.join(QStringLiteral(", "));
}

QByteArray recipeXmp(const generation::Recipe &recipe, const QStringList &notes)
{
    QByteArray packet;
    QXmlStreamWriter xml(&packet);
    xml.writeProcessingInstruction(
        QStringLiteral("xpacket"),
        QStringLiteral("begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\""));
    xml.writeNamespace(kMeta, QStringLiteral("x"));
    xml.writeStartElement(kMeta, QStringLiteral("xmpmeta"));
    xml.writeNamespace(kRdf, QStringLiteral("rdf"));
    xml.writeStartElement(kRdf, QStringLiteral("RDF"));
    xml.writeNamespace(kDublinCore, QStringLiteral("dc"));
    xml.writeNamespace(kXmpBasic, QStringLiteral("xmp"));
    xml.writeNamespace(kOwn, QStringLiteral("moodloom"));
    xml.writeStartElement(kRdf, QStringLiteral("Description"));
    xml.writeAttribute(kRdf, QStringLiteral("about"), QString());
    xml.writeTextElement(kXmpBasic, QStringLiteral("CreatorTool"),
                         QStringLiteral("Moodloom " MOODLOOM_VERSION));

    xml.writeStartElement(kDublinCore, QStringLiteral("description"));
    xml.writeStartElement(kRdf, QStringLiteral("Alt"));
    xml.writeStartElement(kRdf, QStringLiteral("li"));
    xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("x-default"));
    xml.writeCharacters(xmlText(recipe.prompt));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();

    xml.writeTextElement(kOwn, QStringLiteral("recipe"), xmlText(recipeText(recipe)));
    if (!notes.isEmpty()) {
        xml.writeStartElement(kOwn, QStringLiteral("notes"));
        xml.writeStartElement(kRdf, QStringLiteral("Seq"));
        for (const QString &note : notes)
            xml.writeTextElement(kRdf, QStringLiteral("li"), xmlText(note));
        xml.writeEndElement();
        xml.writeEndElement();
    }
    xml.writeEndElement(); // Description
    xml.writeEndElement(); // RDF
    xml.writeEndElement(); // xmpmeta
    xml.writeProcessingInstruction(QStringLiteral("xpacket"), QStringLiteral("end=\"w\""));
    return packet;
}

} // namespace moodloom::exporting
