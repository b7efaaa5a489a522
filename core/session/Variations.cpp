#include "core/session/Variations.h"

#include "core/base/Worker.h"
#include "core/board/Board.h"
#include "core/board/Sheet.h"
#include "core/export/ExportTake.h"
#include "core/generation/Generator.h"
#include "core/prompt/Wildcards.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "core/session/PaintDesk.h"
#include "core/session/Painter.h"
#include "core/session/Session.h"

#include <QCoroFuture>
#include <QCoroTask>
#include <QFile>
#include <QPointer>
#include <QTemporaryDir>

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

namespace moodloom::session {

using generation::Recipe;
using generation::Take;
using Kind = VariationAxis::Kind;

namespace {

constexpr double kCellSide = 256; // board units: the longer side
constexpr double kGap = 16;
constexpr double kLabelWidth = 240, kLabelHeight = 96;

struct Cell
{
    int column = 0, row = 0;
    QString job;       // empty = not queued yet
    bool over = false; // painted, cancelled or failed
    QByteArray png;
    QSize size;
};

int countOf(const VariationAxis &axis)
{
    return axis.kind == Kind::None ? 1 : int(axis.values.size());
}

QString labelOf(const VariationAxis &axis, int index)
{
    return axis.kind == Kind::None ? QString() : axis.labels.value(index, axis.values.value(index));
}

Failure invalid(const char *detail)
{
    return fail(ErrorCode::Invalid, "variations", detail);
}

Result<void> check(const VariationAxis &axis, const OpenRecipe &open)
{
    if (axis.kind == Kind::None)
        return {};
    if (axis.values.isEmpty())
        return invalid("an axis has no values; give at least one");
    for (const QString &value : axis.values) {
        bool ok = true;
        if (axis.kind == Kind::Seed) {
            value.toULongLong(&ok);
            if (!ok)
                return invalid("seeds are whole numbers");
        } else if (axis.kind == Kind::Weight) {
            const double weight = value.toDouble(&ok);
            if (!ok || !(weight >= 0 && weight <= 2))
                return invalid("weights go from 0 to 2");
        } else if (axis.kind == Kind::Words) {
            const auto choices = prompt::choicesIn(open.text);
            const int option = value.toInt(&ok);
            const bool known = axis.place >= 0 && axis.place < choices.size();
            if (!ok || option < 0 || !known ||
                (choices[axis.place].wildcard.isEmpty() &&
                 option >= choices[axis.place].options.size()))
                return invalid("the prompt has no such choice any more");
        }
    }
    if (axis.kind == Kind::Weight) {
        const auto &references = open.recipe.references;
        const bool acts = std::any_of(references.begin(), references.end(), [&](const auto &r) {
            return axis.reference.isEmpty() || r.hash == axis.reference;
        });
        if (!acts)
            return invalid("no such reference acts on the picture; pin one first");
    }
    return {};
}

// What has to be known before the words are chosen.
void vary(OpenRecipe &open, const VariationAxis &axis, int index)
{
    if (axis.kind == Kind::Seed)
        open.recipe.seed = axis.values[index].toULongLong();
    else if (axis.kind == Kind::Model)
        open.recipe.model = axis.values[index];
    else if (axis.kind == Kind::Words)
        open.fixed.insert(axis.place, axis.values[index].toInt());
}

// And after: references may have been looked up for them.
void weigh(Recipe &recipe, const VariationAxis &axis, int index)
{
    if (axis.kind != Kind::Weight)
        return;
    for (generation::RecipeReference &reference : recipe.references)
        if (axis.reference.isEmpty() || reference.hash == axis.reference)
            reference.weight = axis.values[index].toDouble();
}

Result<QByteArray> pngOf(const Take &take)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("cell.png"));
    if (auto written = exporting::exportPng(take, path); !written)
        return fail(written.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, path.toStdString(), "no permission to read it");
    return file.readAll();
}

} // namespace

struct Variations::Private
{
    Session *session = nullptr;
    OpenRecipe open;
    VariationAxis across, down;
    std::vector<Cell> cells; // in the order of painting
    QPointer<board::Board> board;
    board::ItemId frameId;
    QRectF frame; // on the board; empty = none
    bool busy = false, stopped = false;
    Worker worker{QStringLiteral("variations")};

    Cell *cellOf(const QString &job)
    {
        const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell &cell) {
            return !job.isEmpty() && cell.job == job;
        });
        return found == cells.end() ? nullptr : &*found;
    }
    bool isOver() const
    {
        return std::all_of(cells.begin(), cells.end(), [](const Cell &cell) { return cell.over; });
    }
};

