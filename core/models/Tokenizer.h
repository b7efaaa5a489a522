// CLIP's tokenizer: words by WordSplit, then byte-pair encoding (Sennrich et al. 2016) over bytes,
// with "</w>" marking the end of a word. Reads the standard folder: vocab.json and merges.txt (or
// tokenizer.json, which holds both), tokenizer_config.json, special_tokens_map.json. The ids are
// those of the Rust CLIPTokenizer.
//
// Immutable after loading; const use from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/models/WordSplit.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace moodloom::models {

class Tokenizer
{
public:
    // Errors: NotFound, Unreadable, Corrupt, Mismatch (a merge whose result the vocabulary lacks).
    static Result<Tokenizer> load(const std::string &folder);

    // The ids of the text alone, without start and end.
    std::vector<int64_t> encode(std::string_view utf8) const;
    // Start, text, end, padding: `length` ids in all (0 = maxLength()); a longer text loses its
    // tail.
    std::vector<int64_t> encodePadded(std::string_view utf8, int length = 0) const;
    // Start, text, end: all of it, however long.
    std::vector<int64_t> encodeWhole(std::string_view utf8) const;

    // The text again: lower case, words separated by single spaces. Unknown and special ids are
    // left out.
    std::string decode(const std::vector<int64_t> &ids) const;

    // The same with another id behind shorter texts. Requires: 0 <= id < size().
    Tokenizer paddedWith(int64_t id) const
    {
        Tokenizer other = *this;
        other.m_pad = id;
        return other;
    }

    int64_t size() const { return int64_t(m_symbols.size()); }
    int maxLength() const { return m_maxLength; }
    int64_t startId() const { return m_start; }
    int64_t endId() const { return m_end; }
    int64_t padId() const { return m_pad; }

private:
    Result<void> readVocabulary(const std::string &folder);
    Result<void> readMerges(const std::string &folder);
    Result<void> readSpecials(const std::string &folder);
    void encodeWord(const std::string &word, std::vector<int64_t> &ids) const;

    struct PairHash
    {
        size_t operator()(const std::pair<int64_t, int64_t> &p) const
        {
            return size_t(p.first) * 0x9e3779b97f4a7c15ULL ^ size_t(p.second);
        }
    };
    struct Merge
    {
        int64_t rank, result;
    };

    std::unordered_map<std::string, int64_t> m_ids;
    std::vector<std::string> m_symbols; // by id
    std::unordered_map<std::pair<int64_t, int64_t>, Merge, PairHash> m_merges;
    std::vector<std::pair<std::string, int64_t>> m_specials; // longest first
    HanSplit m_han = HanSplit::Runs;
    int64_t m_start = 0, m_end = 0, m_pad = 0, m_unknown = 0;
    int m_maxLength = 77;
};

} // namespace moodloom::models
