// What is known of a picture before it is painted: what its model paints on, and what painting it
// takes of memory.
//
// QObject of the UI thread; files are read on the borrowed Worker, and the last answer counts.
#pragma once

#include "core/generation/Canvas.h"
#include "core/generation/Recipe.h"
#include "core/generation/Take.h"

#include <QCoroTask>
#include <QObject>

#include <functional>
#include <optional>

namespace moodloom {
class Worker;
}

namespace moodloom::session {

class PaintFacts : public QObject
{
    Q_OBJECT
public:
    // `recipe`: what would be painted now.
    PaintFacts(Worker *disk, std::function<generation::Recipe()> recipe, QObject *parent = nullptr);

    const generation::Canvas &canvas() const { return m_canvas; }
    // Nothing where the model cannot be read.
    const std::optional<generation::PaintMemory> &memory() const { return m_memory; }

    QCoro::Task<void> readCanvas(QString model); // nothing where it is known
    QCoro::Task<void> readMemory();

Q_SIGNALS:
    void canvasChanged();
    void memoryChanged();

private:
    Worker *m_disk;
    std::function<generation::Recipe()> m_recipe;
    generation::Canvas m_canvas;
    std::optional<QString> m_canvasModel; // whose canvas it is
    std::optional<generation::PaintMemory> m_memory;
    bool m_readingMemory = false, m_memoryIsStale = false;
};

} // namespace moodloom::session
