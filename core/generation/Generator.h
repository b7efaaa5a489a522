// Paints a recipe: loads the model, reads and encodes the references, samples, decodes.
//
// Belongs to one Worker (the device's); not thread-safe. Keeps the last model loaded. No torch in
// this header, so that Qt's side stays quick to build.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Canvas.h"
#include "core/generation/Take.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace moodloom::generation {

class Generator
{
public:
    Generator();
    ~Generator();
    Generator(const Generator &) = delete;
    Generator &operator=(const Generator &) = delete;

    // Called on the painting thread after every step; previews come at least every second step.
    using StepSink = std::function<void(const StepInfo &)>;

    // Errors: Cancelled (within one step), NotFound (a file of the recipe), Mismatch (a
    // reference's content changed since the recipe was made; a LoRA or ControlNet of another base
    // model), Invalid (size, steps, strength, mask), OutOfMemory, Corrupt.
    Result<Take> paint(const Recipe &recipe, const StepSink &sink = {}, std::stop_token stop = {});

    // What a model (empty: the built-in one) paints on, from its configs alone.
    // Errors: NotFound, Corrupt.
    static Result<Canvas> canvas(const QString &model);

    // Frees the model's memory.
    void unload();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::generation
