// Paints a recipe: loads the model, reads and encodes the references, samples, decodes.
//
// Keeps to a memory plan: the first that fits, and the next thriftier one where memory is refused,
// which the steps and the take tell. Belongs to one Worker (the device's); not thread-safe. Keeps the
// last model loaded, as far as the plan says. No torch in this header, so that Qt's side stays quick
// to build.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Canvas.h"
#include "core/generation/Take.h"

#include <QStringList>

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
    // model), Invalid (size, steps, strength, mask), OutOfMemory (also with the last plan; with what
    // to do), Corrupt.
    Result<Take> paint(const Recipe &recipe, const StepSink &sink = {}, std::stop_token stop = {});

    // What a model (empty: the built-in one) paints on, from its configs alone.
    // Errors: NotFound, Corrupt.
    static Result<Canvas> canvas(const QString &model);

    // What painting this recipe takes of memory here and now: the plan that would be kept to, from
    // the heads of files. From any thread; blocks. Errors: NotFound, Corrupt, Unsupported.
    static Result<PaintMemory> memory(const Recipe &recipe);
    // What there is for it, the memory that painting holds included.
    static models::MemoryRoom room();

    // Begins with no quicker plan than this, whatever room there is. For tests and measurements.
    void keepTo(models::Thrift thrift);

    // Tiny decoders (TAESD) for previews, the best one first; the first that fits the model is used,
    // after those that are in the model's folder. Without any, previews are coarse. They have no
    // influence on the picture. `chosen`: by the user, for this model.
    void setPreviewDecoders(const QStringList &paths, bool chosen = false);

    // Frees the model's memory.
    void unload();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::generation
