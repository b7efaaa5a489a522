#include "ui/generation/VariationsModel.h"

#include "core/base/Text.h"
#include "core/board/Board.h"
#include "core/prompt/Choices.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "ui/generation/RecipeText.h"

#include <QLocale>
#include <QPointer>

#include <algorithm>

namespace moodloom::ui {

using session::VariationAxis;
using session::Variations;
using Kind = VariationAxis::Kind;
using Target = VariationAxisModel::Target;

namespace {

constexpr int kMostLines = 200;  // of a wildcard that are offered
constexpr int kLongestName = 40; // characters

QString shortened(const QString &text)
{
    const QString line = text.section(u'\n', 0, 0).simplified();
    return line.size() > kLongestName ? line.left(kLongestName - 1) + u'…' : line;
}

} // namespace

VariationsModel::VariationsModel(session::Session *session, QObject *parent)
    : QObject(parent), m_session(session)
{
    const auto follow = [this](VariationAxisModel *axis) {
        connect(axis, &VariationAxisModel::changed, this, [this] {
            m_problem.clear();
            Q_EMIT changed();
        });
        connect(axis, &VariationAxisModel::wanted, this,
                [this, axis](int target) { readLines(axis, target); });
        connect(axis, &VariationAxisModel::edited, this, &VariationsModel::keep);
    };
    follow(&m_across);
    follow(&m_down);
    connect(session->variations(), &Variations::changed, this, &VariationsModel::progressChanged);
    connect(session->variations(), &Variations::finished, this, &VariationsModel::finished);
    connect(session, &session::Session::boardChanged, this, &VariationsModel::followBoard);
    connect(session, &session::Session::activeFrameChanged, this, &VariationsModel::takeUp);
    refresh();
    followBoard();
}

// -- Kept with the frame

const board::Frame *VariationsModel::frame() const
{
    const board::Item *item = m_session->board()->item(m_session->activeFrame());
    return item ? item->frame() : nullptr;
}

void VariationsModel::followBoard()
{
    disconnect(m_following);
    m_following =
        connect(m_session->board(), &board::Board::itemChanged, this, [this](const QUuid &id) {
            if (id == m_session->activeFrame())
                takeUp(); // undo
        });
    takeUp();
}

void VariationsModel::takeUp()
{
    const board::Frame *now = frame();
    if (!now) {
        m_frame = {};
        return;
    }
    const bool another = m_frame != m_session->activeFrame();
    m_frame = m_session->activeFrame();
    const bool changed = m_keptAcross != now->across || m_keptDown != now->down;
    if (!another && !changed)
        return;
    const bool none = now->across.kind == Kind::None && now->down.kind == Kind::None;
    const bool was = m_keptAcross.kind != Kind::None || m_keptDown.kind != Kind::None;
    m_keptAcross = now->across;
    m_keptDown = now->down;
    if (none && !was)
        return; // what was chosen before there was anything to keep goes on
    refresh();
    if (none) {
        m_across.setAxis({});
        m_down.setAxis({});
    }
}

void VariationsModel::keep()
{
    const board::Frame *now = frame();
    if (!now || m_session->board()->isReadOnly())
        return;
    // What stands beside the cells is made anew, but for words, which are told by it.
    const auto kept = [](VariationAxis axis) {
        if (axis.kind != Kind::Words)
            axis.labels.clear();
        return axis;
    };
    board::Frame next = *now;
    if (!m_across.isWaiting())
        next.across = kept(m_across.axis());
    if (!m_down.isWaiting())
        next.down = kept(m_down.axis());
    if (next == *now)
        return;
    m_keptAcross = next.across;
    m_keptDown = next.down;
    m_frame = m_session->activeFrame();
    m_session->board()->setFrame(m_frame, next,
                                 QT_TRANSLATE_NOOP("moodloom::board::Board", "Change variations"));
}

QVector<Target> VariationsModel::targets() const
{
    QVector<Target> targets;
    const generation::Recipe recipe = m_session->recipe();
    // Neighbours of the seed that is set: the first is the picture as it is.
    const quint64 seed = m_session->settings().randomSeed ? 1 : m_session->settings().seed;
    QStringList seeds;
    for (quint64 i = 0; i < 4; ++i)
        seeds.append(QString::number(seed + i));
    targets.append({tr("Seed"), {Kind::Seed, {}, {}, 0, {}}, {}, seeds.join(QStringLiteral(", "))});

    const QString weights = QStringLiteral("0, 0.5, 1, 1.5");
    if (!recipe.references.isEmpty())
        targets.append(
            {tr("Weight of all references"), {Kind::Weight, {}, {}, 0, {}}, {}, weights});
    if (recipe.references.size() > 1)
        for (const generation::RecipeReference &reference : recipe.references)
            targets.append(
                {tr("Weight of “%1”")
                     .arg(shortened(reference.caption.isEmpty() ? reference.path.section(u'/', -1)
                                                                : reference.caption)),
                 {Kind::Weight, {}, reference.hash, 0, {}},
                 {},
                 weights});
    const auto choices = prompt::choicesIn(m_session->finder()->prompt());
    for (int place = 0; place < choices.size(); ++place) {
        const prompt::Choice &choice = choices[place];
        VariationAxis axis{Kind::Words, {}, {}, place, {}};
        for (int i = 0; i < choice.options.size(); ++i) {
            axis.values.append(QString::number(i));
            axis.labels.append(choice.options[i].isEmpty() ? tr("(nothing)") : choice.options[i]);
        }
        const QString title =
            choice.wildcard.isEmpty()
                ? tr("Words: %1").arg(shortened(choice.options.join(QStringLiteral(" | "))))
                : tr("Words: %1").arg(QStringLiteral("__%1__").arg(choice.wildcard));
        targets.append({title, axis, choice.wildcard, {}});
    }
    VariationAxis models{Kind::Model, {QString()}, {}, 0, {tr("Built-in")}};
    for (const shelf::ShelfEntry &entry : m_session->shelf()->entries())
        if (entry.isBase() && !entry.problem) {
            models.values.append(entry.path);
            models.labels.append(entry.title);
        }
    if (const QString own = recipe.model; !own.isEmpty() && !models.values.contains(own)) {
        models.values.append(own);
        models.labels.append(weightsLabel(own));
    }
    targets.append({tr("Model"), models, {}, {}});
    return targets;
}

void VariationsModel::refresh()
{
    m_problem.clear();
    QVector<Target> all = targets();
    m_across.setTargets(all);
    all.prepend({tr("Nothing"), {}, {}, {}});
    m_down.setTargets(all);
    if (!m_frame.isNull() && (m_keptAcross.kind != Kind::None || m_keptDown.kind != Kind::None)) {
        m_across.setAxis(m_keptAcross);
        m_down.setAxis(m_keptDown);
    }
    Q_EMIT changed();
}

QCoro::Task<void> VariationsModel::readLines(VariationAxisModel *axis, int target)
{
    const QPointer<VariationsModel> self(this);
    const QString wildcard = axis->all()[target].wildcard;
    const Result<QStringList> lines = co_await m_session->variations()->lines(wildcard);
    if (!self || axis->all().value(target).wildcard != wildcard)
        co_return;
    if (!lines) {
        m_problem = userText(lines.error());
        Q_EMIT changed();
        co_return;
    }
    QStringList values, labels;
    for (int i = 0; i < std::min<qsizetype>(lines->size(), kMostLines); ++i) {
        values.append(QString::number(i));
        labels.append(lines->at(i));
    }
    axis->setOptions(target, values, labels);
}

int VariationsModel::cells() const
{
    return m_across.count() * m_down.count();
}

QString VariationsModel::size() const
{
    const int all = cells();
    const QString pictures = tr("%n picture(s)", nullptr, all);
    if (all > Variations::kMostCells)
        return tr("%1: at most %2 at a time").arg(pictures).arg(Variations::kMostCells);
    return m_down.axis().kind == Kind::None ? pictures
                                            : QStringLiteral("%1 × %2 = %3")
                                                  .arg(m_across.count())
                                                  .arg(m_down.count())
                                                  .arg(pictures);
}

bool VariationsModel::isPainting() const
{
    return m_session->variations()->isBusy();
}

QString VariationsModel::progress() const
{
    const Variations *grid = m_session->variations();
    return grid->isBusy() ? tr("%1 of %2 painted").arg(grid->painted()).arg(grid->cells())
                          : QString();
}

bool VariationsModel::paint()
{
    const auto begun = m_session->variations()->paint(m_across.axis(), m_down.axis());
    m_problem = begun ? QString() : userText(begun.error());
    if (begun)
        keep();
    Q_EMIT changed();
    return begun.has_value();
}

void VariationsModel::cancel()
{
    m_session->variations()->cancel();
}

} // namespace moodloom::ui
