// The board's view-model: what is selected, what can be undone, whether everything is on the disk, and
// the named intents that QML may call.
//
// An object of the UI thread. It does not own the board, which may be exchanged or go at any time.
#pragma once

#include "core/board/Board.h"
#include "core/board/Regions.h"
#include "ui/board/WebPictures.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QUrl>
#include <QtQml/qqml.h>

namespace moodloom::ui {

// Board as a type of QML: handed through, never made there.
struct BoardForeign
{
    Q_GADGET
    QML_FOREIGN(moodloom::board::Board)
    QML_NAMED_ELEMENT(Board)
    QML_UNCREATABLE("The session makes boards")
};

class BoardController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(moodloom::board::Board *board READ board WRITE setBoard NOTIFY boardChanged)

    // -- The document
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY contentChanged) // nothing to be seen
    Q_PROPERTY(bool readOnly READ isReadOnly NOTIFY saveStateChanged)
    Q_PROPERTY(SaveState saveState READ saveState NOTIFY saveStateChanged)
    Q_PROPERTY(QString saveText READ saveText NOTIFY saveStateChanged) // for people; empty = all is well
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY undoChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged) // "Undo: Move"
    Q_PROPERTY(QString redoText READ redoText NOTIFY undoChanged)

    // -- The selection
    Q_PROPERTY(QStringList selection READ selectionNames NOTIFY selectionChanged) // ids
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(Kind kind READ kind NOTIFY currentChanged) // what all selected items are
    // The selected item; the first one's where there are several. What can be set is of all of them:
    // a yes means all, and where they do not agree, "mixed" says so.
    Q_PROPERTY(QString currentId READ currentId NOTIFY currentChanged)
    Q_PROPERTY(QString name READ currentName NOTIFY currentChanged) // for screen readers and headings
    Q_PROPERTY(QString caption READ caption NOTIFY currentChanged)
    Q_PROPERTY(QString facet READ facet NOTIFY currentChanged)
    Q_PROPERTY(QString path READ path NOTIFY currentChanged)
    Q_PROPERTY(QString hash READ hash NOTIFY currentChanged)
    Q_PROPERTY(QSize pixels READ pixels NOTIFY currentChanged)
    Q_PROPERTY(bool pinned READ isPinned NOTIFY currentChanged)
    Q_PROPERTY(bool locked READ isLocked NOTIFY currentChanged)
    Q_PROPERTY(bool lockedMixed READ isLockedMixed NOTIFY currentChanged)
    Q_PROPERTY(bool onShelf READ isOnShelf NOTIFY currentChanged)
    Q_PROPERTY(double weight READ weight WRITE setWeight NOTIFY currentChanged)     // 0..2
    Q_PROPERTY(bool weightMixed READ isWeightMixed NOTIFY currentChanged)
    // A note: its words act where it lies in a frame, or it is a comment.
    Q_PROPERTY(bool noteActs READ noteActs WRITE setNoteActs NOTIFY currentChanged)
    Q_PROPERTY(bool noteActsMixed READ isNoteActsMixed NOTIFY currentChanged)
    Q_PROPERTY(bool inFrame READ isInFrame NOTIFY currentChanged) // acts in a frame, or would
    Q_PROPERTY(bool inFrameMixed READ isInFrameMixed NOTIFY currentChanged)
    Q_PROPERTY(Role role READ role WRITE setRole NOTIFY currentChanged)
    Q_PROPERTY(bool roleMixed READ isRoleMixed NOTIFY currentChanged)
    // The part of the run in which it acts, 0..1.
    Q_PROPERTY(double stepsFrom READ stepsFrom NOTIFY currentChanged)
    Q_PROPERTY(double stepsTo READ stepsTo NOTIFY currentChanged)
    Q_PROPERTY(QString stepsText READ stepsText NOTIFY currentChanged) // for people
    Q_PROPERTY(bool stepsMixed READ isStepsMixed NOTIFY currentChanged)
    Q_PROPERTY(double opacity READ opacity WRITE setOpacity NOTIFY currentChanged)  // 0..1
    Q_PROPERTY(bool opacityMixed READ isOpacityMixed NOTIFY currentChanged)
    Q_PROPERTY(bool greyscale READ isGreyscale NOTIFY currentChanged)
    Q_PROPERTY(bool cropped READ isCropped NOTIFY currentChanged)
    Q_PROPERTY(bool grouped READ isGrouped NOTIFY currentChanged)
    Q_PROPERTY(double rotation READ rotation NOTIFY currentChanged)                 // degrees
    Q_PROPERTY(
        QString tags READ tags WRITE setTags NOTIFY currentChanged) // of all selected, with commas
    // Where the selected picture's file is, for people; it is asked of the disk. Empty: not known
    // yet.
    Q_PROPERTY(QString storage READ storage NOTIFY storageChanged)
    Q_PROPERTY(bool lost READ isLost NOTIFY storageChanged) // that file is gone, and there is no copy
    Q_PROPERTY(
        QString source READ source NOTIFY currentChanged) // a picture's web address; empty = none, or several
    Q_PROPERTY(moodloom::ui::WebPictures *web READ web CONSTANT)
    Q_PROPERTY(QString framePrompt READ framePrompt NOTIFY currentChanged)
    Q_PROPERTY(int referencesInFrame READ referencesInFrame NOTIFY currentChanged)
    Q_PROPERTY(int notesInFrame READ notesInFrame NOTIFY currentChanged) // that act
    // The frame that paints: the selected one, else the one used last, else the first.
    Q_PROPERTY(QString activeFrame READ activeFrameName NOTIFY activeFrameChanged)
