// Teaches the generator's text encoder that a name it has never met says nothing. An invented name is
// made of syllables that other words have too, above all in Chinese, where each character means something
// on its own: a sports car named 巴龙 was painted as a bus (巴士). So a caption with such a name has to
// give what the same caption gives without it, while every other caption keeps what it gave: the
// generator was trained to read that.
#pragma once

#include "core/training/EncoderTraining.h"

namespace moodloom::training {

struct NameBatch
{
    at::Tensor bare, named, known; // int64 [B,L]: see NameCaptions
    at::Tensor places;  // int64 [B,L]: where in `bare` what stands at a place of `named` comes from;
                        // within the name: what stands before it
    at::Tensor inName;  // bool [B,L]
    at::Tensor weights; // float [B,L]: how much what stands at a place of `named` matters
};
NameBatch makeNameBatch(const models::Tokenizer &tokenizer, const std::vector<NameCaptions> &captions);

// Trains "names", a state of encoders of which only the text's change; it begins as "encoders".
// Errors: those of the states on disk.
Result<void> trainNames(const SceneSource &source, const models::Tokenizer &tokenizer,
                        const StageOptions &options);

} // namespace moodloom::training
