#include "ui/prompt/FacetModel.h"

#include "core/session/ReferenceFinder.h"

#include <algorithm>

namespace moodloom::ui {

FacetModel::FacetModel(session::ReferenceFinder *finder, QObject *parent)
    : QAbstractListModel(parent), m_finder(finder)
{
    connect(finder, &session::ReferenceFinder::facetsChanged, this, &FacetModel::updateFacets);
    connect(finder, &session::ReferenceFinder::referencesChanged, this, &FacetModel::updateCounts);
    updateFacets();
}

int FacetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FacetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const prompt::Facet &facet = m_facets[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole: return facet.text;
    case KindRole:
        switch (facet.kind) {
        case prompt::FacetKind::Entity: return QString();
        case prompt::FacetKind::Setting: return tr("setting");
        case prompt::FacetKind::Style: return tr("style");
        }
        return {};
    case ExcludedRole: return facet.excluded;
    case ReferencesRole: return m_references.value(index.row());
    case LackingRole: return m_lacking.value(index.row());
    case BoundRole: return m_bound.value(index.row());
    case StartRole: return facet.start;
    case LengthRole: return facet.length;
    case WeightRole: return facet.weight;
    }
    return {};
}

QHash<int, QByteArray> FacetModel::roleNames() const
{
    return {{TextRole, "words"},
            {KindRole, "kind"},
            {ExcludedRole, "excluded"},
            {ReferencesRole, "references"},
            {LackingRole, "lacking"},
            {BoundRole, "bound"},
            {StartRole, "start"},
            {LengthRole, "length"},
            {WeightRole, "weight"}};
}

void FacetModel::retranslate()
{
    if (!m_facets.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {KindRole});
}

void FacetModel::updateFacets()
{
    // Typing changes the last facet again and again: rows are kept, so that chips do not flicker.
    const QVector<prompt::Facet> facets = m_finder->facets();
    const int common = int(std::min(facets.size(), m_facets.size()));
    if (facets.size() > m_facets.size()) {
        beginInsertRows({}, common, int(facets.size()) - 1);
        m_facets = facets;
        endInsertRows();
    } else if (facets.size() < m_facets.size()) {
        beginRemoveRows({}, common, count() - 1);
        m_facets = facets;
        endRemoveRows();
    } else {
        m_facets = facets;
    }
    if (common > 0)
        Q_EMIT dataChanged(index(0), index(common - 1));
    Q_EMIT countChanged();
    updateCounts();
}

void FacetModel::updateCounts()
{
    QVector<int> counts(m_facets.size());
    QVector<QVariantList> bound(m_facets.size());
    for (const retrieval::Reference &reference : m_finder->references()) {
        if (reference.facet < 0 || reference.facet >= counts.size() || reference.nearest)
            continue;
        ++counts[reference.facet];
        if (reference.state != ReferenceState::Pinned)
            continue;
        const library::Asset &asset = reference.asset;
        const QString name = asset.description.isEmpty() ? asset.path.section(u'/', -1)
                                                         : asset.description.section(u'\n', 0, 0);
        bound[reference.facet].append(QVariantMap{{QStringLiteral("asset"), double(asset.id)},
                                                  {QStringLiteral("name"), name},
                                                  {QStringLiteral("hash"), asset.hash}});
    }
    QVector<bool> lacking;
    for (int facet = 0; facet < m_facets.size(); ++facet)
        lacking.append(m_finder->isLacking(facet));
    if (counts == m_references && bound == m_bound && lacking == m_lacking)
        return;
    m_lacking = lacking;
    m_references = counts;
    m_bound = bound;
    if (!m_facets.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {ReferencesRole, LackingRole, BoundRole});
}

} // namespace moodloom::ui
