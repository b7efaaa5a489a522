// How CLIP's tokenizer cuts a text into words before byte-pair encoding.
//
// Pure functions; safe from any thread. Unicode properties and NFC come from ICU.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace moodloom::models {

enum class HanSplit {
    Runs,      // a run of letters is a word, whatever the script: the Rust CLIPTokenizer
    Characters // every Han character is a word: "tokenize_chinese_chars" in tokenizer_config.json
};

// NFC, white space folded to single spaces, lower case. Invalid UTF-8 becomes U+FFFD.
std::string normalizeText(std::string_view utf8);

// The words of a normalised text: contractions ('s 't 're 've 'm 'll 'd), runs of letters, single
// numerals, runs of anything else; white space separates.
std::vector<std::string> splitWords(std::string_view normalized, HanSplit han = HanSplit::Runs);

// The printable character that stands for a byte in vocab.json, as UTF-8 (GPT-2's byte alphabet),
// and those characters in the order in which CLIP numbers them.
const std::array<std::string, 256> &byteSymbols();
const std::array<unsigned char, 256> &byteOrder();

} // namespace moodloom::models
