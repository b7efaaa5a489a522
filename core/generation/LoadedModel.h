// The model that painting holds from one picture to the next: its networks, and as many of their
// weights as a memory plan lets stay.
//
// Internal to the module. Belongs to the painting thread, but for heldMemory().
#pragma once

#include "core/base/Result.h"
#include "core/generation/PaintFiles.h"
#include "core/models/Control.h"
#include "core/models/Pipeline.h"

#include <QImage>
#include <QVector>

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace moodloom::generation {

class LoadedModel
{
public:
    using Part = models::Part;
    using Progress = std::function<void(double)>; // 0..1 of what has to come

    // The networks and their settings, without weights. `opened`: they are others than before.
    // Errors: those of models::loadPipeline().
    Result<void> open(const Recipe &recipe, const models::MemoryPlan &plan, std::stop_token stop,
                      const std::function<void()> &opened);
    // And the weights that stay, by the plan; the others leave. Requires: opened for it.
    Result<void> load(const Recipe &recipe, const models::MemoryPlan &plan, std::stop_token stop,
                      const Progress &progress);
    // Brings what of these parts is away.
    Result<void> bring(std::initializer_list<Part> parts, std::stop_token stop,
                       const Progress &progress);
    void sendAway(std::initializer_list<Part> parts);
    Result<void> loadControlNets(const Recipe &recipe, std::stop_token stop);
    void dropControlNets() { m_controlNets.clear(); }
    // With their networks, which have to be there. `pictures` keeps the pixels.
    Result<std::vector<models::ControlRequest>> controlsOf(const Recipe &recipe,
                                                           QVector<QImage> &pictures) const;
    void giveBack(); // all weights leave; the networks' settings stay
    void close();

    const models::Pipeline &pipeline() const { return *m_pipeline; } // Requires: opened
    const PaintFiles &files() const { return m_files; }

    void tellHeld() const; // for heldMemory()
    // Bytes that painting holds, as they were told last. From any thread.
    static uint64_t heldMemory();

private:
    PaintFiles m_files;
    std::unique_ptr<models::Pipeline> m_pipeline;
    std::map<std::string, std::shared_ptr<nn::ControlNetModel>> m_controlNets; // of the last recipe
    uint64_t m_ownBefore = 0; // memory of this process before the model came
};

} // namespace moodloom::generation
