#include "ui/export/Exporter.h"

#include "core/base/Text.h"
#include "core/session/Session.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

#include <utility>

namespace moodloom::ui {

static const auto folderKey = QStringLiteral("export/folder");

static QString extensionOf(Exporter::Format format)
{
    return format == Exporter::Format::Psd ? QStringLiteral(".psd") : QStringLiteral(".png");
}

Exporter::Exporter(session::Session *session, QObject *parent) : QObject(parent), m_session(session)
{
}

QString Exporter::folder() const
{
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString last = QSettings().value(folderKey, pictures).toString();
    return QFileInfo(last).isDir() ? last : QDir::homePath();
}

void Exporter::setFolder(const QUrl &folder)
{
    if (!folder.isLocalFile())
        return;
    QSettings().setValue(folderKey, folder.toLocalFile());
    Q_EMIT folderChanged();
}

QString Exporter::nameFor(const QString &prompt) const
{
    static const QRegularExpression unsafe(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString name = prompt.simplified().left(60);
    name.replace(unsafe, QStringLiteral(" "));
    name = name.simplified();
    return name.isEmpty() ? tr("take") : name;
}

QString Exporter::pathFor(const QString &folder, const QString &name, Format format) const
{
    QString file = name.trimmed();
    if (file.isEmpty() || file.endsWith(QLatin1Char('/')))
        return {};
    if (!file.endsWith(extensionOf(format), Qt::CaseInsensitive))
        file += extensionOf(format);
    return QDir::cleanPath(QDir(folder).absoluteFilePath(file));
}

bool Exporter::exists(const QString &path) const
{
    return QFileInfo::exists(path);
}

void Exporter::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

void Exporter::write(const QString &take, const QString &path, Format format)
{
    if (path.isEmpty() || take.isEmpty())
        return;
    QSettings().setValue(folderKey, QFileInfo(path).absolutePath());
    Q_EMIT folderChanged();
    setProblem({});
    run(take, path, format);
}

QCoro::Task<void> Exporter::run(QString take, QString path, Format format)
{
    const QPointer<Exporter> self(this);
    ++m_running;
    Q_EMIT busyChanged();
    Result<void> written;
    if (format == Format::Psd)
        written = co_await m_session->exportPsd(take, path);
    else
        written = co_await m_session->exportPng(take, path);
    if (!self)
        co_return;
    --m_running;
    Q_EMIT busyChanged();
    if (written) {
        Q_EMIT exported(path);
    } else if (written.error().code != ErrorCode::Cancelled) {
        setProblem(userText(written.error()));
        Q_EMIT failed();
    }
}

void Exporter::showInFolder(const QString &path) const
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

} // namespace moodloom::ui