Variations::Variations(Session *session) : d(std::make_unique<Private>())
{
    d->session = session;
    Painter *painter = session->painter();
    connect(painter, &Painter::finished, this, &Variations::keep);
    connect(painter, &Painter::cancelled, this, &Variations::drop);
    connect(painter, &Painter::failed, this, &Variations::miss);
}

Variations::~Variations() = default;

bool Variations::isBusy() const
{
    return d->busy;
}

int Variations::cells() const
{
    return d->busy ? int(d->cells.size()) : 0;
}

int Variations::painted() const
{
    return d->busy ? int(std::count_if(d->cells.begin(), d->cells.end(),
                                       [](const Cell &cell) { return !cell.png.isEmpty(); }))
                   : 0;
}

Result<void> Variations::paint(const VariationAxis &across, const VariationAxis &down)
{
    if (d->busy)
        return invalid("a grid is being painted; wait for it, or stop it");
    board::Board *board = d->session->board();
    if (board->isReadOnly())
        return fail(*board->readOnlyReason());
    if (across.kind == Kind::None)
        return invalid("choose what varies");
    if (across.kind == down.kind && across.reference == down.reference &&
        (across.kind != Kind::Words || across.place == down.place))
        return invalid("both axes vary the same; choose another thing for one of them");
    OpenRecipe open = d->session->openRecipe();
    for (const VariationAxis *axis : {&across, &down})
        if (auto fine = check(*axis, open); !fine)
            return fine;
    const int columns = countOf(across), rows = countOf(down);
    if (columns * rows > kMostCells)
        return invalid("at most 64 pictures at a time; take fewer values");

    d->open = std::move(open);
    d->across = across;
    d->down = down;
    d->cells.clear();
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            d->cells.push_back({column, row, {}, false, {}, {}});
    // Model by model; a stable order, so that the first row is painted first.
    if (across.kind == Kind::Model)
        std::stable_sort(d->cells.begin(), d->cells.end(),
                         [](const Cell &a, const Cell &b) { return a.column < b.column; });
    d->board = board;
    d->session->boards()->hold(board); // closed, it stays until the grid is laid out
    d->frameId = d->session->activeFrame();
    const board::Item *frame = board->item(d->frameId);
    d->frame = frame ? board::boundingRect(*frame) : QRectF();
    d->session->failedTakes()->forgetPaintings(board, d->frameId);
    d->busy = true;
    d->stopped = false;
    Q_EMIT changed();
    run();
    return {};
}

QCoro::Task<void> Variations::run()
{
    const QPointer<Variations> self(this);
    // All before any is queued: who stops the painter stops all of them.
    std::vector<Recipe> recipes;
    for (size_t i = 0; i < d->cells.size() && !d->stopped; ++i) {
        OpenRecipe open = d->open;
        const int column = d->cells[i].column, row = d->cells[i].row;
        vary(open, d->across, column);
        vary(open, d->down, row);
        if (open.recipe.model != d->open.recipe.model) {
            // In the same shape, on the grid of that model.
            const auto look = [model = open.recipe.model](std::stop_token) {
                return generation::Generator::canvas(model);
            };
            QFuture<Result<generation::Canvas>> looking = d->worker.run(look);
            const auto canvas = co_await looking;
            if (!self)
                co_return;
            const QSize size = open.recipe.size;
            if (canvas)
                open.recipe.size = canvas->shaped(size, double(size.width()) * size.height());
        }
        Result<Recipe> recipe = co_await d->session->painting()->prepared(d->board, open);
        if (!self)
            co_return;
        if (d->stopped)
            break;
        if (!recipe) {
            // The others would fail alike.
            d->stopped = true;
            tell(recipe.error(), int(d->cells.size()));
            break;
        }
        weigh(*recipe, d->across, column);
        weigh(*recipe, d->down, row);
        recipes.push_back(*recipe);
    }
    for (size_t i = 0; i < d->cells.size(); ++i) {
        if (d->stopped) {
            d->cells[i].over = true;
            continue;
        }
        d->cells[i].job = Painter::newJob();
        d->session->painter()->paint(d->cells[i].job, recipes[i]);
    }
    Q_EMIT changed();
    if (d->busy && d->isOver())
        layOut();
}

