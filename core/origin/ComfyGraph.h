// ComfyUI's graph in the form that it runs: nodes by their ids, with inputs by their names.
//
// Internal to the module. Pure functions, thread-safe.
#pragma once

#include "core/origin/Origin.h"

#include <QJsonObject>

#include <optional>

namespace moodloom::origin {

inline constexpr qsizetype kMostGraphNodes = 20'000;
inline constexpr int kDeepestGraph = 200; // links in a row

// What its last sampler painted, as far as links lead to it; nothing where nothing samples. `text`
// is what the graph was read from: numbers of JSON are doubles, and a seed has 64 bits.
std::optional<Origin> originOfGraph(const QJsonObject &nodes, const QString &text);

// The graph that ComfyUI would run for the one that its editor shows ("nodes" with widgets in their
// order, "links" in a table of their own): of nodes whose widgets' order is known, values and
// links; of others, links alone. Bypassed nodes hand on what comes in, muted ones are left out.
// Empty where it is no such graph.
QJsonObject graphOfWorkflow(const QJsonObject &workflow);

} // namespace moodloom::origin
