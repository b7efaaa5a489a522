// How pictures come onto a board: results of a search, files and pixels of the user, painted takes.
#include "core/base/Text.h"
#include "core/board/Board.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace moodloom::board {
namespace {

constexpr double arrivalSide = 320; // board units: the longer side of a picture that arrives alone

// Lays out pictures that arrive together; the answer's centres are around (0, 0).
QVector<Placement> arrivals(const QVector<Picture> &pictures)
{
    if (pictures.size() == 1) {
        const QSizeF size = shownPart(pictures.first()).size();
        return {{QPointF(), arrivalSide / std::max({1.0, size.width(), size.height()})}};
    }
    QVector<Box> boxes;
    double aspects = 0;
    for (const Picture &picture : pictures) {
        const QSizeF size = shownPart(picture).size();
        boxes.append({size, picture.facet});
        aspects += size.isEmpty() ? 1.0 : size.width() / size.height();
    }
    ArrangeStyle style;
    style.width = std::clamp(style.rowHeight * std::sqrt(aspects * 1.2), 360.0, 1600.0);
    QSizeF size;
    QVector<Placement> placed = arranged(boxes, style, &size);
    for (Placement &placement : placed)
        placement.centre -= QPointF(size.width(), size.height()) / 2;
    return placed;
}

} // namespace

struct Board::Import
{
    int job = 0;
    QPointF centre;
    qint64 assetId = 0;
    QString source;
    QStringList captions;
    QVector<std::optional<Result<StoredPicture>>> pictures; // in the order given
    qsizetype waiting = 0;
};

QVector<ItemId> Board::addPictures(const QVector<Picture> &pictures, QPointF centre, bool embed)
{
    QVector<ItemId> ids;
    Transaction transaction(this, QT_TR_NOOP("Add pictures"));
    if (m_depth == 0 || pictures.isEmpty())
        return ids;
    const QVector<Placement> placed = arrivals(pictures);
    qint64 z = frontZ();
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        Item item;
        item.id = ItemId::createUuid();
        item.centre = centre + placed[i].centre;
        item.scale = placed[i].scale;
        item.z = ++z;
        item.content = pictures[i];
        ids.append(item.id);
        put(std::move(item));
        if (!pictures[i].path.isEmpty())
            fetch(pictures[i], embed);
    }
    transaction.commit();
    return ids;
}

void Board::placeReferences(const QVector<Picture> &pictures)
{
    // What is found out about the references a moment later belongs to the same step.
    Transaction transaction(this, QT_TR_NOOP("Place references"),
                            QStringLiteral("place references"));
    if (m_depth == 0)
        return;
    QSet<QString> wanted;
    for (const Picture &picture : pictures)
        wanted.insert(picture.hash);
    // What an earlier search brought and nobody touched makes room.
    QVector<ItemId> stale, kept;
    for (const ItemId &id : items()) {
        const Item *known = item(id);
        const Picture *picture = known->picture();
        const bool loose = picture && picture->state == ReferenceState::Suggested && !picture->touched &&
                           !known->locked;
        if (loose)
            stale.append(id);
        else if (known->isVisible())
            kept.append(id);
        if (picture && !loose)
            wanted.remove(picture->hash); // it is there already, or was dropped
    }
    QHash<QString, ItemId> reused;
    for (const ItemId &id : stale) {
        const QString hash = item(id)->picture()->hash;
        if (wanted.contains(hash) && !reused.contains(hash))
            reused.insert(hash, id);
        else
            erase(id);
    }
    QVector<Picture> arriving;
    for (const Picture &picture : pictures)
        if (wanted.remove(picture.hash))
            arriving.append(picture);
    const QVector<Placement> placed = arrivals(arriving);
    QRectF block;
    for (qsizetype i = 0; i < arriving.size(); ++i) {
        const QSizeF size = shownPart(arriving[i]).size() * placed[i].scale;
        block |= QRectF(placed[i].centre - QPointF(size.width(), size.height()) / 2, size);
    }
    // Left of what the user made, as in a book: pictures first, then what becomes of them.
    const QRectF around = extent(kept);
    const QPointF offset = kept.isEmpty()
                               ? -block.center()
                               : QPointF(around.left() - 80 - block.right(), around.center().y() - block.center().y());
    qint64 z = frontZ();
    QVector<ItemId> added;
    for (qsizetype i = 0; i < arriving.size(); ++i) {
        const ItemId known = reused.value(arriving[i].hash);
        Item copy;
        if (known.isNull()) {
            copy.id = ItemId::createUuid();
            copy.z = ++z;
            added.append(copy.id);
            fetch(arriving[i], false);
        } else {
            copy = *item(known);
        }
        copy.centre = placed[i].centre + offset;
        copy.scale = placed[i].scale;
        copy.rotation = 0;
        copy.content = arriving[i];
        put(std::move(copy));
    }
    transaction.commit();
    if (!added.isEmpty())
        Q_EMIT referencesPlaced(added);
}

