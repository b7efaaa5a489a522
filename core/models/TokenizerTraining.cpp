#include "core/models/TokenizerTraining.h"

#include "core/base/SafeFile.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace moodloom::models {
namespace {

using Pair = std::pair<int, int>;

struct Word
{
    std::vector<int> parts;
    int64_t count = 0;
};

// Counts of neighbouring pairs over all words, and in which words each pair occurs.
class PairCounts
{
public:
    explicit PairCounts(const std::vector<Word> &words) : m_words(words)
    {
        for (size_t w = 0; w < words.size(); ++w)
            add(w, +1);
    }

    void add(size_t word, int sign)
    {
        const Word &w = m_words[word];
        for (size_t i = 0; i + 1 < w.parts.size(); ++i) {
            const Pair pair(w.parts[i], w.parts[i + 1]);
            m_counts[pair] += sign * w.count;
            if (sign > 0)
                m_places[pair].insert(word);
        }
    }

    // The most frequent pair; the smaller one of equals.
    Pair best(int64_t &count) const
    {
        Pair found;
        count = 0;
        for (const auto &[pair, n] : m_counts) {
            if (n > count) {
                count = n;
                found = pair;
            }
        }
        return found;
    }

    std::set<size_t> take(const Pair &pair)
    {
        auto words = std::move(m_places[pair]);
        m_places.erase(pair);
        return words;
    }
    void forget(const Pair &pair) { m_counts.erase(pair); }

private:
    const std::vector<Word> &m_words;
    std::map<Pair, int64_t> m_counts;
    std::map<Pair, std::set<size_t>> m_places;
};

Result<void> writeJson(const std::string &path, const nlohmann::ordered_json &json)
{
    return writeFileSafely(path, json.dump(1) + "\n");
}

} // namespace

Result<void> trainTokenizer(const std::vector<std::string> &corpus, const std::string &folder,
                            const TokenizerOptions &options)
{
    std::vector<std::string> symbols;
    for (const char *end : {"", "</w>"})
        for (const unsigned char b : byteOrder())
            symbols.push_back(byteSymbols()[b] + end);
    if (options.vocabularySize < int(symbols.size()) + 2)
        return fail(ErrorCode::Invalid, "vocabulary size", "must be at least 514");
    int place[256]; // a byte's number
    for (int i = 0; i < 256; ++i)
        place[byteOrder()[size_t(i)]] = i;

    std::map<std::string, int64_t> counts;
    for (const std::string &text : corpus)
        for (const std::string &word : splitWords(normalizeText(text), options.han))
            ++counts[word];
    std::vector<Word> words;
    for (const auto &[text, count] : counts) {
        Word word;
        word.count = count;
        for (const char c : text)
            word.parts.push_back(place[static_cast<unsigned char>(c)]);
        word.parts.back() += 256;
        words.push_back(std::move(word));
    }

    PairCounts pairs(words);
    std::string merges = "#version: 0.2\n";
    std::unordered_map<std::string, int> ids;
    for (size_t id = 0; id < symbols.size(); ++id)
        ids.emplace(symbols[id], int(id));
    while (int(symbols.size()) < options.vocabularySize - 2) {
        int64_t count = 0;
        const Pair pair = pairs.best(count);
        if (count < 2)
            break;
        const std::string &left = symbols[size_t(pair.first)], &right = symbols[size_t(pair.second)];
        const std::string joined = left + right;
        merges += left + " " + right + "\n";
        // Two pairs may spell the same symbol; it has one id.
        const int merged = ids.emplace(joined, int(symbols.size())).first->second;
        if (merged == int(symbols.size()))
            symbols.push_back(joined);
        for (const size_t w : pairs.take(pair)) {
            auto &parts = words[w].parts;
            pairs.add(w, -1);
            std::vector<int> next;
            for (size_t i = 0; i < parts.size(); ++i) {
                if (i + 1 < parts.size() && parts[i] == pair.first && parts[i + 1] == pair.second) {
                    next.push_back(merged);
                    ++i;
                } else {
                    next.push_back(parts[i]);
                }
            }
            parts = std::move(next);
            pairs.add(w, +1);
        }
        pairs.forget(pair);
    }

    const std::string start = "<|startoftext|>", end = "<|endoftext|>";
    symbols.insert(symbols.end(), {start, end});
    nlohmann::ordered_json vocabulary;
    for (size_t id = 0; id < symbols.size(); ++id)
        vocabulary[symbols[id]] = id;
    const nlohmann::ordered_json specials = {
        {"bos_token", start}, {"eos_token", end}, {"unk_token", end}, {"pad_token", end}};
    nlohmann::ordered_json config = specials;
    config["tokenizer_class"] = "CLIPTokenizer";
    config["do_lower_case"] = true;
    config["model_max_length"] = options.maxLength;
    config["tokenize_chinese_chars"] = options.han == HanSplit::Characters;

    if (auto done = writeJson(folder + "/vocab.json", vocabulary); !done)
        return done;
    if (auto done = writeFileSafely(folder + "/merges.txt", merges); !done)
        return done;
    if (auto done = writeJson(folder + "/special_tokens_map.json", specials); !done)
        return done;
    return writeJson(folder + "/tokenizer_config.json", config);
}

} // namespace moodloom::models
