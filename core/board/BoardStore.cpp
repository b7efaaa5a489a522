#include "core/board/BoardStore.h"

#include "core/base/ContentHash.h"
#include "core/base/Paths.h"
#include "core/base/SafeFile.h"
#include "core/board/BoardLock.h"
#include "core/board/Pixels.h"
#include "core/image/Format.h"

#include <QDir>
#include <QFileInfo>

namespace moodloom::board {
namespace {

QString suffixOf(const QByteArray &bytes)
{
    return QLatin1Char('.') + image::formatName(image::sniffFormat(bytes.first(qMin(bytes.size(), image::kSniffBytes))));
}

} // namespace

BoardStore::BoardStore()
{
    for (Reader &reader : m_readers)
        reader.worker = std::make_unique<Worker>(QStringLiteral("board-read"));
    m_writer = std::make_unique<Worker>(QStringLiteral("board-disk"));
}

BoardStore::~BoardStore()
{
    for (Reader &reader : m_readers)
        reader.worker->cancelAll();
    m_writer
        ->run([this](std::stop_token) {
            (void)writeUnsaved();
            closeReaders(); // a reader would keep the file in two pieces
            m_file.reset();
            m_lock.reset();
        })
        .waitForFinished();
}

void BoardStore::closeReaders()
{
    for (Reader &reader : m_readers)
        reader.worker->run([&reader](std::stop_token) { reader.file.reset(); }).waitForFinished();
}

Result<Content> BoardStore::adopt(Result<std::unique_ptr<BoardFile>> file, const QString &path)
{
    if (!file)
        return fail(file.error());
    auto content = (*file)->read();
    if (!content)
        return content;
    if (auto history = (*file)->history())
        content->history = std::move(*history);
    m_file = std::move(*file);
    const std::lock_guard lock(m_mutex);
    m_path = path;
    return content;
}

QFuture<Result<Content>> BoardStore::open(const QString &path)
{
    return m_writer->run([this, path](std::stop_token) -> Result<Content> {
        auto lock = boardLock(path);
        const bool mine = lock->tryLock();
        auto content = adopt(BoardFile::open(path, !mine), path);
        if (content && mine && !content->readOnly)
            m_lock = std::move(lock);
        if (content && !mine && !content->readOnly)
            content->readOnly = Error{ErrorCode::ReadOnly, path.toStdString(),
                                      "it is open in another window: close it there to change it here"};
        return content;
    });
}

QFuture<Result<Content>> BoardStore::create(const QString &path)
{
    return m_writer->run([this, path](std::stop_token) -> Result<Content> {
        auto lock = boardLock(path);
        if (!lock->tryLock())
            return fail(ErrorCode::Unreadable, path.toStdString(), "it is open in another window");
        auto content = adopt(BoardFile::create(path), path);
        if (content)
            m_lock = std::move(lock);
        return content;
    });
}

QFuture<Result<void>> BoardStore::write(Commit commit)
{
    {
        const std::lock_guard lock(m_mutex);
        m_unsaved.push_back(std::move(commit));
    }
    return flush();
}

QFuture<Result<void>> BoardStore::flush()
{
    return m_writer->run([this](std::stop_token) { return writeUnsaved(); });
}

Result<void> BoardStore::writeUnsaved()
{
    // Everything that waits goes into one transaction: while the disk is slow, a drag costs one
    // synchronisation, not sixty a second.
    std::vector<Commit> commits;
    {
        const std::lock_guard lock(m_mutex);
        commits.assign(m_unsaved.begin(), m_unsaved.end());
    }
    if (commits.empty())
        return {};
    if (!m_file)
        return fail(ErrorCode::Unreadable, "board", "its file could not be made: choose where to save it");
    if (auto ok = m_file->write(commits); !ok)
        return ok;
    const std::lock_guard lock(m_mutex);
    m_unsaved.erase(m_unsaved.begin(), m_unsaved.begin() + std::ptrdiff_t(commits.size()));
    return {};
}

QFuture<Result<void>> BoardStore::moveTo(const QString &path, bool removeOld)
{
    return m_writer->run([this, path, removeOld](std::stop_token) -> Result<void> {
        if (!m_file) { // there was no room for it where it was first meant to be
            auto made = adopt(BoardFile::create(path), path);
            return made ? writeUnsaved() : fail(made.error());
        }
        const QString old = m_file->path();
        if (QFileInfo(old).absoluteFilePath() == QFileInfo(path).absoluteFilePath())
            return writeUnsaved();
        auto lock = boardLock(path);
        if (!lock->tryLock())
            return fail(ErrorCode::Unreadable, path.toStdString(), "it is open in another window");
        // What the old place has no room for may fit in the new one: then it is written there.
        if (!m_file->isReadOnly())
            (void)writeUnsaved();
        if (auto ok = m_file->copyTo(path); !ok)
            return ok;
        auto file = BoardFile::open(path);
        if (!file)
            return fail(file.error());
        closeReaders();
        m_file = std::move(*file); // the old one closes into a single file
        m_lock = std::move(lock);
        if (removeOld)
            QFile::remove(old);
        {
            const std::lock_guard guard(m_mutex);
            m_path = path;
        }
        return writeUnsaved();
    });
}

BoardStore::Reader &BoardStore::readerFor(const QString &hash)
{
    return m_readers[qHash(hash) % m_readers.size()];
}

Result<BoardFile *> BoardStore::readable(Reader &reader)
{
    QString path;
    {
        const std::lock_guard lock(m_mutex);
        path = m_path;
    }
    if (path.isEmpty())
        return fail(ErrorCode::NotFound, "board", "its file is not open yet");
    if (!reader.file || reader.path != path) {
        auto file = BoardFile::open(path, true);
        if (!file)
            return fail(file.error());
        reader.file = std::move(*file);
        reader.path = path;
    }
    return reader.file.get();
}

Result<QByteArray> BoardStore::load(Reader &reader, const QString &hash, const QString &path,
                                    std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const Commit &commit : m_unsaved) // not on the disk yet, or no room there
            for (const StoredPicture &picture : commit.pictures)
                if (picture.hash == hash && !picture.bytes.isEmpty())
                    return picture.bytes;
    }
    auto file = readable(reader);
    Result<QByteArray> bytes = file ? (*file)->pictureBytes(hash, stop) : Result<QByteArray>(fail(file.error()));
    if (bytes || bytes.error().code == ErrorCode::Cancelled || path.isEmpty())
        return bytes;
    QFile linked(path);
    if (!linked.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, path.toStdString(), "the picture is no longer there");
    return linked.readAll();
}

