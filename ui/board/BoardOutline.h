// The board as a list, to be searched: every item from the front to the back, hidden ones too.
//
// UI thread. Kept up to date only while `active`; many changes at once cost one.
#pragma once

#include "ui/board/BoardController.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

namespace moodloom::ui {

class BoardOutline : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(moodloom::ui::BoardController *controller READ controller WRITE setController NOTIFY
                   controllerChanged REQUIRED)
    Q_PROPERTY(bool active MEMBER m_active WRITE setActive NOTIFY activeChanged)
    // Words that must all occur in an item's name, facet, file name, tags or text; any case. Those
    // that begin with # in a tag.
    Q_PROPERTY(QString filter MEMBER m_filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(QString tag MEMBER m_tag WRITE setTag NOTIFY
                   filterChanged)                             // only items with it; empty = all
    Q_PROPERTY(QStringList tags READ tags NOTIFY tagsChanged) // of the board
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        ItemIdRole = Qt::UserRole, // QString
        NameRole,                  // QString, as BoardController::describe()
        IconRole,                  // QString
        HiddenRole,                // bool; also dropped references
        SelectedRole,              // bool
        TagsRole                   // QString: "#kite #red"
    };

    explicit BoardOutline(QObject *parent = nullptr);

    BoardController *controller() const { return m_controller; }
    void setController(BoardController *controller);
    void setActive(bool active);
    void setFilter(const QString &filter);
    void setTag(const QString &tag);
    const QStringList &tags() const { return m_tags; }
    int count() const { return int(m_ids.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void controllerChanged();
    void activeChanged();
    void filterChanged();
    void tagsChanged();
    void countChanged();

private:
    void refresh();
    void selectionChanged();

    QPointer<BoardController> m_controller;
    bool m_active = false;
    QString m_filter, m_tag;
    QStringList m_tags;
    QVector<board::ItemId> m_ids;
    QTimer m_later;
};

} // namespace moodloom::ui
