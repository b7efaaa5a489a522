// The open boards as tabs: titles, how they are kept, which is shown.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace moodloom::board {
class Board;
}
namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class BoardTabs : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int current READ current NOTIFY currentChanged)
public:
    enum Role {
        TitleRole = Qt::DisplayRole, // QString
        HintRole = Qt::UserRole,     // QString: where it is kept, translated
        UnsavedRole,                 // bool: the last edits could not be written
        ReadOnlyRole,                // bool
        FailedRole                   // bool: something was not painted for it
    };

    explicit BoardTabs(session::Session *session, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }
    int current() const;

    Q_INVOKABLE void show(int row);
    Q_INVOKABLE void showNext(int by); // past the end it begins anew
    Q_INVOKABLE void close(int row);
    Q_INVOKABLE void move(int from, int to);

    void retranslate();

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void closed(const QString &title); // one that can be opened again

private:
    void update();
    board::Board *at(int row) const; // or null
    bool hasFailed(const board::Board &board) const;

    session::Session *m_session;
    QVector<board::Board *> m_boards; // as they were told last
};

} // namespace moodloom::ui
