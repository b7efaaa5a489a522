// The references panel: one row a facet, each with its own list, and what can be done with a card.
//
// UI thread; borrows the finder, which outlives it.
#pragma once

#include "ui/controls/ProblemModel.h"
#include "ui/references/ReferenceGroup.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace moodloom::session {
class ReferenceFinder;
}

namespace moodloom::ui {

class ReferencesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged) // references in all groups
    Q_PROPERTY(int groups READ groups NOTIFY countChanged) // also those that nothing was found for
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(bool searched READ wasSearched NOTIFY countChanged) // a search has ended
    Q_PROPERTY(QString figures READ figures NOTIFY countChanged) // "24 references in 38 ms", without the merely nearest
    Q_PROPERTY(moodloom::ui::ProblemModel *problems READ problems CONSTANT) // of searching
    // The card that the inspector shows, by its asset; 0 = none. (QML has no 64-bit integers.)
    Q_PROPERTY(double selected READ selected WRITE select NOTIFY selectedChanged)
    Q_PROPERTY(QString selectedName READ selectedName NOTIFY selectedChanged)
    Q_PROPERTY(QString selectedHash READ selectedHash NOTIFY selectedChanged)
    Q_PROPERTY(QString selectedWhy READ selectedWhy NOTIFY selectedChanged)
    Q_PROPERTY(bool selectedPinned READ selectedPinned NOTIFY selectedChanged)
    Q_PROPERTY(double selectedWeight READ selectedWeight NOTIFY selectedChanged)
public:
    enum Role {
        TitleRole = Qt::UserRole, // QString: the facet's text
        FacetRole,                // int: -1 = the whole prompt
        GroupRole,                // ReferenceGroup*
        LackingRole               // bool: nothing shows it; the group has the nearest pictures, if any
    };

    explicit ReferencesModel(session::ReferenceFinder *finder, QObject *parent = nullptr);
    ~ReferencesModel() override;

    int count() const;
    int groups() const { return int(m_rows.size()); }
    bool isBusy() const;
    bool wasSearched() const;
    QString figures() const;
    ProblemModel *problems() { return &m_problems; }
    double selected() const { return double(m_selected); }
    void select(double asset);
    QString selectedName() const;
    QString selectedHash() const;
    QString selectedWhy() const;
    bool selectedPinned() const;
    double selectedWeight() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void searchAgain(); // as before
    Q_INVOKABLE void setPinned(qint64 asset, bool pinned);
    // Takes it away and tells dropped(); restore() brings it back.
    Q_INVOKABLE void drop(qint64 asset);
    Q_INVOKABLE void restore(qint64 asset);
    Q_INVOKABLE void moreLike(qint64 asset);
    Q_INVOKABLE void setWeight(qint64 asset, double weight); // 0..2

    void retranslate();

Q_SIGNALS:
    void countChanged();
    void busyChanged();
    void selectedChanged();
    void dropped(qint64 asset, const QString &name);

private:
    struct Row
    {
        QString title;
        int facet;
        std::unique_ptr<ReferenceGroup> group;
    };
    void update();
    const retrieval::Reference *find(qint64 asset) const;

    session::ReferenceFinder *m_finder;
    ProblemModel m_problems;
    std::vector<Row> m_rows;
    qint64 m_selected = 0;
    bool m_searched = false;
};

} // namespace moodloom::ui
