// The board: an infinite canvas of pictures, notes and frames; the document of Moodloom.
//
// An object of the UI thread, whole in memory but for the pixels. Every change is a named command
// with unlimited undo, which survives closing, and goes to the board's file at once, on its own
// Worker: `acknowledged` tells when it is on the disk. Copies of Item are values; pointers from
// item() live until the next change.
#pragma once

#include "core/base/Result.h"
#include "core/board/Arrange.h"
#include "core/board/BoardStore.h"
#include "core/board/GuideLines.h"
#include "core/board/History.h"
#include "core/board/Layout.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

namespace moodloom::board {

struct Sheet;

constexpr double webCardWidth = 260; // board units

// A picture of the web as a drop names it.
struct WebPicture
{
    QUrl address;  // see webAddress()
    QString title; // may be empty
};

// A file that was read, on its way to becoming a Board on the UI thread.
struct LoadedBoard
{
    std::shared_ptr<BoardStore> store;
    QString path;
    Content content;
};

class Board : public QObject
{
    Q_OBJECT
public:
    enum class SaveState { Saved, Saving, NotSaved, ReadOnly };
    Q_ENUM(SaveState)

    // A new, untitled board in the autosave folder (see Autosave.h). The file is made in the
    // background; the board can be used at once.
    explicit Board(QObject *parent = nullptr);
    Board(LoadedBoard loaded, QObject *parent = nullptr);
    ~Board() override; // waits for the last writes

    // Reads a file in the background; called and answered on the UI thread. Errors: NotFound, Corrupt, Unsupported, Unreadable. A newer
    // version's file and a write-protected one load as read-only.
    static QFuture<Result<LoadedBoard>> load(const QString &path);
    // The same, waiting: for the command line and tests.
    static Result<std::unique_ptr<Board>> open(const QString &path);
    // A new board at `path`, which must not exist. Waits.
    static Result<std::unique_ptr<Board>> create(const QString &path);

    // -- The document
    const QString &path() const { return m_path; }
    bool isUntitled() const { return m_untitled; }
    QString title() const;
    const Item *item(ItemId id) const;
    QVector<ItemId> items() const;        // all, also dropped ones; from the back to the front
    QVector<ItemId> frames() const;       // from the back to the front
    bool isEmpty() const { return m_items.isEmpty(); }
    ItemId pictureOf(const QString &hash) const; // the item that shows this picture, or null
    QVector<FrameTake> takes(ItemId frame) const; // oldest first
    const FrameTake *take(const QString &id) const;
    QRectF extent(const QVector<ItemId> &ids) const; // of the visible ones
    // Small values that belong to the document and are not undone ("view", "prompt").
    QJsonValue setting(const QString &name) const { return m_settings.value(name); }
    void setSetting(const QString &name, const QJsonValue &value);

    // Lines from the rulers: undone like items, kept in the setting "guides".
    GuideLines guides() const;
    void setGuides(const GuideLines &lines, const StepName &name);

    // Pixels and bytes, read in the background; see BoardStore.
    const std::shared_ptr<BoardStore> &store() const { return m_store; }

    // -- Saving
    SaveState saveState() const;
    const std::optional<Error> &saveError() const { return m_saveError; } // why NotSaved
    bool isReadOnly() const { return m_readOnly.has_value(); }
    const std::optional<Error> &readOnlyReason() const { return m_readOnly; }
    quint64 revision() const { return m_revision; }           // counts edits
    quint64 acknowledgedRevision() const { return m_acknowledged; } // up to here it is on disk
    // Moves the document to `path` (over a file that is there); saved() or saveFailed() follows.
    void saveAs(const QString &path);
    void retrySaving();
    // Copies the files that pictures are linked to into the board: collected() follows. Not undone.
    void collectLinked();

    // -- Undo: without limit, kept in the file. Of a step of long ago undo() may first wait for the
    // disk.
    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    QString undoName() const { return m_history.undoName().shown(); }
    QString redoName() const { return m_history.redoName().shown(); }
    void undo();
    void redo();
    void endStep() { m_history.seal(); } // what comes next is a step of its own
    // Nothing that was done can be undone any more; pictures that only that would bring back leave
    // the file when it is closed.
    void forgetHistory();

