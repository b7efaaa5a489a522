#include "app/cli/OpenIndex.h"
#include "app/cli/Words.h"

#include "core/base/Paths.h"

#include <QDir>
#include <QJsonArray>

#include <cmath>

namespace moodloom::cli {

void addLibraryOption(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("library"),
                      Words::tr("the library's folder (the studio's own)"), QStringLiteral("DIR")});
}

void addIndexOptions(QCommandLineParser &parser)
{
    addLibraryOption(parser);
    parser.addOption({QStringLiteral("model"), Words::tr("the model, or a CLIP folder with config.json and "
                                "model.safetensors, that searches (the built-in model)"),
                      QStringLiteral("DIR")});
}

QString libraryFolder(const QCommandLineParser &parser)
{
    const QString folder = parser.value(QStringLiteral("library"));
    return folder.isEmpty() ? dataFolder() + QStringLiteral("/library")
                            : QDir::current().absoluteFilePath(folder);
}

QString modelFolder(const QCommandLineParser &parser)
{
    const QString folder = parser.value(QStringLiteral("model"));
    return folder.isEmpty() ? builtInModelFolder() : QDir::current().absoluteFilePath(folder);
}

Result<std::unique_ptr<session::LibraryIndex>> openIndex(const QString &folder, const QString &model,
                                                         library::Library::Mode mode, Output &output)
{
    auto index = session::LibraryIndex::open(folder, model, mode);
    if (index && (*index)->encoderError())
        output.notice(
            Words::tr("searching by words only: %1").arg(errorLine(*(*index)->encoderError())));
    return index;
}

QJsonObject assetFields(const library::Asset &asset)
{
    return {{"path", asset.path}, {"hash", asset.hash}, {"width", asset.size.width()},
            {"height", asset.size.height()}, {"description", asset.description},
            {"keywords", QJsonArray::fromStringList(asset.keywords)}};
}

QString lackingLine(const QString &facet)
{
    return Words::tr("Nothing in the library shows “%1”.").arg(facet);
}

QJsonObject referenceFields(const retrieval::Reference &reference, const prompt::Prompt &prompt)
{
    QJsonObject fields = assetFields(reference.asset);
    fields["facet"] = reference.facet >= 0 && reference.facet < prompt.facets.size()
                          ? prompt.facets[reference.facet].text
                          : QString();
    fields["state"] = reference.state == ReferenceState::Pinned ? "pinned" : "suggested";
    fields["weight"] = reference.weight;
    fields["nearest"] = reference.nearest;
    fields["score"] = reference.why.fused;
    const auto signal = [&fields](const char *name, double value) {
        if (!std::isnan(value))
            fields[QLatin1String(name)] = value;
    };
    signal("text_image", reference.why.textImage);
    signal("words", reference.why.words);
    signal("feedback", reference.why.feedback);
    signal("typical", reference.why.typical);
    signal("color", reference.why.color);
    return fields;
}

} // namespace moodloom::cli
