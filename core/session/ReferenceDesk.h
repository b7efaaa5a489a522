// The references panel and the board show one thing: what is found is laid out on the board that is
// shown, but for what is merely the nearest there is, and what is done to a picture there, by undo too, is done to the reference of the panel.
//
// QObject of the UI thread; borrows the finder, which outlives it. What was found for a board is
// put by while another one is shown; of a board that was opened, what it kept is found again by itself.
#pragma once

#include "core/library/Asset.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QUuid>

#include <memory>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class ReferenceFinder;

class ReferenceDesk : public QObject
{
    Q_OBJECT
public:
    explicit ReferenceDesk(ReferenceFinder *finder, QObject *parent = nullptr);
    ~ReferenceDesk() override;

    void show(board::Board *board);         // from now on
    void forget(const board::Board *board); // it is gone
    // The board's pictures stand for the words that the panel's references stand for.
    void nameFacets();
    // A reference that was bound to a chip acts no more, and serves no words; undone by the board.
    void unbind(library::AssetId asset);

private:
    void layOut();
    QCoro::Task<void> restore();
    void follow(const QUuid &item);
    void followRemoval(const QUuid &item);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
