#include "ui/library/AssetModel.h"

#include "core/session/LibraryService.h"
#include "ui/controls/Format.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace moodloom::ui {

using library::Asset;
using session::LibraryService;

static constexpr int kKeptPages = 12;

AssetModel::AssetModel(LibraryService *library, QObject *parent)
    : QAbstractListModel(parent), m_library(library)
{
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setInterval(0);
    connect(&m_fetchTimer, &QTimer::timeout, this, [this] {
        const QSet<int> wanted = std::exchange(m_wanted, {});
        for (int page : wanted)
            if (!m_pending.contains(page))
                fetch(page, m_revision);
    });
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(150);
    connect(&m_searchTimer, &QTimer::timeout, this, &AssetModel::reload);
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(400);
    connect(&m_changeTimer, &QTimer::timeout, this, &AssetModel::reload);
    connect(library, &LibraryService::assetsChanged, this, [this] {
        if (!m_changeTimer.isActive())
            m_changeTimer.start();
    });
    reload();
}

void AssetModel::setWords(const QString &words)
{
    if (m_words == words)
        return;
    m_words = words;
    m_searchTimer.start();
    Q_EMIT wordsChanged();
}

int AssetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant AssetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int page = index.row() / kPageRows;
    const auto found = m_pages.constFind(page);
    if (found == m_pages.cend() || m_stale.contains(page))
        request(page);
    const int row = index.row() % kPageRows;
    const Asset asset = found != m_pages.cend() ? found->value(row) : Asset();
    switch (role) {
    case AssetRole: return asset.id;
    case HashRole: return asset.hash;
    case PathRole: return asset.path;
    case Qt::DisplayRole:
    case NameRole:
        return asset.description.isEmpty() ? QFileInfo(asset.path).completeBaseName()
                                           : asset.description;
    case DetailsRole:
        if (asset.id == 0)
            return QString();
        return QStringLiteral("%1 × %2 · %3 · %4")
            .arg(Format::number(asset.size.width()), Format::number(asset.size.height()),
                 asset.format.toUpper(), Format::bytes(double(asset.bytes)));
    case MissingRole: return asset.missing;
    }
    return {};
}

QHash<int, QByteArray> AssetModel::roleNames() const
{
    return {{AssetRole, "asset"}, {HashRole, "hash"},       {PathRole, "path"},
            {NameRole, "name"},   {DetailsRole, "details"}, {MissingRole, "missing"}};
}

void AssetModel::request(int page) const
{
    m_wanted.insert(page);
    m_fetchTimer.start();
}

void AssetModel::reload()
{
    ++m_revision;
    m_pending.clear();
    // What is shown stays until the answer comes, so that the grid does not blink.
    const QList<int> pages = m_pages.keys();
    m_stale = QSet<int>(pages.begin(), pages.end());
    fetch(0, m_revision);
    if (m_count > 0)
        Q_EMIT dataChanged(index(0), index(m_count - 1));
}

QCoro::Task<void> AssetModel::fetch(int page, quint64 revision)
{
    m_pending.insert(page);
    const QPointer<AssetModel> self(this);
    auto answer = co_await m_library->page(m_words, page * kPageRows, kPageRows);
    if (!self || revision != m_revision)
        co_return;
    m_pending.remove(page);
    if (!answer)
        co_return; // the service has told why
    m_pages.insert(page, answer->assets);
    m_stale.remove(page);
    m_recent.removeOne(page);
    m_recent.append(page);
    while (m_recent.size() > kKeptPages)
        m_pages.remove(m_recent.takeFirst());
    m_loaded = true;
    setCount(answer->total);
    const int first = page * kPageRows;
    const int last = std::min(m_count, first + kPageRows) - 1;
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last));
}

void AssetModel::setCount(int count)
{
    if (count > m_count) {
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    } else if (count < m_count) {
        beginRemoveRows({}, count, m_count - 1);
        m_count = count;
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

} // namespace moodloom::ui