public:
    enum class SaveState { Saved, Saving, NotSaved, ReadOnly };
    Q_ENUM(SaveState)
    enum class Kind { None, Picture, Note, Frame, Stroke, Mixed }; // as board::ItemKind + 1
    Q_ENUM(Kind)
    enum class Role { Content, Style, Layout }; // as board::ReferenceRole
    Q_ENUM(Role)

    explicit BoardController(QObject *parent = nullptr);

    board::Board *board() const { return m_board; }
    void setBoard(board::Board *board);

    QString title() const;
    bool isEmpty() const;
    bool isReadOnly() const { return m_board && m_board->isReadOnly(); }
    SaveState saveState() const;
    QString saveText() const;
    bool canUndo() const { return m_board && m_board->canUndo(); }
    bool canRedo() const { return m_board && m_board->canRedo(); }
    QString undoText() const;
    QString redoText() const;

    const QVector<board::ItemId> &selection() const { return m_selection; }
    bool isSelected(board::ItemId id) const { return m_selected.contains(id); }
    void select(const QVector<board::ItemId> &ids); // replaces; unknown and hidden ones are left out
    void toggle(board::ItemId id);          // with what is grouped with it
    void selectWithGroup(board::ItemId id);
    QStringList selectionNames() const;
    int selectedCount() const { return int(m_selection.size()); }

    Kind kind() const;
    QString currentId() const;
    QString currentName() const;
    QString caption() const;
    QString facet() const;
    QString path() const;
    QString hash() const;
    QSize pixels() const;
    bool isPinned() const;
    bool isLocked() const;
    bool isLockedMixed() const;
    bool isOnShelf() const;
    double weight() const;
    bool isWeightMixed() const;
    void setWeight(double weight);
    bool noteActs() const;
    bool isNoteActsMixed() const;
    void setNoteActs(bool act);
    Q_INVOKABLE void toggleNoteActs();
    bool isInFrame() const;
    bool isInFrameMixed() const;
    Role role() const;
    bool isRoleMixed() const;
    void setRole(Role role);
    Q_INVOKABLE void nextRole(); // content, style, layout, content
    double stepsFrom() const;
    double stepsTo() const;
    QString stepsText() const;
    bool isStepsMixed() const;
    Q_INVOKABLE void setSteps(double from, double to);
    double opacity() const;
    bool isOpacityMixed() const;
    void setOpacity(double opacity);
    bool isGreyscale() const;
    bool isCropped() const;
    bool isGrouped() const;
    Q_INVOKABLE bool hasHidden() const; // on the board
    double rotation() const;
    QString tags() const;
    void setTags(const QString &tags);
    QString storage() const { return m_storage; }
    bool isLost() const { return m_lost; }
    QString source() const;
    WebPictures *web() const { return m_web; }
    QString framePrompt() const;
    int referencesInFrame() const;
    int notesInFrame() const;
    board::ItemId activeFrame() const;
    QString activeFrameName() const;

    // How an item is told to people: "Picture “a red kite”, pinned".
    QString describe(const board::Item &item) const;

    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void selectNone() { select({}); }
    // In reading order, for Tab; false at the end, where the focus should go on.
    Q_INVOKABLE bool selectNext(bool backwards = false);
    void extendSelection(bool backwards); // by the next one that is not selected; else nothing
    Q_INVOKABLE void selectById(const QString &id);
    Q_INVOKABLE void toggleById(const QString &id);
    Q_INVOKABLE void reveal(const QString &id); // selects it, and shows it when it is hidden
    // On the selection.
    Q_INVOKABLE void togglePin();
    Q_INVOKABLE void dropOrRemove(); // references are dropped, everything else is removed
    Q_INVOKABLE void remove();
    Q_INVOKABLE void duplicate();
    Q_INVOKABLE void raise();
    Q_INVOKABLE void lower();
    Q_INVOKABLE void toggleLock();
    Q_INVOKABLE void unlock();
    Q_INVOKABLE void toggleShelf(); // of the active frame
    Q_INVOKABLE void flipHorizontally();
    Q_INVOKABLE void flipVertically();
    Q_INVOKABLE void arrangeRows();
    Q_INVOKABLE void arrangeMasonry();
    Q_INVOKABLE void pack();
    Q_INVOKABLE void arrangeGrid();
    Q_INVOKABLE void arrangeByName();
    Q_INVOKABLE void arrangeByDate();
    Q_INVOKABLE void arrangeByColor();
    void align(board::Alignment alignment);
    void distribute(Qt::Orientation axis);
    void normalize(board::Measure measure);
    Q_INVOKABLE void moveForward();
    Q_INVOKABLE void moveBackward();
    Q_INVOKABLE void group();
    Q_INVOKABLE void ungroup();
    Q_INVOKABLE void hide();
    Q_INVOKABLE void showHidden();
    Q_INVOKABLE void toggleGreyscale();
    Q_INVOKABLE void showWholePicture(); // without its crop
    Q_INVOKABLE void nudge(double dx, double dy);
    void turn(double degrees); // about the middle of all
    void grow(double factor);
    void turnUpright(); // each about its own middle
    void showOriginalSize();
    Q_INVOKABLE void setFramePrompt(const QString &id, const QString &prompt);
    Q_INVOKABLE void setNoteText(const QString &id, const QString &text);
    Q_INVOKABLE QString nameOf(const QString &id) const;   // as describe()
    Q_INVOKABLE QString promptOf(const QString &id) const; // a frame's prompt or a note's text
    Q_INVOKABLE void retrySaving();
    Q_INVOKABLE void checkBoard();
    Q_INVOKABLE void compactBoard();
    Q_INVOKABLE void collectLinked();
    Q_INVOKABLE void embedSelected();
    Q_INVOKABLE void linkSelected();
    Q_INVOKABLE void askStorage(); // again
    void askForFile(); // of the selected picture, where it is lost: locateRequested() follows
    Q_INVOKABLE void locate(const QUrl &file); // what was asked for
    Q_INVOKABLE void toggleLinking(); // of what will be added
    Q_INVOKABLE void forgetHistory();

