// Pictures whose files moved are found again.
#include "core/board/Board.h"
#include "core/board/LocateFiles.h"

#include <QSet>

namespace moodloom::board {

void Board::locate(ItemId id, const QString &file)
{
    const Item *shown = item(id);
    if (!shown || !shown->picture())
        return;
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return;
    }
    const LinkedFile chosen{shown->picture()->hash, shown->picture()->path};
    m_store->linked().then(this, [this, chosen, file](const Result<QStringList> &hashes) {
        if (!hashes) {
            Q_EMIT locateFailed(hashes.error());
            return;
        }
        QVector<LinkedFile> others;
        for (const QString &hash : *hashes)
            if (const Item *linked = item(pictureOf(hash));
                linked && !linked->picture()->path.isEmpty())
                others.append({hash, linked->picture()->path});
        m_store->locate(chosen, file, others)
            .then(this, [this](const Result<QHash<QString, QString>> &found) {
                if (!found)
                    Q_EMIT locateFailed(found.error());
                else
                    follow(*found);
            });
    });
}

void Board::follow(const QHash<QString, QString> &files)
{
    QSet<QString> moved;
    {
        Transaction transaction(this, QT_TR_NOOP("Locate files"));
        if (m_depth == 0)
            return;
        for (const ItemId &id : items()) {
            const Picture *picture = item(id)->picture();
            const QString path = picture ? files.value(picture->hash) : QString();
            if (path.isEmpty() || path == picture->path)
                continue;
            Item copy = *item(id); // a locked one, too: it stays where it is
            copy.picture()->path = path;
            moved.insert(picture->hash);
            fetch(*copy.picture(), false);
            put(std::move(copy));
        }
        transaction.commit();
    }
    Q_EMIT located(int(moved.size()));
}

} // namespace moodloom::board
