#include "ui/generation/TakeModel.h"

#include "core/export/TakeMetadata.h"
#include "core/session/Painter.h"
#include "core/session/Session.h"
#include "ui/controls/Clipboard.h"
#include "ui/controls/Format.h"
#include "ui/generation/GroundingText.h"
#include "ui/generation/RecipeText.h"

#include <QPointer>
#include <QUrl>

#include <algorithm>

namespace moodloom::ui {

using generation::Take;
using session::Painter;
using session::Session;

TakeModel::TakeModel(Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session), m_grounding(session),
      m_failures(session)
{
    connect(this, &TakeModel::currentChanged, this, [this] { m_grounding.show(shown()); });
    connect(session, &Session::takesChanged, this, &TakeModel::update);
    connect(session, &Session::activeFrameChanged, this, &TakeModel::previewChanged);
    Painter *painter = session->painter();
    connect(painter, &Painter::queueChanged, this, [this] {
        Q_EMIT progressChanged();
        Q_EMIT previewChanged();
    });
    connect(painter, &Painter::stepped, this,
            [this](const QString &, const generation::StepInfo &info) {
                Q_EMIT progressChanged();
                if (!info.preview.isNull())
                    Q_EMIT previewChanged();
            });
    connect(painter, &Painter::finished, this, [this](const QString &, const Take &take) {
        if (rowOf(take.id) < 0)
            return; // of a grid: it goes to the board
        setCurrent(take.id);
        Q_EMIT finished(take.id);
    });
    update();
}

TakeModel::~TakeModel() = default;

bool TakeModel::isPainting() const
{
    return m_session->painter()->isBusy();
}

int TakeModel::step() const
{
    return isPainting() ? m_session->painter()->step().step : 0;
}

int TakeModel::steps() const
{
    return isPainting() ? m_session->painter()->step().total : 0;
}

double TakeModel::loading() const
{
    return isPainting() ? m_session->painter()->step().loading : -1;
}

int TakeModel::waiting() const
{
    return m_session->painter()->waiting();
}

double TakeModel::secondsLeft() const
{
    return m_session->painter()->secondsLeft();
}

QVariant TakeModel::preview() const
{
    // What is painted for another frame or board is not seen here.
    const Painter *painter = m_session->painter();
    return isPainting() && m_session->isPaintedHere(painter->current())
               ? QVariant(painter->step().preview)
               : QVariant();
}

static QString noteOf(const generation::PaintMemory &memory)
{
    return memory.fallbacks.empty() ? QString()
                                    : generation::fallbackWords(memory.fallbacks.back());
}

QString TakeModel::memoryNote() const
{
    return isPainting() ? noteOf(m_session->painter()->step().memory) : QString();
}

QString TakeModel::currentMemory() const
{
    const Take *take = shown();
    return take ? noteOf(take->memory) : QString();
}

int TakeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TakeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Take &take = m_takes[index.row()];
    switch (role) {
    case IdRole: return take.id;
    case ImageRole: return take.image;
    case StarredRole: return take.starred;
    case Qt::DisplayRole:
    case PromptRole: return take.recipe.prompt;
    case RecipeRole: return recipeText(take.recipe);
    case AspectRole:
        return take.image.isNull() ? 1.0 : double(take.image.width()) / take.image.height();
    case MissingRole:
        return take.grounding ? int(take.grounding->of(generation::Shown::Missing).size()) : 0;
    case GroundingRole:
        return take.grounding ? groundingText(*take.grounding) : QString();
    }
    return {};
}

QHash<int, QByteArray> TakeModel::roleNames() const
{
    return {{IdRole, "takeId"},     {ImageRole, "image"},   {StarredRole, "starred"},
            {PromptRole, "prompt"}, {RecipeRole, "recipe"}, {AspectRole, "aspect"},
            {MissingRole, "missing"}, {GroundingRole, "grounding"}};
}

void TakeModel::update()
{
    QVector<Take> takes = m_session->takes();
    std::reverse(takes.begin(), takes.end());
    const auto same = [](const Take &a, const Take &b) { return a.id == b.id; };
    const bool appended =
        takes.size() >= m_takes.size() &&
        std::equal(m_takes.cbegin(), m_takes.cend(), takes.cend() - m_takes.size(), same);
    if (appended && takes.size() > m_takes.size()) {
        beginInsertRows({}, 0, int(takes.size() - m_takes.size()) - 1);
        m_takes = takes;
        endInsertRows();
    } else if (!appended) {
        beginResetModel();
        m_takes = takes;
        endResetModel();
    } else {
        m_takes = takes;
    }
    if (appended && !m_takes.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {StarredRole, ImageRole, AspectRole, MissingRole, GroundingRole});
    if (rowOf(m_current) < 0)
        m_current.clear();
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
}

int TakeModel::rowOf(const QString &id) const
{
    const auto found = std::find_if(m_takes.cbegin(), m_takes.cend(),
                                    [&id](const Take &take) { return take.id == id; });
    return found == m_takes.cend() ? -1 : int(found - m_takes.cbegin());
}

void TakeModel::setCurrent(const QString &id)
{
    if (m_current == id)
        return;
    m_current = id;
    m_comparing = false;
    Q_EMIT currentChanged();
}

