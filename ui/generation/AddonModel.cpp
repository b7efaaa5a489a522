#include "ui/generation/AddonModel.h"

#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "ui/generation/RecipeText.h"

#include <QFileInfo>

#include <algorithm>

namespace moodloom::ui {

using generation::PaintSettings;

static constexpr double kMostLora = 2; // the command line takes more; nothing good comes of it

AddonModel::AddonModel(session::Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(session, &session::Session::settingsChanged, this, &AddonModel::update);
    connect(session->shelf(), &session::ShelfService::modelChanged, this, &AddonModel::refresh);
    connect(session->shelf(), &session::ShelfService::entriesChanged, this, &AddonModel::refresh);
    connect(session->shelf(), &session::ShelfService::progressChanged, this, &AddonModel::refresh);
    update();
}

int AddonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant AddonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    const bool scaled = row.kind == Kind::Lora || row.kind == Kind::Control;
    switch (role) {
    case PathRole:
        return row.path;
    case Qt::DisplayRole:
    case NameRole:
        return weightsLabel(row.path);
    case DetailRole:
        switch (row.kind) {
        case Kind::Lora:
            return QStringLiteral("LoRA");
        case Kind::Adapter:
            return QStringLiteral("IP-Adapter");
        case Kind::Encoder:
            return tr("Image encoder");
        case Kind::Control:
            return tr("ControlNet, follows %1").arg(QFileInfo(row.picture).fileName());
        }
        return {};
    case ScaledRole:
        return scaled;
    case ScaleRole:
        return row.scale;
    case LeastRole:
        return row.kind == Kind::Lora ? -kMostLora : 0.0;
    case MostRole:
        return kMostLora;
    case ReasonRole:
        return m_session->shelf()->reason(row.path).value_or(QString());
    }
    return {};
}

QHash<int, QByteArray> AddonModel::roleNames() const
{
    return {{PathRole, "path"},     {NameRole, "name"},    {DetailRole, "detail"},
            {ScaledRole, "scaled"}, {ScaleRole, "scale"},  {LeastRole, "least"},
            {MostRole, "most"},     {ReasonRole, "reason"}};
}

void AddonModel::update()
{
    const PaintSettings &now = m_session->settings();
    QVector<Row> wanted;
    for (const generation::RecipeLora &lora : now.loras)
        wanted.append({Kind::Lora, lora.path, lora.scale, {}});
    for (const generation::RecipeControl &control : now.controls)
        wanted.append({Kind::Control, control.network, control.scale, control.picture.path});
    for (const QString &adapter : now.adapters)
        wanted.append({Kind::Adapter, adapter, 1, {}});
    if (!now.imageEncoder.isEmpty())
        wanted.append({Kind::Encoder, now.imageEncoder, 1, {}});

    // A slider that is being dragged keeps its row.
    const bool same = std::equal(m_rows.cbegin(), m_rows.cend(), wanted.cbegin(), wanted.cend(),
                                 [](const Row &a, const Row &b) { return a.isSame(b); });
    if (same) {
        m_rows = wanted;
        refresh();
        return;
    }
    beginResetModel();
    m_rows = wanted;
    endResetModel();
    Q_EMIT countChanged();
}

void AddonModel::refresh()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void AddonModel::setScale(int row, double scale)
{
    if (row < 0 || row >= count())
        return;
    const Row changed = m_rows[row];
    PaintSettings next = m_session->settings();
    for (generation::RecipeLora &lora : next.loras)
        if (changed.kind == Kind::Lora && lora.path == changed.path)
            lora.scale = std::clamp(scale, -kMostLora, kMostLora);
    for (generation::RecipeControl &control : next.controls)
        if (changed.kind == Kind::Control && control.network == changed.path)
            control.scale = std::clamp(scale, 0.0, kMostLora);
    if (next != m_session->settings())
        m_session->setSettings(next);
}

void AddonModel::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    const Row gone = m_rows[row];
    PaintSettings next = m_session->settings();
    switch (gone.kind) {
    case Kind::Lora:
        next.loras.removeIf([&](const auto &lora) { return lora.path == gone.path; });
        break;
    case Kind::Control:
        next.controls.removeIf([&](const auto &control) { return control.network == gone.path; });
        break;
    case Kind::Adapter:
        next.adapters.removeAll(gone.path);
        break;
    case Kind::Encoder:
        next.imageEncoder.clear();
        break;
    }
    m_session->setSettings(next);
}

} // namespace moodloom::ui
