// The stages composed: prompt, retrieval, board, generation, export. One Session per window.
//
// QObject of the UI thread; owns the services, whose Workers do everything heavy. Data flows one
// way: a search fills the board, the board makes the recipe, the recipe a take, the take a file.
#pragma once

#include "core/base/Result.h"
#include "core/generation/PaintSettings.h"
#include "core/generation/Take.h"

#include <QCoroTask>
#include <QObject>
#include <QStringList>

#include <memory>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class LibraryService;
class Painter;
class ReferenceFinder;

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
    };
    explicit Session(Options options, QObject *parent = nullptr);
    ~Session() override;

    LibraryService *library() const;
    ReferenceFinder *finder() const;
    Painter *painter() const;

    // The open board; never null after start(). Changes with boardChanged().
    board::Board *board() const;
    void newBoard();
    QCoro::Task<Result<void>> openBoard(QString path);
    QCoro::Task<Result<void>> saveBoardAs(QString path);

    const PaintSettings &settings() const;
    void setSettings(const PaintSettings &settings);

    // A snapshot of what would be painted now: the prompt, the active frame and the references that
    // act in it (pinned, placed in the frame or on its shelf; with none of these the best suggested
    // one of each entity).
    generation::Recipe recipe() const;
    // Queues recipe(); the take lands in the active frame of the board. Returns the job's id.
    QString paint();

    // The takes of the active frame, oldest first, images included.
    const QVector<generation::Take> &takes() const;
    void removeTake(const QString &id); // undoable on the board
    void starTake(const QString &id, bool starred);

    QCoro::Task<Result<void>> exportPng(QString takeId, QString path);
    QCoro::Task<Result<void>> exportPsd(QString takeId, QString path);

Q_SIGNALS:
    void boardChanged();
    void settingsChanged();
    void takesChanged();
    void failed(const moodloom::Error &error); // anything the user should see, once

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
