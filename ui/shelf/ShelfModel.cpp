#include "ui/shelf/ShelfModel.h"

#include "core/base/Paths.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "core/shelf/ExtraModelPaths.h"
#include "ui/controls/Format.h"
#include "ui/controls/PictureFileProvider.h"
#include "ui/shelf/ModelText.h"
#include "ui/shelf/ModelUse.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>

namespace moodloom::ui {

using generation::PaintSettings;
using models::ModelKind;
using session::ShelfService;
using shelf::ShelfEntry;

namespace {

ShelfModel::Group groupOf(ModelKind kind)
{
    using Group = ShelfModel::Group;
    switch (kind) {
    case ModelKind::StableDiffusion:
    case ModelKind::StableDiffusionXl:
        return Group::Models;
    case ModelKind::Lora:
        return Group::Loras;
    case ModelKind::ControlNet:
        return Group::ControlNets;
    case ModelKind::IpAdapter:
    case ModelKind::ImageEncoder:
        return Group::Adapters;
    case ModelKind::Vae:
        return Group::Vaes;
    default:
        return Group::Others;
    }
}

ShelfModel::Action actionOf(ModelKind kind)
{
    using Action = ShelfModel::Action;
    switch (kind) {
    case ModelKind::StableDiffusion:
    case ModelKind::StableDiffusionXl:
        return Action::Paint;
    case ModelKind::Lora:
    case ModelKind::IpAdapter:
    case ModelKind::ImageEncoder:
        return Action::PutOn;
    case ModelKind::ControlNet:
        return Action::Follow;
    default:
        return Action::None;
    }
}

// The one that comes with the program: its path is empty, as in a recipe.
ShelfEntry builtIn()
{
    ShelfEntry entry;
    entry.title = ShelfModel::tr("Built-in");
    entry.kind = ModelKind::StableDiffusion;
    return entry;
}

} // namespace

ShelfModel::ShelfModel(session::Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session), m_shelf(session->shelf()),
      m_folders(m_shelf), m_teach(session), m_problems(session->modelProblems())
{
    connect(m_shelf, &ShelfService::entriesChanged, this, &ShelfModel::update);
    connect(m_shelf, &ShelfService::modelChanged, this, &ShelfModel::refresh);
    connect(m_shelf, &ShelfService::placesChanged, this, &ShelfModel::placesChanged);
    connect(m_shelf, &ShelfService::progressChanged, this, &ShelfModel::progressChanged);
    connect(session, &session::Session::settingsChanged, this, &ShelfModel::refresh);
    connect(&m_download, &DownloadModel::finished, this,
            [this](const QString &, const QString &folder) { m_folders.look(folder); });
    connect(&m_teach, &TeachModel::taught, this,
            [this] { m_folders.look(dataFolder() + QStringLiteral("/models")); });
    update();
    m_folders.watch();
}

const PaintSettings &ShelfModel::settings() const
{
    return m_session->settings();
}

// -- The list

int ShelfModel::total() const
{
    return int(m_shelf->entries().size());
}

void ShelfModel::setWords(const QString &words)
{
    if (m_words == words)
        return;
    m_words = words;
    Q_EMIT filterChanged();
    update();
}

void ShelfModel::setGroup(int group)
{
    if (int(m_group) == group)
        return;
    m_group = Group(std::clamp(group, 0, int(Group::Others)));
    Q_EMIT filterChanged();
    update();
}

void ShelfModel::setFamily(const QString &family)
{
    if (m_family == family)
        return;
    m_family = family;
    Q_EMIT familiesChanged();
    update();
}

QVariantList ShelfModel::groups() const
{
    const std::pair<Group, QString> names[] = {{Group::All, tr("All")},
                                               {Group::Models, tr("Models")},
                                               {Group::Loras, tr("LoRAs")},
                                               {Group::ControlNets, tr("ControlNets")},
                                               {Group::Adapters, tr("IP-Adapters")},
                                               {Group::Vaes, tr("VAEs")},
                                               {Group::Others, tr("Others")}};
    QVariantList list;
    for (const auto &[group, name] : names)
        list << QVariantMap{{QStringLiteral("text"), name}, {QStringLiteral("value"), int(group)}};
    return list;
}

QVariantList ShelfModel::groupCounts() const
{
    std::array<int, size_t(Group::Others) + 1> counts{};
    const auto add = [&counts](Group group) {
        ++counts[size_t(Group::All)];
        ++counts[size_t(group)];
    };
    add(Group::Models); // the built-in one
    for (const ShelfEntry &entry : m_shelf->entries())
        add(groupOf(entry.kind));
    return QVariantList(counts.begin(), counts.end());
}

QVariantList ShelfModel::families() const
{
    QVariantList list{QVariantMap{{QStringLiteral("text"), tr("Every family")},
                                  {QStringLiteral("value"), QString()}}};
    for (const QString &name : m_families)
        list << QVariantMap{{QStringLiteral("text"), name}, {QStringLiteral("value"), name}};
    return list;
}

int ShelfModel::familyIndex() const
{
    return int(m_families.indexOf(m_family)) + 1;
}

void ShelfModel::setFamilyIndex(int index)
{
    setFamily(m_families.value(index - 1));
}

void ShelfModel::findFamilies()
{
    QStringList names;
    for (const ShelfEntry &entry : m_shelf->entries())
        if (!entry.family.isEmpty() && !names.contains(entry.family))
            names.append(entry.family);
    if (!m_family.isEmpty() && !names.contains(m_family))
        names.append(m_family); // chosen, and gone from the disk: it can still be seen and changed
    names.sort();
    if (names == m_families)
        return;
    m_families = names;
    Q_EMIT familiesChanged();
}

bool ShelfModel::matches(const ShelfEntry &entry) const
{
    if (m_group != Group::All && groupOf(entry.kind) != m_group)
        return false;
    if (!m_family.isEmpty() && entry.family != m_family)
        return false;
    const QString all = QStringList{entry.title, kindLabel(entry.kind), entry.family, entry.variant,
                                    entry.words.join(QLatin1Char(' '))}
                            .join(QLatin1Char(' '));
    const QStringList wanted = m_words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

void ShelfModel::update()
{
    QVector<ShelfEntry> wanted;
    QSet<QString> paths;
    const auto add = [&](const ShelfEntry &entry) {
        if (!matches(entry))
            return;
        wanted.append(entry);
        paths.insert(entry.path);
    };
    add(builtIn());
    for (const ShelfEntry &entry : m_shelf->entries())
        add(entry);

    for (int row = count() - 1; row >= 0; --row) {
        if (paths.contains(m_shown[row].path))
            continue;
        beginRemoveRows({}, row, row);
        m_shown.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < wanted.size(); ++row) {
        const auto same =
            std::find_if(m_shown.cbegin() + row, m_shown.cend(),
                         [&](const ShelfEntry &entry) { return entry.path == wanted[row].path; });
        if (same == m_shown.cend()) {
            beginInsertRows({}, row, row);
            m_shown.insert(row, wanted[row]);
            endInsertRows();
            continue;
        }
        const int from = int(same - m_shown.cbegin());
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            m_shown.move(from, row);
            endMoveRows();
        }
        m_shown[row] = wanted[row];
    }
    refresh();
    findFamilies();
    Q_EMIT countChanged();
}

void ShelfModel::refresh()
{
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

int ShelfModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ShelfModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ShelfEntry &entry = m_shown[index.row()];
    switch (role) {
    case PathRole:
        return entry.path;
    case Qt::DisplayRole:
    case TitleRole:
        return entry.title;
    case FactsRole:
        return entry.path.isEmpty() ? tr("Model · comes with Moodloom") : factsText(entry);
    case PreviewRole:
        return PictureFileProvider::pictureUrl(entry.preview);
    case TriggerWordsRole:
        return entry.words;
    case ReasonRole:
        return reason(entry);
    case ActionRole:
        return int(actionOf(entry.kind));
    case InUseRole:
        return isInUse(settings(), entry);
    case ScaledRole:
        return entry.kind == ModelKind::Lora;
    case ScaleRole:
        return scaleOf(settings(), entry);
    }
    return {};
}

QHash<int, QByteArray> ShelfModel::roleNames() const
{
    return {{PathRole, "path"},
            {TitleRole, "title"},
            {FactsRole, "facts"},
            {PreviewRole, "preview"},
            {TriggerWordsRole, "triggerWords"},
            {ReasonRole, "reason"},
            {ActionRole, "action"},
            {InUseRole, "inUse"},
            {ScaledRole, "scaled"},
            {ScaleRole, "scale"}};
}

// -- Using them

const ShelfEntry *ShelfModel::shown(const QString &path) const
{
    const auto found = std::find_if(m_shown.cbegin(), m_shown.cend(),
                                    [&](const ShelfEntry &entry) { return entry.path == path; });
    return found == m_shown.cend() ? nullptr : &*found;
}

QString ShelfModel::reason(const ShelfEntry &entry) const
{
    return entry.path.isEmpty() ? QString() : m_shelf->reason(entry).value_or(QString());
}

void ShelfModel::use(const QString &path)
{
    const ShelfEntry *found = shown(path);
    if (!found)
        return;
    const ShelfEntry entry = *found; // the list changes with the settings
    const bool on = isInUse(settings(), entry);
    if (!on && !reason(entry).isEmpty())
        return;
    if (const auto next = switched(settings(), entry))
        m_session->setSettings(*next);
    else if (entry.isBase() && !on)
        m_session->useModel(path);
    else if (actionOf(entry.kind) == Action::Follow)
        Q_EMIT pictureWanted(path);
}

void ShelfModel::follow(const QString &path, const QUrl &picture)
{
    if (picture.isLocalFile())
        m_session->followPicture(path, picture.toLocalFile());
}

void ShelfModel::setScale(const QString &path, double scale)
{
    PaintSettings next = settings();
    for (generation::RecipeLora &lora : next.loras)
        if (lora.path == path)
            lora.scale = std::clamp(scale, -2.0, 2.0);
    if (next != settings())
        m_session->setSettings(next);
}

void ShelfModel::addWord(const QString &word)
{
    QString prompt = m_session->finder()->prompt().trimmed();
    if (prompt.contains(word, Qt::CaseInsensitive))
        return;
    if (!prompt.isEmpty())
        prompt += QStringLiteral(", ");
    m_session->finder()->setPrompt(prompt + word);
}

// -- Folders

bool ShelfModel::isScanning() const
{
    return m_shelf->progress().scanning;
}

QString ShelfModel::progressText() const
{
    const session::ShelfProgress &progress = m_shelf->progress();
    if (!progress.scanning)
        return {};
    if (progress.total == 0)
        return tr("Looking through the folders");
    return tr("Looking at %1 of %2: %3")
        .arg(Format::number(progress.done + 1), Format::number(progress.total), progress.current);
}

QVariantList ShelfModel::places() const
{
    QVariantList list;
    for (const session::ShelfPlace &place : m_shelf->places())
        list << QVariantMap{{QStringLiteral("path"), place.folder.path},
                            {QStringLiteral("kind"), placeLabel(place.folder.kind)},
                            {QStringLiteral("own"), place.own},
                            {QStringLiteral("there"), place.there},
                            {QStringLiteral("problem"), place.problem}};
    return list;
}

void ShelfModel::addFolder(const QUrl &folder)
{
    if (folder.isLocalFile())
        m_folders.add({folder.toLocalFile()});
}

void ShelfModel::removeFolder(const QString &path)
{
    m_folders.remove(path);
}

void ShelfModel::take(const DropContent &content)
{
    QStringList folders;
    for (const QString &path : content.files)
        if (QFileInfo(path).isDir() || shelf::isExtraModelPaths(path))
            folders.append(path);
    m_folders.add(folders);
}

void ShelfModel::rescan()
{
    m_shelf->rescan();
}

void ShelfModel::retranslate()
{
    update();
    m_download.retranslate();
    m_teach.retranslate();
    m_problems.retranslate();
    Q_EMIT textsChanged();
    Q_EMIT familiesChanged();
    Q_EMIT progressChanged();
    Q_EMIT placesChanged();
}

} // namespace moodloom::ui
