#include "ui/library/LibraryModel.h"

#include "core/base/Problems.h"
#include "core/session/LibraryService.h"

#include <QDir>
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
}

QStringList LibraryModel::watchedFolders() const
{
    return m_library->watchedFolders();
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
