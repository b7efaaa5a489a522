// The stages composed: prompt, retrieval, board, generation, export. One Session per window.
//
// QObject of the UI thread; owns the services, whose Workers do everything heavy. Data flows one
// way: a search fills the board, the board makes the recipe, the recipe a take, the take a file.
#pragma once

#include "core/base/Result.h"
#include "core/board/StepName.h"
#include "core/generation/Canvas.h"
#include "core/generation/PaintSettings.h"
#include "core/generation/Take.h"

#include <QCoroTask>
#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QUuid>

#include <memory>
#include <optional>

namespace moodloom::board {
class Board;
}

namespace moodloom {
class Problems;
}

namespace moodloom::session {

class BoardSet;
class FailedTakes;
class GroundingDesk;
class LibraryService;
struct OpenRecipe;
class PaintDesk;
class Painter;
class ReferenceFinder;
class ShelfService;
class Variations;

// What the settings panel edits; everything else of a recipe comes from the prompt and the board.
using generation::PaintSettings;

class Session : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString libraryFolder; // empty = <dataFolder>/library
        QString modelFolder;   // empty = the built-in model
        QString encoderFolder; // searches the library: a model or CLIP folder; empty = modelFolder
        QString wildcardFolder; // empty = prompt::defaultWildcardFolder()
    };
    explicit Session(Options options, QObject *parent = nullptr);
    ~Session() override;

    LibraryService *library() const;
    ReferenceFinder *finder() const;
    Painter *painter() const;
    PaintDesk *painting() const; // from recipes to takes in their frames
    ShelfService *shelf() const;
    Variations *variations() const; // grids of takes
    GroundingDesk *grounding() const; // what takes show; each is checked when it is painted

    // The boards that are open; the one that is shown is board().
    BoardSet *boards() const;
    // Never null. Changes with boardChanged().
    board::Board *board() const;
    void newBoard();   // beside the others, and shown
    // Where its last edits cannot be written it stays, and is shown.
    void closeBoard(board::Board *board);
    // What was closed last, else the newest untitled board that nobody has open.
    void reopenBoard();
    // Goes on with the newest untitled board that was not closed in order, else with a new one.
    void resume();
    // Shows it, if it is open already.
    QCoro::Task<Result<void>> openBoard(QString path);
    // Those of an earlier time, in their order, and shows `shown`. Untitled ones that another window
    // has open, and files that are gone, are passed over.
    QCoro::Task<void> openBoards(QStringList paths, QString shown);
    QCoro::Task<Result<void>> saveBoardAs(QString path);

    // The frame that find and paint work on: the first one until another is chosen; null when the
    // board has none (find and paint then add one).
    QUuid activeFrame() const;
    void setActiveFrame(const QUuid &frame);

    // The prompt edited by its chips, in one step that the board undoes: references go along to the facets
    // that theirs became, and are looked up anew when they were looked up before.
    void editPrompt(const QString &text, const QVector<int> &facets, const board::StepName &name);
    // A reference that was bound to a chip acts no more, and serves no words; undone by the board.
    void unbind(qint64 asset);

    // Retrieval for the prompt of finder(); what it finds is laid out on the board.
    void find();

    const PaintSettings &settings() const; // of the active frame
    void setSettings(const PaintSettings &settings);
    // What the model of the settings paints on; read in the background when the model changes.
    const generation::Canvas &canvas() const;
    // What painting recipe() takes of memory here and now; looked up in the background when it
    // changes. Nothing where the model cannot be read.
    const std::optional<generation::PaintMemory> &memory() const;
    // Goes over to another model (a folder or a checkpoint in one file; empty = the built-in one)
    // and its size, in the present aspect. What is no model: modelProblems(), and everything stays.
    QCoro::Task<void> useModel(QString model);
    // The next takes of the active frame begin with this picture of the board (its hash, and its file
    // where there is one), this file (no hash) or this take instead of noise; see
    // PaintSettings::start.
    QCoro::Task<void> paintOver(QString hash, QString path);
    QCoro::Task<void> paintOverTake(QString id);
    // A ControlNet that follows a picture file, for the active frame.
    QCoro::Task<void> followPicture(QString network, QString path);
    // Models and networks that could not be chosen, and pictures that cannot be painted over; each
    // goes when another is chosen.
    Problems *modelProblems() const;
    Problems *startProblems() const;

    // A snapshot of what would be painted now: the prompt, the active frame and the references that
    // act in it (pinned, placed in the frame or on its shelf; with none of these the best suggested
    // one of each entity).
    generation::Recipe recipe() const;
    OpenRecipe openRecipe() const; // the same, with what is not decided yet
    // Queues recipe(), in which what the prompt leaves open (prompt/Choices.h) is chosen by its
    // seed; the take lands in the active frame of the board. Returns the job's id.
    QString paint();
    void setWildcardFolder(const QString &folder); // as in Options; for the takes that follow
    const QString &wildcardFolder() const;

    // A job of the painter is for the active frame of the board that is shown.
    bool isPaintedHere(const QString &job) const;

    // Pictures that did not become takes, of all boards: they stand at their frames.
    FailedTakes *failedTakes() const;
    void paintAgain(const QString &failure); // see PaintDesk

    // The takes of the active frame, oldest first, images included.
    const QVector<generation::Take> &takes() const;
    void removeTake(const QString &id); // undoable on the board
    void starTake(const QString &id, bool starred);
    // Finds out, once more, what it shows of its prompt.
    void checkTake(const QString &id);
    // Looks up what the take does not show of its prompt and its notes (where it shows all of them,
    // what is weak): pins the best picture of each facet that has not acted on it, beside those
    // that have, and places that of each note where the note lies; then paints again. The future
    // tells the number of pictures; 0: nothing more was found, and nothing is painted.
    QCoro::Task<Result<int>> lookUpMissing(QString id);

    // What goes wrong is handed back alone, to be told where the export was asked for.
    QCoro::Task<Result<void>> exportPng(QString takeId, QString path);
    QCoro::Task<Result<void>> exportPsd(QString takeId, QString path);

Q_SIGNALS:
    void boardChanged();
    void activeFrameChanged();
    void settingsChanged();
    void canvasChanged();
    void memoryChanged();
    void takesChanged();
    // What the user should see, once: what has no place of its own. See failedTakes(), the problems
    // of the finder, the library and the models, and GroundingDesk::problem().
    void failed(const moodloom::Error &error);

private:
    void follow(board::Board *board); // from its opening on
    void showBoard();
    void followFrame();
    void followSettings();
    void offerPreviewDecoders();
    QUuid ensureFrame();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