void Board::fetch(const Picture &picture, bool embed)
{
    if (picture.path.isEmpty() || m_readOnly)
        return;
    const QString hash = picture.hash;
    m_store->prepareFile(picture.path, embed).then(this, [this, hash](const Result<StoredPicture> &read) {
        // A file that is gone or has changed stays what it is, a link: the canvas says so.
        if (!read || read->hash != hash)
            return;
        Commit commit;
        commit.pictures.push_back(*read);
        send(std::move(commit));
    });
}

void Board::collectLinked()
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return;
    }
    m_store->linked().then(this, [this](const Result<QStringList> &hashes) {
        if (!hashes) {
            Q_EMIT collected(0, {userText(hashes.error())});
            return;
        }
        QHash<QString, QString> paths;
        for (const QString &hash : *hashes) {
            const Item *shown = item(pictureOf(hash));
            paths.insert(hash, shown ? shown->picture()->path : QString());
        }
        keepFiles(paths, true, [this](int count, const QStringList &missing) {
            Q_EMIT collected(count, missing);
        });
    });
}

void Board::setEmbedded(const QVector<ItemId> &ids, bool embedded)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return;
    }
    QHash<QString, QString> paths;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && known->picture())
            paths.insert(known->picture()->hash, known->picture()->path);
    keepFiles(paths, embedded, [this, embedded](int count, const QStringList &missing) {
        Q_EMIT filesKept(embedded, count, missing);
    });
}

// Of pictures by their hashes: reads their files and, where they are what they were, copies them
// into the board or lets go of the copies there. `done` gets how many, and the others' files.
void Board::keepFiles(const QHash<QString, QString> &paths, bool embed,
                      const std::function<void(int, const QStringList &)> &done)
{
    struct Keeping
    {
        int count = 0;
        QStringList missing;
        qsizetype waiting = 0;
    };
    auto keeping = std::make_shared<Keeping>();
    keeping->waiting = paths.size();
    if (paths.isEmpty())
        done(0, {});
    for (auto it = paths.cbegin(); it != paths.cend(); ++it)
        m_store->prepareFile(it.value(), embed)
            .then(this, [this, keeping, embed, done, hash = it.key(),
                         path = it.value()](const Result<StoredPicture> &read) {
                if (read && read->hash == hash) {
                    Commit commit;
                    commit.pictures.push_back(*read);
                    if (!embed)
                        commit.unembedded.append(hash);
                    send(std::move(commit));
                    ++keeping->count;
                } else {
                    const Item *shown = item(pictureOf(hash));
                    keeping->missing.append(!path.isEmpty() ? path
                                            : shown         ? shown->picture()->caption
                                                            : hash);
                }
                if (--keeping->waiting == 0)
                    done(keeping->count, keeping->missing);
            });
}

int Board::importFiles(const QStringList &paths, QPointF centre, qint64 assetId)
{
    QVector<QFuture<Result<StoredPicture>>> pictures;
    QStringList captions;
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return 0;
    }
    for (const QString &path : paths) {
        pictures.append(m_store->prepareFile(path, !linksFiles()));
        captions.append(QFileInfo(path).completeBaseName());
    }
    return startImport(std::move(pictures), captions, centre, assetId);
}

