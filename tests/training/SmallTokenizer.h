// A tokenizer of the captions of simple scenes, trained in a moment.
#pragma once

#include "core/models/TokenizerTraining.h"
#include "core/training/BuiltInShape.h"
#include "tests/training/SimpleScenes.h"

#include <memory>
#include <string>

namespace moodloom::training {

// Written into `folder`. Null where that fails.
inline std::unique_ptr<models::Tokenizer> smallTokenizer(const std::string &folder)
{
    models::TokenizerOptions small;
    small.vocabularySize = 600;
    small.maxLength = textLength;
    if (!models::trainTokenizer(SimpleScenes().corpus(0, 60), folder, small))
        return nullptr;
    auto tokenizer = models::Tokenizer::load(folder);
    return tokenizer ? std::make_unique<models::Tokenizer>(std::move(*tokenizer)) : nullptr;
}

} // namespace moodloom::training
