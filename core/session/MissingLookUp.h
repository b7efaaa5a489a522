// What a take lacks is looked up, so that it acts on the next one: a facet's best picture is pinned
// in the panel, a note's comes into the frame, where the note lies. Pictures that do not show it
// (Reference::nearest) are no answer.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Take.h"

#include <QCoroTask>
#include <QPointer>
#include <QUuid>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class ReferenceFinder;

// Tells how many pictures are new; 0: nothing more was found, and nothing is changed. Pictures that
// acted on the take go on acting beside them. UI thread; board and finder may go meanwhile.
// Requires: it was checked. Errors: Cancelled (by another search), those of the library.
QCoro::Task<Result<int>> lookUpLacking(generation::Take take, QPointer<board::Board> board,
                                       QUuid frame, QPointer<ReferenceFinder> finder);

} // namespace moodloom::session