void TakeModel::setComparing(bool comparing)
{
    if (m_comparing == comparing)
        return;
    m_comparing = comparing;
    Q_EMIT currentChanged();
}

const Take *TakeModel::shown() const
{
    int row = rowOf(m_current);
    if (row < 0)
        return nullptr;
    if (m_comparing && row + 1 < count())
        ++row;
    return &m_takes[row];
}

QVariant TakeModel::currentImage() const
{
    const Take *take = shown();
    return take ? QVariant(take->image) : QVariant();
}

QString TakeModel::currentRecipe() const
{
    const Take *take = shown();
    return take ? recipeText(take->recipe) : QString();
}

QString TakeModel::currentPrompt() const
{
    const Take *take = shown();
    return take ? prompt::withMarks(take->recipe.prompt, take->recipe.emphasis) : QString();
}

QString TakeModel::currentTemplate() const
{
    const Take *take = shown();
    return take ? take->recipe.promptTemplate : QString();
}

bool TakeModel::currentStarred() const
{
    const Take *take = shown();
    return take && take->starred;
}

void TakeModel::star(const QString &id, bool starred)
{
    m_session->starTake(id, starred);
}

void TakeModel::remove(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    if (id == m_current && count() > 1)
        setCurrent(m_takes[row + 1 < count() ? row + 1 : row - 1].id);
    m_session->removeTake(id);
}

void TakeModel::moveBy(int rows)
{
    if (m_takes.isEmpty())
        return;
    const int row = rowOf(m_current);
    setCurrent(m_takes[row < 0 ? 0 : std::clamp(row + rows, 0, count() - 1)].id);
}

void TakeModel::useSettings(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    const generation::Recipe &recipe = m_takes[row].recipe;
    generation::PaintSettings settings = m_session->settings();
    settings.negativePrompt = recipe.negativePrompt;
    settings.seed = recipe.seed;
    settings.randomSeed = false;
    settings.size = recipe.size;
    settings.steps = recipe.steps;
    settings.guidance = recipe.guidance;
    settings.sampler = recipe.sampler;
    settings.model = recipe.model;
    settings.loras = recipe.loras;
    settings.start = recipe.start;
    settings.controls = recipe.controls;
    settings.adapters = recipe.adapters;
    settings.imageEncoder = recipe.imageEncoder;
    m_session->setSettings(settings);
}

void TakeModel::paintOver(const QString &id)
{
    if (rowOf(id) >= 0)
        m_session->paintOverTake(id);
}

void TakeModel::prepareDrag(const QString &id)
{
    if (m_dragFiles.contains(id))
        Q_EMIT dragReady(id, m_dragFiles.value(id));
    else if (rowOf(id) >= 0)
        writeForDrag(id);
}

// The take as a PNG with its recipe; empty when it could not be written, which is told.
QCoro::Task<QString> TakeModel::fileOf(QString id)
{
    if (const auto known = m_dragFiles.constFind(id); known != m_dragFiles.cend())
        co_return *known;
    if (!m_dragFolder)
        m_dragFolder = std::make_unique<QTemporaryDir>();
    const QString path =
        m_dragFolder->filePath(QStringLiteral("moodloom-%1.png").arg(QStringView(id).left(8)));
    const QPointer<TakeModel> self(this);
    const auto written = co_await m_session->exportPng(id, path);
    if (!self)
        co_return QString();
    if (!written) {
        Q_EMIT failed(written.error());
        co_return QString();
    }
    m_dragFiles.insert(id, Format::fileUrl(path));
    co_return Format::fileUrl(path);
}

QCoro::Task<void> TakeModel::writeForDrag(QString id)
{
    const QPointer<TakeModel> self(this);
    const QString url = co_await fileOf(id);
    if (self && !url.isEmpty())
        Q_EMIT dragReady(id, url);
}

void TakeModel::copyFile(const QString &id)
{
    if (rowOf(id) >= 0)
        copyFileNow(id);
}

QCoro::Task<void> TakeModel::copyFileNow(QString id)
{
    const QPointer<TakeModel> self(this);
    const QString url = co_await fileOf(id);
    if (!self || url.isEmpty())
        co_return;
    Clipboard::copyFiles({QUrl(url).toLocalFile()});
    Q_EMIT copied(tr("The take is copied as a file"));
}

void TakeModel::copyPixels(const QString &id)
{
    if (const int row = rowOf(id); row >= 0) {
        Clipboard::copyPixels(m_takes[row].image);
        Q_EMIT copied(tr("The take's pixels are copied"));
    }
}

void TakeModel::copyRecipe(const QString &id)
{
    if (const int row = rowOf(id); row >= 0) {
        const generation::Recipe &recipe = m_takes[row].recipe;
        Clipboard::copyRecipe(exporting::parametersText(recipe), exporting::recipeText(recipe).toUtf8());
        Q_EMIT copied(tr("The take's recipe is copied"));
    }
}

void TakeModel::retranslate()
{
    if (!m_takes.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {RecipeRole, GroundingRole});
    m_grounding.retranslate();
    m_failures.retranslate();
    Q_EMIT currentChanged();
    Q_EMIT progressChanged();
}

} // namespace moodloom::ui
