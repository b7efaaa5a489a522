// The facets of the prompt as a list, with the number of references that each one holds.
//
// UI thread. Rows follow the finder's facets; the counts follow its references.
#pragma once

#include "core/prompt/Facet.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class ReferenceFinder;
}

namespace moodloom::ui {

class FacetModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("PromptModel owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        TextRole = Qt::UserRole, // QString: as written
        KindRole,                // QString for people: "setting", "style"; empty for an entity
        ExcludedRole,            // bool: switched off for retrieval
        ReferencesRole,          // int: how many it holds, without the merely nearest
        LackingRole,             // bool: the library shows nothing of it
        BoundRole,               // list of {asset, name, hash}: those that are pinned to it
        StartRole,               // int: offset in the prompt
        LengthRole,              // int
        WeightRole               // double: 1 = neutral
    };

    explicit FacetModel(session::ReferenceFinder *finder, QObject *parent = nullptr);

    int count() const { return int(m_facets.size()); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void retranslate();

Q_SIGNALS:
    void countChanged();

private:
    void updateFacets();
    void updateCounts();

    session::ReferenceFinder *m_finder;
    QVector<prompt::Facet> m_facets;
    QVector<int> m_references;     // one a facet
    QVector<QVariantList> m_bound; // one a facet
    QVector<bool> m_lacking;       // one a facet
};

} // namespace moodloom::ui