    // Several changes as one command; rolled back unless committed. Nested ones join the outer.
    class Transaction
    {
    public:
        Transaction(Board *board, StepName name, QString mergeKey = {});
        ~Transaction();
        Transaction(const Transaction &) = delete;
        Transaction &operator=(const Transaction &) = delete;
        void commit();

    private:
        Board *m_board;
        bool m_open = false;
    };

    // -- Intents. Locked items are only unlocked; unknown ids are passed over.
    // Pictures whose hash, size and path are known; scaled to a moderate size and laid out around
    // `centre`. Those that cannot be embedded now (a vanished file) stay links.
    QVector<ItemId> addPictures(const QVector<Picture> &pictures, QPointF centre, bool embed = true);
    // The result of a search: suggestions of earlier ones that the user did not touch go, new ones
    // come as a tidy block beside the frames, what is there already stays.
    void placeReferences(const QVector<Picture> &pictures);
    // Files, encoded bytes and pixels that the user brings: read in the background, then added as
    // one pinned group around `centre`. Returns the job that imported() names.
    // `assetId`: the library's, when it is one file of it.
    int importFiles(const QStringList &paths, QPointF centre, qint64 assetId = 0);
    // Whether files that the user brings stay where they are, as links, instead of being copied
    // into the board. Not undone.
    bool linksFiles() const { return setting(QStringLiteral("link")).toBool(); }
    void setLinksFiles(bool link) { setSetting(QStringLiteral("link"), link); }
    // Copies the files of these pictures into the board, or drops those copies and links to the
    // files, where they are unchanged: filesKept() follows. Not undone.
    void setEmbedded(const QVector<ItemId> &ids, bool embedded);
    // The picture's file is `file` now, if that is the same picture; other linked pictures whose files
    // moved along are found with it (see LocateFiles.h), in one step. located() or locateFailed()
    // follows.
    void locate(ItemId id, const QString &file);
    // `source`: see Item::source.
    int importBytes(const QByteArray &bytes, const QString &caption, QPointF centre,
                    const QString &source = {});
    int importImage(const QImage &image, const QString &caption, QPointF centre,
                    const QString &source = {});
    // Notes that stand for these pictures (isWebCard()), below each other around `centre`. Nothing
    // is fetched. `heights`: of their paper, by the caller, who measures text.
    QVector<ItemId> addWebCards(const QVector<WebPicture> &pictures, QPointF centre,
                                const QVector<double> &heights = {});
    // The picture of a card was fetched: it takes the card's place, in one step that keeps the
    // card's id and source. False where the item is no card any more.
    bool placeFetched(ItemId card, const StoredPicture &picture);
    // Pictures and notes where the sheet says, in one step once the pictures are read; answered as above.
    int addSheet(const Sheet &sheet);

    void move(const QVector<ItemId> &ids, QPointF delta);
    void scale(const QVector<ItemId> &ids, double factor, QPointF about);
    void rotate(const QVector<ItemId> &ids, double degrees, QPointF about);
    void flip(const QVector<ItemId> &ids, Qt::Orientation axis); // Horizontal: left and right
    void setOpacity(const QVector<ItemId> &ids, double opacity);
    void setGreyscale(const QVector<ItemId> &ids, bool greyscale);
    // See Crop.h. `crop`: pixels, null = all of the picture; `delta`: board units.
    void setCrop(ItemId id, const QRectF &crop);
    void panCrop(ItemId id, QPointF delta);
    void setPinned(const QVector<ItemId> &ids, bool pinned);
    void drop(const QVector<ItemId> &ids);    // leaves the view, pushes the search away; undoable
    void dropQuietly(const QVector<ItemId> &ids); // without dropped(): it was told elsewhere
    void setWeight(const QVector<ItemId> &ids, double weight); // of pictures and notes
    void setRole(const QVector<ItemId> &ids, ReferenceRole role);
    // The part of the run in which they act. Requires: valid; else nothing happens.
    void setSteps(const QVector<ItemId> &ids, StepRange steps); // of pictures and notes
    void setFacet(const QVector<ItemId> &ids, const QString &facet); // see Picture::facet
    void remove(const QVector<ItemId> &ids);
    QVector<ItemId> duplicate(const QVector<ItemId> &ids, QPointF offset);
    QVector<ItemId> paste(const QVector<Item> &items, QPointF centre); // new ids; centre null = in place
    void raise(const QVector<ItemId> &ids);   // to the front
    void lower(const QVector<ItemId> &ids);   // to the back
    void setLocked(const QVector<ItemId> &ids, bool locked);
    void moveForward(const QVector<ItemId> &ids);  // over the next that they overlap
    void moveBackward(const QVector<ItemId> &ids);
    // At least two. Whole groups among these are groups inside the new one.
    ItemId group(const QVector<ItemId> &ids);
    void ungroup(const QVector<ItemId> &ids); // of the outermost groups that these belong to
    QVector<ItemId> withGroups(const QVector<ItemId> &ids) const; // and what is grouped with them
    void setHidden(const QVector<ItemId> &ids, bool hidden);
    // Words without white space around them; those of one spelling but for its case are one.
    void tag(const QVector<ItemId> &ids, const QStringList &added, const QStringList &removed);
    QStringList tags() const; // of all items, in the order of the alphabet
    // And what lies in the frames among these, which goes where they go: its place is its meaning.
    // Not what is locked.
    QVector<ItemId> withContents(const QVector<ItemId> &ids) const;

