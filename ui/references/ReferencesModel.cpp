#include "ui/references/ReferencesModel.h"

#include "core/session/ReferenceFinder.h"
#include "ui/references/WhyText.h"

#include <QLocale>

#include <algorithm>
#include <map>

namespace moodloom::ui {

using retrieval::Reference;
using retrieval::ReferenceState;
using session::ReferenceFinder;

ReferencesModel::ReferencesModel(ReferenceFinder *finder, QObject *parent)
    : QAbstractListModel(parent), m_finder(finder), m_problems(finder->problems())
{
    connect(finder, &ReferenceFinder::referencesChanged, this, &ReferencesModel::update);
    connect(finder, &ReferenceFinder::facetsChanged, this, &ReferencesModel::update);
    connect(finder, &ReferenceFinder::busyChanged, this, [this] {
        m_searched = m_searched || !isBusy();
        Q_EMIT busyChanged();
        Q_EMIT countChanged();
    });
    update();
}

ReferencesModel::~ReferencesModel() = default;

int ReferencesModel::count() const
{
    return int(m_finder->references().size());
}

// Another board may have nothing that could be looked up yet.
bool ReferencesModel::wasSearched() const
{
    return m_searched && !m_finder->facets().isEmpty();
}

bool ReferencesModel::isBusy() const
{
    return m_finder->isBusy();
}

QString ReferencesModel::figures() const
{
    const auto &all = m_finder->references();
    const auto shown = std::count_if(all.cbegin(), all.cend(),
                                      [](const Reference &reference) { return !reference.nearest; });
    if (shown == 0)
        return {};
    const QString found = tr("%n reference(s)", nullptr, int(shown));
    const double milliseconds = m_finder->seconds() * 1000;
    return milliseconds > 0
               ? tr("%1 in %2 ms").arg(found, QLocale().toString(milliseconds, 'f', 0))
               : found;
}

int ReferencesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ReferencesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole: return row.facet < 0 ? tr("The whole picture") : row.title;
    case FacetRole: return row.facet;
    case GroupRole: return QVariant::fromValue(row.group.get());
    case LackingRole: return m_finder->isLacking(row.facet);
    }
    return {};
}

QHash<int, QByteArray> ReferencesModel::roleNames() const
{
    return {{TitleRole, "title"}, {FacetRole, "facet"}, {GroupRole, "group"}, {LackingRole, "lacking"}};
}

void ReferencesModel::update()
{
    std::map<int, QVector<Reference>> byFacet;
    for (const Reference &reference : m_finder->references())
        byFacet[reference.facet].append(reference);
    for (int facet = 0; facet < m_finder->facets().size(); ++facet)
        if (m_finder->isLacking(facet))
            byFacet[facet]; // said, also where there is no picture at all
    const auto titleOf = [this](int facet) {
        return facet >= 0 && facet < m_finder->facets().size() ? m_finder->facets()[facet].text
                                                               : QString();
    };

    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (byFacet.contains(m_rows[size_t(row)].facet))
            continue;
        beginRemoveRows({}, row, row);
        // The delegate that shows the group dies with the row, a moment later than the row.
        m_rows[size_t(row)].group.release()->deleteLater();
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    int row = 0;
    for (const auto &[facet, references] : byFacet) {
        if (row == int(m_rows.size()) || m_rows[size_t(row)].facet != facet) {
            auto group = std::make_unique<ReferenceGroup>(this);
            group->update(references);
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, Row{titleOf(facet), facet, std::move(group)});
            endInsertRows();
        } else {
            m_rows[size_t(row)].title = titleOf(facet);
            m_rows[size_t(row)].group->update(references);
        }
        ++row;
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {TitleRole, LackingRole});
    if (m_selected != 0 && !find(m_selected))
        m_selected = 0;
    Q_EMIT countChanged();
    Q_EMIT selectedChanged();
}

const Reference *ReferencesModel::find(qint64 asset) const
{
    const QVector<Reference> &all = m_finder->references();
    const auto found = std::find_if(all.cbegin(), all.cend(),
                                    [asset](const Reference &r) { return r.asset.id == asset; });
    return found == all.cend() ? nullptr : &*found;
}

void ReferencesModel::select(double asset)
{
    if (m_selected == qint64(asset))
        return;
    m_selected = qint64(asset);
    Q_EMIT selectedChanged();
}

QString ReferencesModel::selectedName() const
{
    const Reference *reference = find(m_selected);
    if (!reference)
        return {};
    return reference->asset.description.isEmpty() ? reference->asset.path.section(u'/', -1)
                                                  : reference->asset.description;
}

QString ReferencesModel::selectedHash() const
{
    const Reference *reference = find(m_selected);
    return reference ? reference->asset.hash : QString();
}

QString ReferencesModel::selectedWhy() const
{
    const Reference *reference = find(m_selected);
    return reference ? whyText(*reference) : QString();
}

bool ReferencesModel::selectedPinned() const
{
    const Reference *reference = find(m_selected);
    return reference && reference->state == ReferenceState::Pinned;
}

double ReferencesModel::selectedWeight() const
{
    const Reference *reference = find(m_selected);
    return reference ? reference->weight : 1.0;
}

void ReferencesModel::setPinned(qint64 asset, bool pinned)
{
    m_finder->setState(asset, pinned ? ReferenceState::Pinned : ReferenceState::Suggested);
}

void ReferencesModel::drop(qint64 asset)
{
    const Reference *reference = find(asset);
    if (!reference)
        return;
    const QString name = reference->asset.description.isEmpty()
                             ? reference->asset.path.section(u'/', -1)
                             : reference->asset.description;
    m_finder->setState(asset, ReferenceState::Dropped);
    Q_EMIT dropped(asset, name);
}

void ReferencesModel::restore(qint64 asset)
{
    m_finder->setState(asset, ReferenceState::Suggested);
}

void ReferencesModel::moreLike(qint64 asset)
{
    m_finder->moreLike(asset);
}

void ReferencesModel::setWeight(qint64 asset, double weight)
{
    m_finder->setWeight(asset, std::clamp(weight, 0.0, 2.0));
}

void ReferencesModel::searchAgain()
{
    m_finder->find();
}

void ReferencesModel::retranslate()
{
    m_problems.retranslate();
    for (const Row &row : m_rows)
        row.group->retranslate();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {TitleRole});
    Q_EMIT countChanged();
    Q_EMIT selectedChanged();
}

} // namespace moodloom::ui
