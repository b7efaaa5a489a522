#include "ui/generation/OriginModel.h"

#include "core/base/Text.h"
#include "ui/controls/PictureFileProvider.h"
#include "ui/generation/RecipeText.h"

#include <QFileInfo>
#include <QLocale>
#include <QPointer>

namespace moodloom::ui {

OriginModel::OriginModel(session::Session *session, QObject *parent)
    : QObject(parent), m_desk(session)
{
}

QString OriginModel::picture() const
{
    return m_reuse ? PictureFileProvider::pictureUrl(m_reuse->file) : QString();
}

QString OriginModel::fileName() const
{
    return m_reuse ? QFileInfo(m_reuse->file).fileName() : QString();
}

QString OriginModel::program() const
{
    return m_reuse ? m_reuse->origin.program : QString();
}

bool OriginModel::isOwn() const
{
    return m_reuse && m_reuse->origin.recipe;
}

QString OriginModel::prompt() const
{
    return m_reuse ? m_reuse->origin.prompt.value_or(QString()) : QString();
}

QString OriginModel::seed() const
{
    return m_reuse && m_reuse->hasSeed() ? QString::number(*m_reuse->origin.seed) : QString();
}

QVariantList OriginModel::settings() const
{
    QVariantList rows;
    if (!m_reuse)
        return rows;
    const auto add = [&rows](const QString &name, const QString &value) {
        if (!value.isEmpty())
            rows.append(
                QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    };
    const origin::Origin &origin = m_reuse->origin;
    const generation::PaintSettings &settings = m_reuse->settings;
    add(tr("Avoid"), origin.negativePrompt.value_or(QString()));
    if (m_reuse->modelIsHere)
        add(tr("Model"), settings.model.isEmpty() ? tr("Built-in") : weightsLabel(settings.model));
    for (const generation::RecipeLora &lora : settings.loras)
        if (!origin.loras.isEmpty())
            add(tr("LoRA"), QStringLiteral("%1 %2").arg(weightsLabel(lora.path),
                                                        QLocale().toString(lora.scale, 'f', 2)));
    if (origin.recipe) {
        for (const generation::RecipeControl &control : settings.controls)
            add(tr("ControlNet"), weightsLabel(control.network));
        add(tr("Painted over"), QFileInfo(settings.start.picture.path).fileName());
    }
    if (origin.size)
        add(tr("Size"),
            QStringLiteral("%1 × %2").arg(settings.size.width()).arg(settings.size.height()));
    if (origin.steps)
        add(tr("Steps"), QString::number(settings.steps));
    if (origin.guidance)
        add(tr("Guidance"), QLocale().toString(settings.guidance, 'f', 1));
    if (origin.sampler)
        add(tr("Sampler"), samplerLabel(settings.sampler));
    return rows;
}

QStringList OriginModel::references() const
{
    QStringList urls;
    if (m_reuse)
        for (const origin::FoundReference &found : m_reuse->references)
            urls.append(PictureFileProvider::pictureUrl(found.reference.path));
    return urls;
}

QStringList OriginModel::notes() const
{
    return m_reuse ? m_reuse->notes : QStringList();
}

void OriginModel::read(const QUrl &file)
{
    if (file.isLocalFile())
        readFile(file.toLocalFile());
}

QCoro::Task<void> OriginModel::readFile(QString path)
{
    const QPointer<OriginModel> self(this);
    m_reuse.reset();
    m_reading = true;
    Q_EMIT changed();
    Q_EMIT readingChanged();
    const Result<origin::Reuse> reuse = co_await m_desk.read(path);
    if (!self || (!reuse && reuse.error().code == ErrorCode::Cancelled))
        co_return; // another file is being read, or none any more
    m_reading = false;
    Q_EMIT readingChanged();
    if (!reuse) {
        Q_EMIT silent(path,
                      origin::isSilence(reuse.error())
                          ? tr("%1 does not say how it was made.").arg(QFileInfo(path).fileName())
                          : userText(reuse.error()));
        co_return;
    }
    m_reuse = *reuse;
    Q_EMIT changed();
    Q_EMIT found();
}

void OriginModel::close()
{
    m_desk.stop();
    m_reuse.reset();
    m_reading = false;
    Q_EMIT changed();
    Q_EMIT readingChanged();
}

void OriginModel::use(bool prompt, bool settings, bool seed, bool references)
{
    if (!m_reuse)
        return;
    const QString name = fileName();
    m_desk.use(*m_reuse, {prompt, settings, seed, references});
    close();
    Q_EMIT used(name);
}

void OriginModel::retranslate()
{
    Q_EMIT changed();
}

} // namespace moodloom::ui
