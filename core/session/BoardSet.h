// The boards that are open, in the order of their tabs; one of them is shown.
//
// QObject of the UI thread; owns the boards. Never empty: where the last one closes, a new one
// comes. A closed board goes when everything is on the disk and nothing is on its way to it any
// more; what it held can be opened again, untitled ones too.
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVector>

#include <memory>
#include <vector>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class BoardSet : public QObject
{
    Q_OBJECT
public:
    explicit BoardSet(QObject *parent = nullptr); // empty until the first add()
    ~BoardSet() override;                         // waits for the last writes

    QVector<board::Board *> boards() const;
    board::Board *shown() const { return m_shown; }
    int indexOf(const board::Board *board) const;  // -1 = not open
    board::Board *find(const QString &path) const; // null = not open

    // Beside the one that is shown, and shown. One that nobody has touched gives its place up when
    // `replaceUntouched`.
    void add(std::unique_ptr<board::Board> board, bool replaceUntouched);
    void show(board::Board *board); // one of boards()
    void move(int from, int to);    // a tab
    // False: its last edits cannot be written, and it stays.
    bool close(board::Board *board);

    // What was closed last and is not open: its file, or nothing. A board that is still leaving is
    // shown again at once.
    QString reopen();
    bool canReopen() const { return !m_closed.isEmpty(); }

    // Something is on its way to this board, like a picture that is being painted: closed, it waits
    // for as many releases.
    void hold(board::Board *board);
    void release(board::Board *board);

Q_SIGNALS:
    void added(moodloom::board::Board *board); // before it is shown
    void changed();                            // which boards are open, or their order
    void shownChanged();
    void gone(moodloom::board::Board *board); // deleted now; for its address alone

private:
    struct Entry
    {
        std::unique_ptr<board::Board> board;
        int holds = 0;
        bool flushed = false; // of those that leave
    };
    Entry *entryOf(const board::Board *board);
    void leave(Entry entry);
    void letGo(board::Board *board);

    std::vector<Entry> m_open;
    std::vector<Entry> m_leaving;
    board::Board *m_shown = nullptr;
    QStringList m_closed; // files, the last one last
};

} // namespace moodloom::session