QFuture<Result<QImage>> BoardStore::picture(const QString &hash, const QString &path, int longSide,
                                            std::stop_token stop, std::function<QImage(const QImage &)> finish)
{
    Reader &reader = readerFor(hash);
    const auto read = [this, &reader, hash, path, longSide](std::stop_token token) -> Result<QImage> {
        if (longSide > 0 && longSide <= thumbnailSide)
            if (auto file = readable(reader))
                if (auto small = (*file)->thumbnail(hash))
                    if (auto image = decodeThumbnail(*small, longSide))
                        return image;
        const auto all = load(reader, hash, path, token);
        if (!all)
            return fail(all.error());
        return decode(*all, longSide);
    };
    return reader.worker->run(
        [read, finish = std::move(finish)](std::stop_token token) -> Result<QImage> {
            const Result<QImage> image = read(token);
            return image && finish ? Result<QImage>(finish(*image)) : image;
        },
        stop);
}

QFuture<Result<bool>> BoardStore::isEmbedded(const QString &hash)
{
    return m_writer->run([this, hash](std::stop_token) -> Result<bool> {
        if (auto ok = writeUnsaved(); !ok)
            return fail(ok.error());
        return m_file && m_file->isEmbedded(hash);
    });
}

QFuture<Result<QByteArray>> BoardStore::bytes(const QString &hash, const QString &path)
{
    Reader &reader = readerFor(hash);
    return reader.worker->run([this, &reader, hash, path](std::stop_token token) {
        return load(reader, hash, path, token);
    });
}

