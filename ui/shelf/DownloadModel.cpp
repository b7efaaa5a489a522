#include "ui/shelf/DownloadModel.h"

#include "core/base/ErrorDetails.h"
#include "core/base/Paths.h"
#include "core/base/Text.h"
#include "ui/controls/Format.h"

#include <QDir>
#include <QProcessEnvironment>

namespace moodloom::ui {

using download::Downloads;
using download::FetchProgress;
using State = Downloads::State;

namespace {

Downloads::Options optionsOf()
{
    Downloads::Options options;
    options.fetcher.endpoint = download::hubEndpoint(QProcessEnvironment::systemEnvironment());
    options.memory = dataFolder() + QStringLiteral("/download.json");
    options.folder = dataFolder() + QStringLiteral("/models");
    return options;
}

} // namespace

DownloadModel::DownloadModel(QObject *parent)
    : QObject(parent), m_tokens(std::make_unique<download::KeyringTokenStore>()),
      m_downloads(std::make_unique<Downloads>(optionsOf(), m_tokens.get()))
{
    connect(m_downloads.get(), &Downloads::changed, this, &DownloadModel::changed);
    // The text of progress says how fast and how long still only while there is any.
    connect(m_downloads.get(), &Downloads::changed, this, &DownloadModel::progressChanged);
    connect(m_downloads.get(), &Downloads::planChanged, this, &DownloadModel::planChanged);
    connect(m_downloads.get(), &Downloads::progressChanged, this, &DownloadModel::progressChanged);
    connect(m_downloads.get(), &Downloads::finished, this, &DownloadModel::finished);
    connect(m_tokens.get(), &download::TokenStore::changed, this, &DownloadModel::tokenChanged);
}

DownloadModel::Step DownloadModel::step() const
{
    switch (m_downloads->state()) {
    case State::Idle:
        return Step::Idle;
    case State::LookingUp:
        return Step::LookingUp;
    case State::Planned:
        return Step::Planned;
    case State::Fetching:
        return Step::Fetching;
    case State::Paused:
        return Step::Paused;
    case State::Finished:
        return Step::Finished;
    }
    return Step::Idle;
}

QString DownloadModel::title() const
{
    return m_downloads->plan() ? m_downloads->plan()->title : QString();
}

QVariantList DownloadModel::files() const
{
    QVariantList list;
    if (m_downloads->plan())
        for (const download::PlannedFile &file : m_downloads->plan()->files)
            list << QVariantMap{{QStringLiteral("path"), file.path},
                                {QStringLiteral("size"), file.bytes < 0
                                                             ? tr("size not known")
                                                             : Format::bytes(double(file.bytes))}};
    return list;
}

QString DownloadModel::summary() const
{
    if (!m_downloads->plan())
        return {};
    const QString files = tr("%n file(s)", nullptr, int(m_downloads->plan()->files.size()));
    const qint64 bytes = m_downloads->plan()->bytes();
    return bytes < 0 ? files : QStringLiteral("%1 · %2").arg(files, Format::bytes(double(bytes)));
}

bool DownloadModel::hasRoom() const
{
    if (!m_downloads->plan() || m_downloads->freeBytes() < 0)
        return true;
    const qint64 missing = m_downloads->plan()->bytes() - m_downloads->progress().bytes;
    return missing <= m_downloads->freeBytes();
}

QString DownloadModel::room() const
{
    const qint64 free = m_downloads->freeBytes();
    if (free < 0)
        return {};
    return hasRoom() ? tr("%1 free there").arg(Format::bytes(double(free)))
                     : tr("Not enough room: %1 free there").arg(Format::bytes(double(free)));
}

double DownloadModel::share() const
{
    const FetchProgress &progress = m_downloads->progress();
    return progress.total > 0 ? double(progress.bytes) / double(progress.total) : -1;
}

QString DownloadModel::progressText() const
{
    const FetchProgress &progress = m_downloads->progress();
    if (progress.checking && step() == Step::Fetching)
        return tr("Checking what is there");
    QStringList parts{progress.total < 0 ? Format::bytes(double(progress.bytes))
                                         : tr("%1 of %2")
                                               .arg(Format::bytes(double(progress.bytes)),
                                                    Format::bytes(double(progress.total)))};
    if (step() == Step::Fetching && progress.rate > 0)
        parts.append(tr("%1/s").arg(Format::bytes(progress.rate)));
    if (step() == Step::Fetching && progress.secondsLeft >= 0)
        parts.append(tr("%1 left").arg(Format::duration(progress.secondsLeft)));
    return parts.join(QStringLiteral(" · "));
}

QString DownloadModel::currentFile() const
{
    return m_downloads->progress().file;
}

QString DownloadModel::error() const
{
    if (!m_downloads->error())
        return {};
    const Error &error = *m_downloads->error();
    if (error.code != ErrorCode::Unreadable && error.code != ErrorCode::NotFound &&
        error.code != ErrorCode::DiskFull)
        return userText(error);
    return tr("%1 could not be fetched: %2.")
        .arg(QString::fromStdString(error.subject),
             translatedDetail(QString::fromStdString(error.detail)));
}

QString DownloadModel::tokenText() const
{
    if (!download::tokenOfEnvironment().isEmpty())
        return tr("The token of HF_TOKEN is used.");
    return isTokenKept() ? tr("A token is kept in the keyring.")
                         : tr("Only models behind a licence or a login need one.");
}

QString DownloadModel::tokenError() const
{
    return m_tokenError ? tr("The keyring: %1")
                              .arg(translatedDetail(QString::fromStdString(m_tokenError->detail)))
                        : QString();
}

void DownloadModel::lookUp(const QString &text, const QString &sha256)
{
    if (!text.trimmed().isEmpty() && step() != Step::Fetching)
        m_downloads->lookUp(text, sha256);
}

void DownloadModel::start()
{
    m_downloads->start();
}

void DownloadModel::pause()
{
    m_downloads->pause();
}

void DownloadModel::cancel()
{
    m_downloads->cancel();
}

void DownloadModel::setFolder(const QUrl &folder)
{
    if (folder.isLocalFile())
        m_downloads->setFolder(QDir::cleanPath(folder.toLocalFile()));
}

void DownloadModel::clearError()
{
    m_downloads->clearError();
}

void DownloadModel::keepToken(const QString &token)
{
    m_tokens->keep(token.trimmed(), [this](const Result<void> &kept) {
        m_tokenError = kept ? std::nullopt : std::optional(kept.error());
        Q_EMIT tokenChanged();
    });
}

void DownloadModel::retranslate()
{
    Q_EMIT changed();
    Q_EMIT planChanged();
    Q_EMIT progressChanged();
    Q_EMIT tokenChanged();
}

} // namespace moodloom::ui
