// Learns a byte-pair vocabulary (Sennrich et al. 2016, arXiv:1508.07909) from a corpus and writes it
// in the folder format that Tokenizer reads.
//
// Deterministic: the same corpus gives the same files; ties go to the pair that sorts first.
#pragma once

#include "core/base/Result.h"
#include "core/models/WordSplit.h"

#include <string>
#include <vector>

namespace moodloom::models {

struct TokenizerOptions
{
    int vocabularySize = 4096; // bytes (512), merges, start and end; fewer where the corpus is small
    int maxLength = 77;
    HanSplit han = HanSplit::Characters;
};

// Writes vocab.json, merges.txt, tokenizer_config.json and special_tokens_map.json into `folder`,
// which exists. Pairs seen only once are not merged. Errors: Invalid, and those of writing.
Result<void> trainTokenizer(const std::vector<std::string> &corpus, const std::string &folder,
                            const TokenizerOptions &options = {});

} // namespace moodloom::models
