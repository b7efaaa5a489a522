// Finds out which parts of their prompts takes show (generation::TakeChecker), one take after
// another, in the background: painting goes first, and a search interrupts. What is found goes to
// the take on its board.
//
// QObject of the UI thread; borrows library and painter, which outlive it. A board may go at any
// time.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Take.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class LibraryService;
class Painter;

class GroundingDesk : public QObject
{
    Q_OBJECT
public:
    GroundingDesk(LibraryService *library, Painter *painter, QObject *parent = nullptr);
    ~GroundingDesk() override;

    // Queues it; a take that waits already stays where it is.
    void check(board::Board *board, const generation::Take &take);
    void cancel(const QString &take);           // a take that was never checked stays so
    bool isChecking(const QString &take) const; // or waits for it

    // Why what it shows could not be found out or looked up, until it is tried again or dismissed.
    std::optional<Error> problem(const QString &take) const;
    void setProblem(const QString &take, const std::optional<Error> &error);

Q_SIGNALS:
    void stateChanged(const QString &take); // isChecking(), problem()
    // The board has it already, or gets it as soon as it has the take.
    void checked(const QString &take, const moodloom::generation::GroundingCheck &check);

private:
    void next();
    void finish(const QString &take, const Result<generation::GroundingCheck> &result);
    void keep(board::Board *board, const QString &take, const generation::GroundingCheck &check);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
