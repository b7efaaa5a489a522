// Pictures of the web on a board: cards that stand for them, and what becomes of those when they
// are fetched. Nothing here opens a connection.
#include "core/base/WebAddress.h"
#include "core/board/Board.h"

#include <QFileInfo>

#include <algorithm>

namespace moodloom::board {
namespace {

constexpr double cardGap = 16; // board units
constexpr double fetchedSide = 320;             // the longer side, as of pictures that arrive alone
constexpr QColor cardColor(0x2f, 0x3a, 0x46);   // of a card's paper

// What people see of a card's picture afterwards: what the card says, else the file's name.
QString captionOf(const Item &card)
{
    const QString words = card.note()->text.simplified();
    if (!words.isEmpty() && words != card.source)
        return words.left(200);
    return QFileInfo(webAddress(card.source).path()).completeBaseName();
}

} // namespace

QVector<ItemId> Board::addWebCards(const QVector<WebPicture> &pictures, QPointF centre,
                                   const QVector<double> &heights)
{
    QVector<ItemId> ids;
    Transaction transaction(this, tr("Add web addresses"));
    if (m_depth == 0)
        return ids;
    const auto heightOf = [&](qsizetype i) {
        return std::max(Note().size.height(), heights.value(i));
    };
    double below = centre.y() + cardGap / 2;
    for (qsizetype i = 0; i < pictures.size(); ++i)
        below -= (heightOf(i) + cardGap) / 2;
    qint64 z = frontZ();
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        const double height = heightOf(i);
        Item item;
        item.id = ItemId::createUuid();
        item.centre = {centre.x(), below + height / 2};
        item.z = ++z;
        item.source = pictures[i].address.toString(QUrl::FullyEncoded);
        Note &note = item.content.emplace<Note>();
        note.text = pictures[i].title.isEmpty() ? item.source : pictures[i].title;
        note.size = {webCardWidth, height};
        note.color = cardColor;
        note.acts = false; // an address says nothing that could be painted
        below += height + cardGap;
        ids.append(item.id);
        put(std::move(item));
    }
    transaction.commit();
    return ids;
}

bool Board::placeFetched(ItemId card, const StoredPicture &stored)
{
    const Item *known = item(card);
    if (!known || !isWebCard(*known) || known->locked)
        return false;
    Transaction transaction(this, tr("Fetch picture"));
    if (m_depth == 0)
        return false;
    Item copy = *known;
    Picture picture;
    picture.hash = stored.hash;
    picture.size = stored.size;
    picture.caption = captionOf(copy);
    picture.state = ReferenceState::Pinned;
    picture.touched = true;
    copy.content = picture;
    copy.scale *= fetchedSide / std::max({1, stored.size.width(), stored.size.height()});
    put(std::move(copy));
    m_arriving.push_back(stored);
    transaction.commit();
    return true;
}

} // namespace moodloom::board
