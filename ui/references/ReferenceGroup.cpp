#include "ui/references/ReferenceGroup.h"

#include "ui/references/WhyText.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace moodloom::ui {

using retrieval::Reference;

int ReferenceGroup::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ReferenceGroup::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Reference &reference = m_references[index.row()];
    const library::Asset &asset = reference.asset;
    switch (role) {
    case AssetRole: return asset.id;
    case HashRole: return asset.hash;
    case PathRole: return asset.path;
    case Qt::DisplayRole:
    case NameRole:
        return asset.description.isEmpty() ? QFileInfo(asset.path).completeBaseName()
                                           : asset.description;
    case AspectRole:
        return asset.size.isEmpty() ? 1.0 : double(asset.size.width()) / asset.size.height();
    case PinnedRole: return reference.state == retrieval::ReferenceState::Pinned;
    case WeightRole: return reference.weight;
    case WhyRole: return whyText(reference);
    case FoldedRole: return int(reference.folded.size());
    case PartRole: return reference.part;
    case MissingRole: return asset.missing;
    case NearestRole: return reference.nearest;
    }
    return {};
}

QHash<int, QByteArray> ReferenceGroup::roleNames() const
{
    return {{AssetRole, "asset"},   {HashRole, "hash"},     {PathRole, "path"},
            {NameRole, "name"},     {AspectRole, "aspect"}, {PinnedRole, "pinned"},
            {WeightRole, "weight"}, {WhyRole, "why"},       {FoldedRole, "folded"},
            {PartRole, "part"},     {MissingRole, "missing"}, {NearestRole, "nearest"}};
}

void ReferenceGroup::update(const QVector<Reference> &references)
{
    QSet<library::AssetId> wanted;
    for (const Reference &reference : references)
        wanted.insert(reference.asset.id);
    for (int row = count() - 1; row >= 0; --row) {
        if (wanted.contains(m_references[row].asset.id))
            continue;
        beginRemoveRows({}, row, row);
        m_references.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < references.size(); ++row) {
        const auto same = std::find_if(
            m_references.cbegin() + row, m_references.cend(),
            [&](const Reference &r) { return r.asset.id == references[row].asset.id; });
        if (same == m_references.cend()) {
            beginInsertRows({}, row, row);
            m_references.insert(row, references[row]);
            endInsertRows();
            continue;
        }
        const int from = int(same - m_references.cbegin());
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            m_references.move(from, row);
            endMoveRows();
        }
        m_references[row] = references[row];
    }
    if (!m_references.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT countChanged();
}

void ReferenceGroup::retranslate()
{
    if (!m_references.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {WhyRole});
}

} // namespace moodloom::ui