    // -- Arranging: of the visible ones. What is grouped keeps its shape, but for arrange...().
    void align(const QVector<ItemId> &ids, Alignment alignment);
    void distribute(const QVector<ItemId> &ids, Qt::Orientation axis); // equal gaps, the ends stay
    void normalize(const QVector<ItemId> &ids, Measure measure);       // all as the average
    enum class Packing { Tight, Grid };
    void pack(const QVector<ItemId> &ids, Packing packing);            // keeps sizes; not frames
    // Pictures only, to equal heights or widths.
    void arrange(const QVector<ItemId> &ids, Arrangement arrangement); // facet by facet
    void arrangeByName(const QVector<ItemId> &ids);
    void arrangeByDate(const QVector<ItemId> &ids);                    // of coming onto the board
    void arrangeByColor(const QVector<ItemId> &ids); // when their thumbnails have been read

    // `size`: of the paper; what is 0 there is as usual.
    ItemId addNote(const QString &text, QPointF centre, QSizeF size = {0, 0});
    // `height`: of the paper, whose upper edge stays; 0 = as it is.
    void setNoteText(ItemId id, const QString &text, double height = 0);
    void setNoteColor(ItemId id, const QColor &color);
    void setNotesAct(const QVector<ItemId> &ids, bool act); // else they are comments

    // See Stroke.h; points, width and radius in board units. The eraser cuts what it touches into pieces.
    ItemId addStroke(const QVector<StrokePoint> &points, const QColor &color, double width);
    void eraseStrokes(const QVector<QPointF> &path, double radius);

    ItemId addFrame(QPointF centre, QSizeF size = {512, 512});
    // What frames that are added from now on begin with: its model, steps, ... A new frame keeps the
    // area that it is given and takes the shape of the picture. Not stored, not undone.
    void setNewFrame(const Frame &frame) { m_newFrame = frame; }
    void setFramePrompt(ItemId id, const QString &prompt);
    // Anything else of a frame, by value: settings, size, picture size.
    void setFrame(ItemId id, const Frame &frame, const StepName &name);
    void setOnShelf(ItemId frame, const QVector<ItemId> &ids, bool onShelf);

