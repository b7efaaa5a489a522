#include "core/session/PaintFacts.h"

#include "core/base/Worker.h"
#include "core/generation/Generator.h"

#include <QCoroFuture>
#include <QPointer>

#include <utility>

namespace moodloom::session {

PaintFacts::PaintFacts(Worker *disk, std::function<generation::Recipe()> recipe, QObject *parent)
    : QObject(parent), m_disk(disk), m_recipe(std::move(recipe))
{
}

QCoro::Task<void> PaintFacts::readCanvas(QString model)
{
    if (model == m_canvasModel)
        co_return;
    m_canvasModel = model;
    const QPointer<PaintFacts> self(this);
    QFuture<Result<generation::Canvas>> reading =
        m_disk->run([model](std::stop_token) { return generation::Generator::canvas(model); });
    const auto canvas = co_await reading;
    // A model that cannot be read is said when something is painted with it.
    if (!self || model != m_canvasModel || !canvas || *canvas == m_canvas)
        co_return;
    m_canvas = *canvas;
    Q_EMIT canvasChanged();
}

QCoro::Task<void> PaintFacts::readMemory()
{
    // A slider sends more changes than files can be looked at: the last one counts.
    m_memoryIsStale = true;
    if (std::exchange(m_readingMemory, true))
        co_return;
    const QPointer<PaintFacts> self(this);
    while (std::exchange(m_memoryIsStale, false)) {
        const auto look = [recipe = m_recipe()](std::stop_token) {
            return generation::Generator::memory(recipe);
        };
        QFuture<Result<generation::PaintMemory>> reading = m_disk->run(look);
        const auto memory = co_await reading;
        if (!self)
            co_return;
        const auto found = memory ? std::optional(*memory) : std::nullopt;
        if (found == m_memory)
            continue;
        m_memory = found;
        Q_EMIT memoryChanged();
    }
    m_readingMemory = false;
}

} // namespace moodloom::session
