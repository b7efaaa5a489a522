#include "ui/generation/VariationAxisModel.h"

#include <QRegularExpression>

#include <algorithm>

namespace moodloom::ui {

using Kind = session::VariationAxis::Kind;

namespace {

constexpr int kChosenAtFirst = 4; // of options

} // namespace

void VariationAxisModel::setTargets(const QVector<Target> &targets)
{
    const QString before = m_targets.value(m_target).title;
    const QVector<Target> old = std::exchange(m_targets, targets);
    const auto same = std::find_if(targets.begin(), targets.end(),
                                   [&](const Target &target) { return target.title == before; });
    Q_EMIT targetsChanged();
    if (same == targets.end() || old.isEmpty()) {
        m_kept.reset();
        goTo(0);
        return;
    }
    m_target = int(same - targets.begin());
    if (m_chosen.size() != same->axis.values.size())
        m_chosen.clear();
    if (!same->wildcard.isEmpty())
        Q_EMIT wanted(m_target);
    Q_EMIT changed();
}

void VariationAxisModel::setOptions(int target, const QStringList &values,
                                    const QStringList &labels)
{
    if (target < 0 || target >= m_targets.size())
        return;
    m_targets[target].axis.values = values;
    m_targets[target].axis.labels = labels;
    if (target != m_target)
        return;
    if (m_kept && !values.isEmpty()) {
        // Words are told by what they say: their places may be others by now.
        const bool byLabel = m_kept->kind == Kind::Words && !m_kept->labels.isEmpty();
        m_chosen.fill(false, values.size());
        for (qsizetype i = 0; i < values.size(); ++i)
            m_chosen[i] = byLabel ? m_kept->labels.contains(labels.value(i, values[i]))
                                  : m_kept->values.contains(values[i]);
        m_kept.reset();
    }
    if (m_chosen.size() != values.size()) {
        m_chosen.fill(false, values.size());
        std::fill_n(m_chosen.begin(), std::min<qsizetype>(kChosenAtFirst, values.size()), true);
    }
    Q_EMIT changed();
}

QVariantList VariationAxisModel::targets() const
{
    QVariantList list;
    for (int i = 0; i < m_targets.size(); ++i)
        list.append(QVariantMap{{QStringLiteral("text"), m_targets[i].title},
                                {QStringLiteral("value"), i}});
    return list;
}

void VariationAxisModel::setTarget(int target)
{
    if (target == m_target || target < 0 || target >= m_targets.size())
        return;
    m_kept.reset();
    goTo(target);
    Q_EMIT edited();
}

void VariationAxisModel::setAxis(const session::VariationAxis &axis)
{
    const auto same = std::find_if(m_targets.begin(), m_targets.end(), [&](const Target &target) {
        return target.axis.kind == axis.kind && target.axis.reference == axis.reference &&
               target.axis.place == axis.place;
    });
    if (same == m_targets.end() || axis.kind == Kind::None) {
        m_kept.reset();
        if (!m_targets.isEmpty())
            goTo(0);
        return;
    }
    m_kept = axis;
    goTo(int(same - m_targets.begin()));
    if (!isListed()) {
        m_text = axis.values.join(QStringLiteral(", "));
        m_kept.reset();
        Q_EMIT changed();
    }
}

void VariationAxisModel::goTo(int target)
{
    m_target = target;
    m_text = m_targets[target].example;
    m_chosen.clear();
    const QStringList &values = m_targets[target].axis.values;
    setOptions(target, values, QStringList(m_targets[target].axis.labels));
    if (!m_targets[target].wildcard.isEmpty() && values.isEmpty())
        Q_EMIT wanted(target);
    Q_EMIT changed();
}

bool VariationAxisModel::isWritten() const
{
    return m_targets.value(m_target).axis.kind != Kind::None && !isListed();
}

bool VariationAxisModel::isListed() const
{
    const Kind kind = m_targets.value(m_target).axis.kind;
    return kind == Kind::Words || kind == Kind::Model;
}

QVariantList VariationAxisModel::options() const
{
    QVariantList list;
    if (!isListed())
        return list;
    const session::VariationAxis axis = m_targets.value(m_target).axis;
    for (int i = 0; i < axis.values.size(); ++i)
        list.append(QVariantMap{{QStringLiteral("text"), axis.labels.value(i, axis.values[i])},
                                {QStringLiteral("chosen"), m_chosen.value(i)}});
    return list;
}

void VariationAxisModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    Q_EMIT changed();
    Q_EMIT edited();
}

void VariationAxisModel::choose(int option, bool chosen)
{
    if (option < 0 || option >= m_chosen.size() || m_chosen[option] == chosen)
        return;
    m_chosen[option] = chosen;
    Q_EMIT changed();
    Q_EMIT edited();
}

QStringList VariationAxisModel::written() const
{
    static const QRegularExpression gap(QStringLiteral("[,，;；\\s]+"));
    QStringList values = m_text.split(gap, Qt::SkipEmptyParts);
    values.removeDuplicates();
    return values;
}

session::VariationAxis VariationAxisModel::axis() const
{
    session::VariationAxis axis = m_targets.value(m_target).axis;
    if (axis.kind == Kind::None)
        return axis;
    const QStringList values = std::exchange(axis.values, {});
    const QStringList labels = std::exchange(axis.labels, {});
    if (!isListed()) {
        axis.values = written();
        const QString what = axis.kind == Kind::Seed ? tr("seed %1") : tr("weight %1");
        for (const QString &value : std::as_const(axis.values))
            axis.labels.append(what.arg(value));
        return axis;
    }
    for (int i = 0; i < values.size(); ++i)
        if (m_chosen.value(i)) {
            axis.values.append(values[i]);
            axis.labels.append(labels.value(i, values[i]));
        }
    return axis;
}

int VariationAxisModel::count() const
{
    const session::VariationAxis chosen = axis();
    return chosen.kind == Kind::None ? 1 : int(chosen.values.size());
}

} // namespace moodloom::ui
