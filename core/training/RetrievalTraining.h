// Encoders for searching, trained together with what the generator makes of their finds: beside the
// contrast of pictures and words, the order of the candidates of a question (ReferenceQuestions.h)
// follows how much each of them helps the painter. They begin as the generator's own encoders,
// which stay as they are: the generator was trained to read those.
#pragma once

#include "core/training/EncoderTraining.h"
#include "core/training/ReferenceQuestions.h"

namespace moodloom::training {

// Questions and the painter's answers, kept in one file: asking is dear, drawing again is not.
class Lessons
{
public:
    // Empty where there is no file yet. Errors: Corrupt, Mismatch.
    static Result<Lessons> load(const std::string &path);
    Result<void> save(const std::string &path) const;

    int64_t size() const { return help.defined() ? help.size(0) : 0; }
    uint64_t seed = 1; // of the run that drew the questions 0 ... size() - 1
    at::Tensor help;   // fp32 [N,questionCandidates]; undefined when empty
};

// Asks the painter until the minutes are over or asked to stop, `options.threads` questions at
// once, and appends to lessons.safetensors in the folder. Errors: of that file.
Result<void> collectLessons(const SceneSource &source, const models::Tokenizer &tokenizer,
                            const Painter &painter, const StageOptions &options);

// Trains "retrieval", which begins as the state "encoders", on the pool's scenes and on the
// lessons, of which every tenth is only measured with. `held`: scenes to measure with. Errors:
// NotFound (no lessons), those of the states on disk.
Result<void> trainRetrieval(ScenePool &scenes, const SceneSource &source, const SceneRows &held,
                            const models::Tokenizer &tokenizer, const StageOptions &options);

} // namespace moodloom::training