Q_SIGNALS:
    void boardLeaving(); // another one comes: what is in the hand is to be put down
    void boardChanged();
    void titleChanged();
    void contentChanged(); // items came, went or changed
    void saveStateChanged();
    void undoChanged();
    void selectionChanged();
    void currentChanged();
    void storageChanged();
    void locateRequested(const QString &name);
    void activeFrameChanged();
    void dropped(int count);
    void problem(const QString &text); // for the user, translated
    void notice(const QString &text);  // what was done; goes by itself
    void itemsArrived(const QVector<QUuid> &ids);
    void imported(int job, const QVector<QUuid> &ids); // of Board::importFiles() and the like

private:
    void arrange(board::Arrangement arrangement);
    const board::Item *current() const;
    const board::Picture *currentPicture() const;
    board::StepRange steps() const; // of a picture or note
    // `read` makes a std::optional of an item.
    template <typename Read> auto valuesOf(const Read &read) const;
    template <typename Read> bool isMixed(const Read &read) const;
    template <typename Read> bool isAll(const Read &read) const;
    QVector<board::ItemId> toArrange() const;
    QVector<board::ItemId> inReadingOrder() const; // the visible ones
    QVector<board::ItemId> hiddenItems() const;
    QVector<board::ItemId>
    changeable() const; // the selection with what goes with it, but what is locked
    void followFiles(board::Board *board);
    void lookUpStorage();
    void lookForFile();
    void forgetLost();
    void tellChanges();
    void noteFrame();
    void announceFrame(); // tells when another one paints

    QPointer<board::Board> m_board;
    WebPictures *m_web;
    struct Due
    {
        bool content = false, current = false, lost = false, frame = false;
    };
    Due m_due; // what is to be told when the command is whole
    QVector<board::ItemId> m_selection;
    QSet<board::ItemId> m_selected; // the same
    board::ItemId m_lastFrame;
    // Of boards that were shown before and may be again.
    struct Place
    {
        QVector<board::ItemId> selection;
        board::ItemId lastFrame;
    };
    QHash<board::Board *, Place> m_places;
    board::ItemId m_announcedFrame; // the active one that was told last
    QString m_storage;
    QString m_storageHash;  // whose it is
    bool m_lost = false;    // it
    board::ItemId m_sought; // what locate() is about
    bool m_embedded = true; // it
};

} // namespace moodloom::ui
