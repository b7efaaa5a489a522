#include "ui/library/LibraryModel.h"

#include "core/base/Problems.h"
#include "core/base/Text.h"
#include "core/session/LibraryService.h"
#include "ui/controls/Format.h"

#include <QDir>
#include <QLocale>
#include <QPointer>
#include <QStandardPaths>

namespace moodloom::ui {

using session::LibraryService;

static constexpr int kSamplePictures = 600;
static constexpr quint64 kSampleSeed = 1;
static constexpr qsizetype kKeptRemovals = 200;

LibraryModel::LibraryModel(LibraryService *library, QObject *parent)
    : QObject(parent), m_library(library), m_assets(library), m_progress(library),
      m_failures(library), m_problems(library->problems())
{
    connect(library, &LibraryService::assetsChanged, this, &LibraryModel::totalChanged);
    connect(library, &LibraryService::importStatusChanged, this, &LibraryModel::totalChanged);
    connect(library, &LibraryService::importFinished, this, &LibraryModel::importFinished);
    connect(library, &LibraryService::watchedFoldersChanged, this,
            &LibraryModel::watchedFoldersChanged);
    connect(library, &LibraryService::foldersChanged, this, &LibraryModel::awayFoldersChanged);
}

QStringList LibraryModel::watchedFolders() const
{
    return m_library->watchedFolders();
}

QVariantList LibraryModel::awayFolders() const
{
    QVariantList away;
    for (const session::LibraryFolder &folder : m_library->folders())
        if (folder.away)
            away.append(QVariantMap{{QStringLiteral("path"), folder.path},
                                    {QStringLiteral("missing"), int(folder.missing)}});
    return away;
}

void LibraryModel::lookForFiles()
{
    m_library->lookForFiles();
}

void LibraryModel::locate(const QString &folder, const QUrl &to)
{
    if (!m_locating && to.isLocalFile())
        relocate(folder, to.toLocalFile());
}

QCoro::Task<void> LibraryModel::relocate(QString from, QString to)
{
    const QPointer<LibraryModel> self(this);
    m_locating = true;
    Q_EMIT locatingChanged();
    const Result<library::Relocated> moved = co_await m_library->relocateFolder(from, to);
    if (!self)
        co_return;
    m_locating = false;
    Q_EMIT locatingChanged();
    if (!moved && moved.error().code == ErrorCode::NotFound)
        Q_EMIT located(tr("%1 holds none of the pictures of %2. Choose the folder that has the "
                          "same pictures in the same places.")
                           .arg(Format::path(to), Format::path(from)),
                       true);
    else if (!moved)
        Q_EMIT located(userText(moved.error()), true);
    else if (moved->other > 0)
        Q_EMIT located(tr("Found %1 of %2 pictures in %3. The others are looked for there by their "
                          "content.")
                           .arg(QLocale().toString(moved->found))
                           .arg(QLocale().toString(moved->found + moved->other))
                           .arg(Format::path(to)),
                       false);
    else
        Q_EMIT located(tr("Found all %n picture(s) in %1", nullptr, int(moved->found))
                           .arg(Format::path(to)),
                       false);
}

void LibraryModel::unwatch(const QString &folder)
{
    m_library->unwatchFolder(folder);
}

QString LibraryModel::folder() const
{
    return m_library->folder();
}

double LibraryModel::total() const
{
    return double(m_library->assetCount());
}

bool LibraryModel::isEmpty() const
{
    return total() == 0 && !m_library->importStatus().running;
}

void LibraryModel::import(const QList<QUrl> &urls)
{
    QStringList paths;
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            paths << url.toLocalFile();
    if (!paths.isEmpty())
        m_library->import(paths);
}

void LibraryModel::take(const DropContent &content)
{
    if (!content.files.isEmpty())
        m_library->import(content.files);
    else if (content.hasPicture())
        adopt({{}, content.encoded, content.image});
}

QCoro::Task<void> LibraryModel::adopt(session::OwnPicture picture)
{
    const QPointer<LibraryModel> self(this);
    const QVector<session::OwnPicture> pictures(1, picture);
    const session::Adopted adopted = co_await m_library->adopt(pictures);
    if (self)
        for (const Error &error : adopted.errors)
            m_library->problems()->add(error);
}

void LibraryModel::remove(qint64 asset, const QString &name)
{
    takeOut(asset, name);
}

QCoro::Task<void> LibraryModel::takeOut(qint64 asset, QString name)
{
    const QPointer<LibraryModel> self(this);
    const QVector<library::AssetId> ids(1, asset);
    const Result<QVector<library::RemovedAsset>> taken = co_await m_library->remove(ids);
    if (!self || !taken || taken->isEmpty())
        co_return; // the service has told why
    m_removals.append({name, *taken});
    if (m_removals.size() > kKeptRemovals)
        m_removals.removeFirst();
    Q_EMIT removed(name);
}

void LibraryModel::putBack()
{
    if (!m_removals.isEmpty())
        putIn();
}

QCoro::Task<void> LibraryModel::putIn()
{
    const QPointer<LibraryModel> self(this);
    const Removal removal = m_removals.takeLast();
    const Result<void> done = co_await m_library->putBack(removal.assets);
    if (!self)
        co_return;
    if (done)
        Q_EMIT wasPutBack(removal.name);
    else
        m_removals.append(removal);
}

void LibraryModel::makeSampleLibrary()
{
    const QDir pictures(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    m_library->makeSampleLibrary(pictures.filePath(QStringLiteral("Moodloom samples")),
                                 kSamplePictures, kSampleSeed);
}

void LibraryModel::retranslate()
{
    m_progress.retranslate();
    m_failures.refresh();
    m_problems.retranslate();
}

} // namespace moodloom::ui
