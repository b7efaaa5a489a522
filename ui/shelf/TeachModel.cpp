#include "ui/shelf/TeachModel.h"

#include "core/base/Paths.h"
#include "core/base/Text.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "ui/controls/Format.h"

#include <QFileInfo>

namespace moodloom::ui {

using Phase = session::TeachState::Phase;

TeachModel::TeachModel(session::Session *session, QObject *parent)
    : QObject(parent), m_session(session)
{
    connect(&m_teacher, &session::Teacher::changed, this, &TeachModel::take);
    connect(&m_teacher, &session::Teacher::finished, this, &TeachModel::taught);
    connect(session, &session::Session::settingsChanged, this, &TeachModel::modelChanged);
}

void TeachModel::setFolder(const QUrl &folder)
{
    if (!folder.isLocalFile() || isBusy())
        return;
    m_folder = folder.toLocalFile();
    setName(QFileInfo(m_folder).fileName());
    Q_EMIT requestChanged();
    Q_EMIT changed();
}

void TeachModel::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    lookForRun();
    Q_EMIT requestChanged();
    Q_EMIT changed();
}

QString TeachModel::nameProblem() const
{
    const QString name = m_name.trimmed();
    if (name.contains(QLatin1Char('/')) || name.startsWith(QLatin1Char('.')))
        return tr("A name has no slashes and does not begin with a dot.");
    if (!m_goesOn && !name.isEmpty() && !isBusy() && QFileInfo::exists(out()))
        return tr("There is a LoRA of that name: choose another one.");
    return {};
}

void TeachModel::setMinutes(double minutes)
{
    if (minutes == m_minutes || minutes <= 0)
        return;
    m_minutes = minutes;
    Q_EMIT requestChanged();
}

QVariantList TeachModel::lengths() const
{
    const auto length = [](const QString &text, double minutes) {
        return QVariantMap{{QStringLiteral("text"), text}, {QStringLiteral("value"), minutes}};
    };
    return {length(tr("%n minutes", nullptr, 15), 15), length(tr("%n hours", nullptr, 1), 60),
            length(tr("%n hours", nullptr, 4), 240), length(tr("%n hours", nullptr, 10), 600)};
}

void TeachModel::setWithAdapter(bool adapter)
{
    if (adapter == m_adapter)
        return;
    m_adapter = adapter;
    Q_EMIT requestChanged();
}

QString TeachModel::modelName() const
{
    const QString model = m_session->settings().model;
    return model.isEmpty() ? tr("the built-in model") : QFileInfo(model).completeBaseName();
}

QString TeachModel::out() const
{
    return dataFolder() + QStringLiteral("/models/loras/") + m_name.trimmed() +
           QStringLiteral(".safetensors");
}

void TeachModel::lookForRun()
{
    m_goesOn = !m_name.trimmed().isEmpty() && session::Teacher::canGoOn(out());
}

bool TeachModel::isReady() const
{
    return !m_folder.isEmpty() && !m_name.trimmed().isEmpty() && nameProblem().isEmpty() &&
           !isBusy();
}

bool TeachModel::isStopping() const
{
    return m_teacher.state().phase == Phase::Stopping;
}

bool TeachModel::isIndeterminate() const
{
    return m_teacher.state().phase == Phase::Reading || isStopping();
}

QString TeachModel::stateText() const
{
    const session::TeachState &state = m_teacher.state();
    switch (state.phase) {
    case Phase::Idle:
    case Phase::Failed:
        return {};
    case Phase::Reading:
        return tr("Reading the pictures");
    case Phase::Loading: {
        const QString read = tr("%n pictures, ", nullptr, state.pictures) +
                             tr("%n with captions", nullptr, state.captioned);
        return tr("%1. Loading the model: %2 %").arg(read).arg(qRound(100 * state.share));
    }
    case Phase::Teaching:
        return tr("Step %1, %2 pictures a second")
            .arg(Format::number(state.step))
            .arg(QLocale().toString(state.samplesPerSecond, 'f', 1));
    case Phase::Stopping:
        return tr("Saving what was learnt");
    case Phase::Stopped:
        return state.lora.isEmpty() ? tr("Stopped before anything was learnt.")
                                    : tr("Stopped at step %1 and saved; it can go on.")
                                          .arg(Format::number(state.step));
    case Phase::Finished:
        return tr("Learnt in %1 steps: %2 is on the shelf.")
            .arg(Format::number(state.step), QFileInfo(state.lora).completeBaseName());
    }
    return {};
}

QString TeachModel::curveText() const
{
    const auto &curve = m_teacher.state().curve;
    if (curve.isEmpty())
        return {};
    return tr("Loss of the same noise: %1, at first %2")
        .arg(QLocale().toString(curve.last().y(), 'f', 4),
             QLocale().toString(curve.first().y(), 'f', 4));
}

QVariantList TeachModel::samples() const
{
    QVariantList urls;
    for (const QString &file : m_samples)
        urls << QUrl::fromLocalFile(file);
    return urls;
}

QString TeachModel::error() const
{
    const auto &error = m_teacher.state().error;
    return error && !m_errorSeen ? userText(*error) : QString();
}

void TeachModel::start()
{
    if (!isReady())
        return;
    m_errorSeen = false;
    session::TeachRequest request;
    request.folder = m_folder;
    request.model = m_session->settings().model;
    request.out = out();
    request.minutes = m_minutes;
    request.adapter = m_adapter;
    request.goOn = m_goesOn;
    m_teacher.start(request);
}

void TeachModel::stop()
{
    m_teacher.stop();
}

void TeachModel::clearError()
{
    m_errorSeen = true;
    Q_EMIT changed();
}

void TeachModel::take()
{
    if (!isBusy())
        lookForRun();
    if (m_samples != m_teacher.state().samples) {
        m_samples = m_teacher.state().samples;
        Q_EMIT samplesChanged();
    }
    Q_EMIT changed();
    Q_EMIT requestChanged();
}

void TeachModel::retranslate()
{
    Q_EMIT textsChanged();
    Q_EMIT modelChanged();
    Q_EMIT requestChanged();
    Q_EMIT changed();
}

} // namespace moodloom::ui
