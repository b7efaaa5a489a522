#include "ui/export/Exporter.h"

#include "core/session/Session.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

namespace moodloom::ui {

static const auto folderKey = QStringLiteral("export/folder");

static QString extensionOf(Exporter::Format format)
{
    return format == Exporter::Format::Psd ? QStringLiteral(".psd") : QStringLiteral(".png");
}

Exporter::Exporter(session::Session *session, QObject *parent) : QObject(parent), m_session(session)
{
}

QUrl Exporter::suggestion(const QString &prompt, Format format) const
{
    static const QRegularExpression unsafe(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString name = prompt.simplified().left(60).trimmed();
    name.replace(unsafe, QStringLiteral(" "));
    if (name.trimmed().isEmpty())
        name = tr("take");
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    QDir folder(QSettings().value(folderKey, pictures).toString());
    if (!folder.exists())
        folder = QDir::home();
    return QUrl::fromLocalFile(folder.filePath(name + extensionOf(format)));
}

void Exporter::write(const QString &take, const QUrl &file, Format format)
{
    QString path = file.toLocalFile();
    if (path.isEmpty() || take.isEmpty())
        return;
    if (!path.endsWith(extensionOf(format), Qt::CaseInsensitive))
        path += extensionOf(format);
    QSettings().setValue(folderKey, QFileInfo(path).absolutePath());
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
    if (written)
        Q_EMIT exported(path);
}

void Exporter::showInFolder(const QString &path) const
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

} // namespace moodloom::ui
