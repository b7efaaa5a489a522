// One or two things of a picture varied into a grid: every cell a picture of its own recipe,
// painted one after another by the usual queue and laid onto the board with labels, in one step,
// when the last is done.
//
// QObject of the UI thread; the session owns it. One grid at a time. Cells are painted model by
// model, so that each is loaded once.
#pragma once

#include "core/base/Result.h"
#include "core/board/VariationAxis.h"
#include "core/generation/Take.h"
#include "core/session/OpenRecipe.h"

#include <QCoroTask>
#include <QObject>
#include <QStringList>

#include <memory>

namespace moodloom::session {

class Session;

using board::VariationAxis;

class Variations : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMostCells = 64;

    explicit Variations(Session *session);
    ~Variations() override;

    // The present picture (Session::recipe()) varied along both axes; `down` may be None. What is
    // wrong with the axes is answered at once and nothing begins. Errors: Invalid.
    Result<void> paint(const VariationAxis &across, const VariationAxis &down);
    // Within one step; what is painted by then is laid out.
    void cancel();

    bool isBusy() const;
    int cells() const;   // of the running grid, else 0
    int painted() const; // of them

    // The lines of a wildcard of the settings' folder, for an axis.
    QCoro::Task<Result<QStringList>> lines(QString wildcard) const;

Q_SIGNALS:
    void changed();
    // Laid onto the board: how many of how many.
    void finished(int painted, int cells);

private:
    QCoro::Task<void> run();
    void keep(const QString &job, const generation::Take &take);
    void drop(const QString &job);
    void miss(const QString &job, const Error &error);
    void tell(const Error &error, int pictures = 1);
    QCoro::Task<void> encode(int cell, generation::Take take);
    void layOut();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
