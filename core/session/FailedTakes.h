// Pictures that should have become takes and did not, each where it belongs: at the frame of the
// board that it was painted for.
//
// They stand there until they are dismissed, or until their frame is painted anew. Those that
// failed alike in one frame are one. QObject of the UI thread; knows boards by their addresses
// alone.
#pragma once

#include "core/base/Error.h"
#include "core/session/OpenRecipe.h"

#include <QObject>
#include <QString>
#include <QUuid>
#include <QVector>

#include <optional>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

struct FailedTake
{
    enum class Kind {
        NotPainted, // can be painted again, see `asked`
        OfGrid,     // cells of a grid (Variations)
        Unreadable  // painted once, but the board's file does not give it back
    };
    Kind kind = Kind::NotPainted;
    QString id; // of the job, or of the take
    const board::Board *board = nullptr;
    QUuid frame;
    Error error;
    int pictures = 1;          // that failed alike
    QVector<OpenRecipe> asked; // what paints them again, seeds and all
};

class FailedTakes : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Oldest first.
    const QVector<FailedTake> &all() const { return m_all; }
    QVector<FailedTake> of(const board::Board *board, const QUuid &frame) const;

    // Joins one of its kind and frame that says the same.
    void add(FailedTake failed);
    // Hands it back, and it is here no more.
    std::optional<FailedTake> take(const QString &id);
    void dismiss(const QString &id) { take(id); }
    // The frame is painted anew; what cannot be read stays.
    void forgetPaintings(const board::Board *board, const QUuid &frame);
    void forget(const board::Board *board); // it is gone

Q_SIGNALS:
    void changed();

private:
    QVector<FailedTake> m_all;
};

} // namespace moodloom::session