int Board::importBytes(const QByteArray &bytes, const QString &caption, QPointF centre,
                       const QString &source)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return 0;
    }
    return startImport({m_store->prepareBytes(bytes)}, {caption}, centre, 0, source);
}

int Board::importImage(const QImage &image, const QString &caption, QPointF centre,
                       const QString &source)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return 0;
    }
    return startImport({m_store->prepareImage(image)}, {caption}, centre, 0, source);
}

int Board::startImport(QVector<QFuture<Result<StoredPicture>>> pictures,
                       const QStringList &captions, QPointF centre, qint64 assetId,
                       const QString &source)
{
    auto import = std::make_shared<Import>();
    import->job = ++m_jobs;
    import->centre = centre;
    import->assetId = assetId;
    import->source = source;
    import->captions = captions;
    import->pictures.resize(pictures.size());
    import->waiting = pictures.size();
    for (qsizetype i = 0; i < pictures.size(); ++i)
        pictures[i].then(this, [this, import, i](const Result<StoredPicture> &read) {
            import->pictures[i] = read;
            if (--import->waiting > 0)
                return;
            // Never before the caller knows the job, even when the disk was that quick.
            QMetaObject::invokeMethod(this, [this, import] { finishImport(import); }, Qt::QueuedConnection);
        });
    return import->job;
}

void Board::finishImport(const std::shared_ptr<Import> &import)
{
    QVector<Picture> pictures;
    QStringList problems;
    QVector<StoredPicture> stored;
    for (qsizetype i = 0; i < import->pictures.size(); ++i) {
        const Result<StoredPicture> &read = *import->pictures[i];
        if (!read) {
            problems.append(userText(read.error()));
            continue;
        }
        Picture picture;
        picture.hash = read->hash;
        picture.path = read->path;
        picture.size = read->size;
        picture.caption = import->captions.value(i);
        picture.state = ReferenceState::Pinned;
        picture.touched = true;
        picture.assetId = import->assetId;
        pictures.append(picture);
        stored.append(*read);
    }
    QVector<ItemId> ids;
    if (!pictures.isEmpty()) {
        Transaction transaction(this, QT_TR_NOOP("Add pictures"));
        if (m_depth > 0) {
            const QVector<Placement> placed = arrivals(pictures);
            qint64 z = frontZ();
            for (qsizetype i = 0; i < pictures.size(); ++i) {
                Item item;
                item.id = ItemId::createUuid();
                item.centre = import->centre + placed[i].centre;
                item.scale = placed[i].scale;
                item.z = ++z;
                item.source = import->source;
                item.content = pictures[i];
                ids.append(item.id);
                put(std::move(item));
            }
            m_arriving.insert(m_arriving.end(), stored.begin(), stored.end());
            transaction.commit();
        }
    }
    Q_EMIT imported(import->job, ids, problems);
}

QString Board::addTake(FrameTake take, const QImage &image)
{
    if (take.id.isEmpty())
        take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!take.made.isValid())
        take.made = QDateTime::currentDateTimeUtc();
    take.size = image.size();
    const QString id = take.id;
    m_store->prepareImage(image).then(this, [this, take](const Result<StoredPicture> &png) {
        // Never before the caller knows the id, even when the encoder was that quick.
        QMetaObject::invokeMethod(this, [this, take, png] { keepTake(take, png); }, Qt::QueuedConnection);
    });
    return id;
}

void Board::keepTake(FrameTake take, const Result<StoredPicture> &png)
{
    const Item *frame = item(take.frame);
    if (!png || !frame || !frame->frame())
        return; // the frame was removed while its picture was encoded
    take.hash = png->hash;
    Transaction transaction(this, QT_TR_NOOP("Paint"));
    if (m_depth == 0)
        return;
    Item copy = *frame;
    copy.frame()->shownTake = take.id;
    put(std::move(take));
    put(std::move(copy));
    m_arriving.push_back(*png);
    transaction.commit();
}

} // namespace moodloom::board