    // Keeps a painted picture (encoded in the background) and shows it in its frame: takesChanged
    // follows. `take.hash` and `take.size` are filled in; an empty id gets one. Returns the id.
    QString addTake(FrameTake take, const QImage &image);
    void removeTake(const QString &id);
    void starTake(const QString &id, bool starred);
    // What was found out about it, not done to it: not undone, and kept when other things are.
    void setTakeGrounding(const QString &id, const QJsonObject &grounding);
    void showTake(ItemId frame, const QString &take); // empty = none

Q_SIGNALS:
    void itemAdded(const QUuid &id);
    void itemChanged(const QUuid &id);
    void itemRemoved(const QUuid &id);
    void settled(); // behind all changes of a command, an undo or a roll-back
    void takesChanged(const QUuid &frame);
    void guidesChanged();
    void undoChanged();
    void dropped(int count);                // for the toast that offers undo
    // By placeReferences(): those that were not on the board before.
    void referencesPlaced(const QVector<QUuid> &ids);
    void imported(int job, const QVector<QUuid> &ids, const QStringList &problems);
    void collected(int count, const QStringList &missing); // missing: gone or changed since
    void filesKept(bool embedded, int count, const QStringList &missing); // as above
    void located(int count); // pictures, by locate()
    void locateFailed(const moodloom::Error &error);
    void acknowledged(quint64 revision);
    void saveStateChanged();
    void titleChanged();
    void saved(const QString &path);
    void saveFailed(const moodloom::Error &error); // of saveAs()
    void refused(const moodloom::Error &reason);   // an edit of a read-only board

private:
    friend class Transaction;
    struct Import;
    bool begin(StepName name, QString mergeKey);
    void commitTransaction();
    void rollBack();
    void follow(const QHash<QString, QString> &files); // paths by hash
    void apply(const Command &command);
    void setItem(ItemId id, const std::optional<Item> &item);
    void setTake(const QString &id, const std::optional<FrameTake> &take);
    std::optional<FrameTake> withGrounding(std::optional<FrameTake> take) const;
    void setSettingValue(const SettingValue &setting);
    // Inside a transaction.
    void put(Item item);
    void put(FrameTake take);
    void put(const SettingValue &setting);
    void erase(ItemId id);
    void edit(const QVector<ItemId> &ids, const StepName &name, const QString &mergeKey,
              const std::function<void(Item &)> &change, bool lockedToo = false);
    void editPictures(const QVector<ItemId> &ids, const StepName &name, const QString &mergeKey,
                      const std::function<void(Picture &)> &change);
    // One key per intent and set of items, so that a slider's many small commands become one.
    static QString mergeKey(const char *intent, const QVector<ItemId> &ids);
    struct Unit;
    QVector<Unit> units(const QVector<ItemId> &ids) const;
    void shift(const QVector<Unit> &units, const QVector<QPointF> &shifts, const StepName &name,
               bool placed);
    QVector<ItemId> arrangeable(const QVector<ItemId> &ids) const; // in their order
    void layOut(const QVector<ItemId> &pictures, ArrangeStyle style, bool byFacet);
    void reorder(const QVector<ItemId> &order, const StepName &name);
    bool overlap(ItemId a, ItemId b) const;
    qint64 frontZ() const;
    qint64 backZ() const;
    Commit commitOf(const Command &command) const;
    void readSteps();
    void takeSteps();
    void send(Commit commit);
    void written(quint64 revision, const Result<void> &result);
    void fetch(const Picture &picture, bool embed);
    void keepFiles(const QHash<QString, QString> &paths, bool embed,
                   const std::function<void(int, const QStringList &)> &done);
    int startImport(QVector<QFuture<Result<StoredPicture>>> pictures, const QStringList &captions,
                    QPointF centre, qint64 assetId = 0, const QString &source = {});
    void finishImport(const std::shared_ptr<Import> &import);
    void keepTake(FrameTake take, const Result<StoredPicture> &png);

    std::shared_ptr<BoardStore> m_store;
    QString m_path;
    bool m_untitled = false;
    std::optional<Error> m_readOnly;
    std::optional<Error> m_saveError;
    QTimer m_retry;

    QHash<ItemId, Item> m_items;
    mutable QVector<ItemId> m_order; // by z; empty when it must be sorted anew
    QHash<QString, FrameTake> m_takes;
    QHash<QString, QJsonObject> m_groundings; // of takes, those of removed ones too
    QHash<QString, QJsonValue> m_settings;

    History m_history;
    bool m_readingBefore = false; // steps of long ago are on their way
    bool m_readingBehind = false;
    int m_steps = 0; // to be done when they have come: back, if negative
    QElapsedTimer m_clock;
    std::optional<Frame> m_newFrame;
    Command m_open;         // the command being made
    int m_depth = 0;        // of transactions
    bool m_failed = false;  // an inner transaction was not committed
    std::vector<StoredPicture> m_arriving; // pictures of the open command
    quint64 m_revision = 0;
    quint64 m_acknowledged = 0;
    int m_jobs = 0;
};

} // namespace moodloom::board