void Variations::cancel()
{
    if (!d->busy)
        return;
    d->stopped = true;
    QStringList jobs; // cancelling answers at once
    for (const Cell &cell : d->cells)
        if (!cell.job.isEmpty() && !cell.over)
            jobs.append(cell.job);
    std::reverse(jobs.begin(), jobs.end()); // the running one last, so that no other begins
    for (const QString &job : jobs)
        d->session->painter()->cancel(job);
}

void Variations::keep(const QString &job, const Take &take)
{
    if (const Cell *cell = d->cellOf(job))
        encode(int(cell - d->cells.data()), take);
}

QCoro::Task<void> Variations::encode(int index, Take take)
{
    const QPointer<Variations> self(this);
    const auto job = [take](std::stop_token) { return pngOf(take); };
    QFuture<Result<QByteArray>> encoding = d->worker.run(job);
    const Result<QByteArray> png = co_await encoding;
    if (!self)
        co_return;
    Cell &cell = d->cells[size_t(index)];
    cell.over = true;
    if (png) {
        cell.png = *png;
        cell.size = take.image.size();
    } else {
        tell(png.error());
    }
    Q_EMIT changed();
    if (d->isOver())
        layOut();
}

void Variations::miss(const QString &job, const Error &error)
{
    if (d->cellOf(job))
        tell(error);
    drop(job);
}

// At the frame that the grid was asked for.
void Variations::tell(const Error &error, int pictures)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    if (d->board && d->session->boards()->indexOf(d->board) >= 0)
        d->session->failedTakes()->add({FailedTake::Kind::OfGrid, Painter::newJob(), d->board,
                                        d->frameId, error, pictures, {}});
    else
        Q_EMIT d->session->failed(error);
}

void Variations::drop(const QString &job)
{
    Cell *cell = d->cellOf(job);
    if (!cell)
        return;
    cell->over = true;
    Q_EMIT changed();
    // The rest is told within the same cancelling: lay out when all is known.
    if (d->isOver())
        layOut();
}

void Variations::layOut()
{
    const std::vector<Cell> cells = std::exchange(d->cells, {});
    d->busy = false;
    QSizeF side(kCellSide, kCellSide);
    for (const Cell &cell : cells)
        if (!cell.size.isEmpty())
            side = QSizeF(cell.size).scaled(kCellSide, kCellSide, Qt::KeepAspectRatio);
    board::Board *board = d->board;
    board::Sheet sheet;
    sheet.name = QT_TRANSLATE_NOOP("moodloom::board::Board", "Variations");
    if (board) { // it may be another one that is shown by now
        const QRectF there = board->extent(board->items());
        const double left = there.isEmpty() ? 0 : there.right() + 80;
        const double top = !d->frame.isEmpty() ? d->frame.top() : there.top();
        const bool across = d->across.kind != Kind::None, down = d->down.kind != Kind::None;
        const QPointF corner(left + (down ? kLabelWidth + kGap : 0),
                             top + (across ? kLabelHeight + kGap : 0));
        QVector<int> columns, rows;
        for (const Cell &cell : cells) {
            if (cell.png.isEmpty())
                continue;
            const QPointF at = corner + QPointF(cell.column * (side.width() + kGap),
                                                cell.row * (side.height() + kGap));
            QStringList said{labelOf(d->across, cell.column), labelOf(d->down, cell.row)};
            said.removeAll(QString());
            sheet.cells.append({cell.png, said.join(QStringLiteral(" · ")), QRectF(at, side)});
            if (across && !columns.contains(cell.column)) {
                columns.append(cell.column);
                sheet.labels.append({labelOf(d->across, cell.column),
                                     QRectF(corner.x() + cell.column * (side.width() + kGap), top,
                                            side.width(), kLabelHeight)});
            }
            if (down && !rows.contains(cell.row)) {
                rows.append(cell.row);
                sheet.labels.append(
                    {labelOf(d->down, cell.row), QRectF(left, at.y(), kLabelWidth, kLabelHeight)});
            }
        }
        if (!sheet.cells.isEmpty())
            board->addSheet(sheet);
        d->session->boards()->release(board);
    }
    Q_EMIT changed();
    Q_EMIT finished(int(sheet.cells.size()), int(cells.size()));
}

QCoro::Task<Result<QStringList>> Variations::lines(QString wildcard) const
{
    const auto read = [wildcard, folder = d->session->wildcardFolder()](std::stop_token) {
        return prompt::wildcardsIn(folder)(wildcard);
    };
    QFuture<Result<QStringList>> reading = d->worker.run(read);
    co_return co_await reading;
}

} // namespace moodloom::session