QFuture<Result<QString>> BoardStore::file(const QString &hash, const QString &path)
{
    Reader &reader = readerFor(hash);
    return reader.worker->run([this, &reader, hash, path](std::stop_token token) -> Result<QString> {
        if (fileHasContent(path, hash))
            return path;
        const auto bytes = load(reader, hash, {}, token);
        if (!bytes && bytes.error().code == ErrorCode::NotFound && !path.isEmpty())
            return fail(ErrorCode::NotFound, path.toStdString(), // people know it by its file
                        QFile::exists(path)
                            ? "the file has changed since it was chosen; drop it or add it again"
                            : "its file is gone and the board has no copy; bring the file back, or "
                              "unpin it");
        if (!bytes)
            return fail(bytes.error());
        const QString folder = cacheFolder() + QStringLiteral("/pictures");
        QDir().mkpath(folder);
        const QString copy = folder + QLatin1Char('/') + hash.left(32) + suffixOf(*bytes);
        if (QFileInfo(copy).size() == bytes->size())
            return copy;
        if (auto ok = writeFileSafely(copy.toStdString(), bytes->toStdString()); !ok)
            return fail(ok.error());
        return copy;
    });
}

QFuture<Result<StoredPicture>> BoardStore::prepareFile(const QString &path, bool embed)
{
    const std::lock_guard lock(m_mutex);
    return m_readers[m_next++ % m_readers.size()].worker->run(
        [path, embed](std::stop_token) { return pictureFromFile(path, embed); });
}

QFuture<Result<StoredPicture>> BoardStore::prepareBytes(const QByteArray &bytes)
{
    const std::lock_guard lock(m_mutex);
    return m_readers[m_next++ % m_readers.size()].worker->run(
        [bytes](std::stop_token) { return pictureFromBytes(bytes); });
}

QFuture<Result<StoredPicture>> BoardStore::prepareImage(const QImage &image)
{
    const std::lock_guard lock(m_mutex);
    return m_readers[m_next++ % m_readers.size()].worker->run(
        [image](std::stop_token) { return pictureFromImage(image); });
}

// On the writer, behind everything that was written before.
QFuture<Result<HistoryPart>> BoardStore::stepsBefore(qint64 number)
{
    return m_writer->run([this, number](std::stop_token) -> Result<HistoryPart> {
        return m_file ? m_file->stepsBefore(number) : fail(ErrorCode::Unreadable, "board");
    });
}

QFuture<Result<HistoryPart>> BoardStore::stepsFrom(qint64 number)
{
    return m_writer->run([this, number](std::stop_token) -> Result<HistoryPart> {
        return m_file ? m_file->stepsFrom(number) : fail(ErrorCode::Unreadable, "board");
    });
}

QFuture<Result<BoardHealth>> BoardStore::check(std::stop_token stop)
{
    const std::lock_guard lock(m_mutex);
    return m_readers[m_next++ % m_readers.size()].worker->run(
        [path = m_path](std::stop_token token) { return checkBoard(path, token); }, stop);
}

QFuture<Result<QStringList>> BoardStore::linked()
{
    return m_writer->run([this](std::stop_token) -> Result<QStringList> {
        if (auto ok = writeUnsaved(); !ok)
            return fail(ok.error());
        return m_file ? m_file->linked() : QStringList();
    });
}

QFuture<Result<bool>> BoardStore::isLost(const QString &hash, const QString &path)
{
    Reader &reader = readerFor(hash);
    return reader.worker->run([this, &reader, hash, path](std::stop_token) -> Result<bool> {
        auto file = readable(reader);
        if (!file)
            return fail(file.error());
        return !path.isEmpty() && !(*file)->isEmbedded(hash) && !QFile::exists(path);
    });
}

QFuture<Result<QHash<QString, QString>>> BoardStore::locate(const LinkedFile &chosen,
                                                            const QString &file,
                                                            const QVector<LinkedFile> &others)
{
    return readerFor(chosen.hash)
        .worker->run([chosen, file, others](std::stop_token stop) {
            return locateFiles(chosen, file, others, stop);
        });
}

QFuture<Result<qint64>> BoardStore::compact()
{
    return m_writer->run([this](std::stop_token) -> Result<qint64> {
        if (auto ok = writeUnsaved(); !ok)
            return fail(ok.error());
        return m_file ? m_file->compact() : 0;
    });
}

} // namespace moodloom::board
