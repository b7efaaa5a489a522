#include "core/models/Tokenizer.h"

#include "core/base/SafeFile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace moodloom::models {
namespace {

constexpr std::string_view wordEnd = "</w>";

Result<nlohmann::json> readJson(const std::string &path)
{
    const auto text = readFile(path, size_t(64) << 20);
    if (!text)
        return fail(text.error());
    auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::Corrupt, path, "not a JSON object");
    return json;
}

// Newer folders hold vocabulary and merges in one file, as its "model". Errors: those of the file,
// Unsupported.
Result<nlohmann::json> wholeModel(const std::string &folder)
{
    const std::string path = folder + "/tokenizer.json";
    auto json = readJson(path);
    if (!json)
        return fail(json.error());
    const nlohmann::json model = json->value("model", nlohmann::json::object());
    if (!model.is_object() || (model.contains("type") && model["type"] != "BPE") ||
        !model.contains("vocab") || !model["vocab"].is_object() || !model.contains("merges") ||
        !model["merges"].is_array())
        return fail(ErrorCode::Unsupported, path, "is not a byte-pair tokenizer like CLIP's");
    return model;
}

// `path` becomes the file that held it.
Result<nlohmann::json> vocabularyOf(const std::string &folder, std::string &path)
{
    auto table = readJson(path);
    if (table || table.error().code != ErrorCode::NotFound)
        return table;
    const auto model = wholeModel(folder);
    if (!model && model.error().code == ErrorCode::NotFound)
        return table;
    if (!model)
        return fail(model.error());
    path = folder + "/tokenizer.json";
    nlohmann::json vocabulary = (*model)["vocab"];
    return vocabulary;
}

// The lines of merges.txt, or what they would be.
Result<std::string> mergeLines(const std::string &folder)
{
    auto text = readFile(folder + "/merges.txt", size_t(64) << 20);
    if (text || text.error().code != ErrorCode::NotFound)
        return text;
    const auto model = wholeModel(folder);
    if (!model && model.error().code == ErrorCode::NotFound)
        return text;
    if (!model)
        return fail(model.error());
    std::string lines;
    for (const nlohmann::json &merge : (*model)["merges"]) {
        const bool isPair =
            merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string();
        if (!merge.is_string() && !isPair)
            return fail(ErrorCode::Corrupt, folder + "/tokenizer.json",
                        "the merge " + merge.dump() + " is not a pair of texts");
        lines += (isPair ? merge[0].get<std::string>() + " " + merge[1].get<std::string>()
                         : merge.get<std::string>()) +
                 "\n";
    }
    return lines;
}

// A special token is either a string or an object with the string inside.
std::string tokenContent(const nlohmann::json &json, const char *key)
{
    const auto it = json.find(key);
    if (it == json.end())
        return {};
    if (it->is_string())
        return it->get<std::string>();
    if (it->is_object() && it->contains("content") && (*it)["content"].is_string())
        return (*it)["content"].get<std::string>();
    return {};
}

} // namespace

Result<Tokenizer> Tokenizer::load(const std::string &folder)
{
    Tokenizer tokenizer;
    for (const auto step :
         {&Tokenizer::readVocabulary, &Tokenizer::readMerges, &Tokenizer::readSpecials})
        if (auto done = (tokenizer.*step)(folder); !done)
            return fail(done.error());
    return tokenizer;
}

Result<void> Tokenizer::readVocabulary(const std::string &folder)
{
    std::string path = folder + "/vocab.json";
    const auto json = vocabularyOf(folder, path);
    if (!json)
        return fail(json.error());
    m_symbols.resize(json->size());
    for (const auto &[symbol, id] : json->items()) {
        if (!id.is_number_integer() || id.get<int64_t>() < 0 ||
            id.get<int64_t>() >= int64_t(json->size()))
            return fail(ErrorCode::Corrupt, path,
                        "the id of \"" + symbol + "\" is not between 0 and the number of entries");
        m_ids[symbol] = id.get<int64_t>();
        m_symbols[size_t(id.get<int64_t>())] = symbol;
    }
    for (const std::string &symbol : byteSymbols())
        if (!m_ids.count(symbol) || !m_ids.count(symbol + std::string(wordEnd)))
            return fail(ErrorCode::Mismatch, path,
                        "the byte \"" + symbol + "\" has no entry; this is not a CLIP vocabulary");
    return {};
}

Result<void> Tokenizer::readMerges(const std::string &folder)
{
    const std::string path = folder + "/merges.txt";
    const auto text = mergeLines(folder);
    if (!text)
        return fail(text.error());
    int64_t rank = 0;
    for (size_t begin = 0; begin < text->size();) {
        size_t end = text->find('\n', begin);
        if (end == std::string::npos)
            end = text->size();
        std::string line = text->substr(begin, end - begin);
        const bool first = begin == 0;
        begin = end + 1;
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.empty() || (first && line.rfind("#version", 0) == 0))
            continue;
        const size_t gap = line.find(' ');
        const std::string left = line.substr(0, gap);
        const std::string right = gap == std::string::npos ? "" : line.substr(gap + 1);
        const auto a = m_ids.find(left), b = m_ids.find(right), ab = m_ids.find(left + right);
        if (a == m_ids.end() || b == m_ids.end() || ab == m_ids.end())
            return fail(ErrorCode::Mismatch, path,
                        "the merge \"" + line +
                            "\" does not fit vocab.json; take both from one model");
        m_merges.emplace(std::pair(a->second, b->second), Merge{rank++, ab->second});
    }
    return {};
}

Result<void> Tokenizer::readSpecials(const std::string &folder)
{
    std::string start = "<|startoftext|>", end = "<|endoftext|>", pad, unknown;
    bool complete = false;
    for (const char *name : {"/tokenizer_config.json", "/special_tokens_map.json"}) {
        const std::string path = folder + name;
        const auto json = readJson(path);
        if (!json) {
            if (json.error().code == ErrorCode::NotFound)
                continue; // both files are optional
            return fail(json.error());
        }
        // Files of SD 2 name another padding in each. The map is right, unless the config is of the
        // newer kind that lists its special tokens itself: then the map is not looked at.
        if (complete)
            break;
        complete = json->contains("added_tokens_decoder");
        for (auto [key, target] : {std::pair("bos_token", &start),
                                   {"eos_token", &end},
                                   {"pad_token", &pad},
                                   {"unk_token", &unknown}})
            if (const std::string content = tokenContent(*json, key); !content.empty())
                *target = content;
        if (const auto it = json->find("model_max_length"); it != json->end() && it->is_number())
            m_maxLength = int(std::clamp(it->get<double>(), 3.0, 4096.0));
        if (const auto it = json->find("tokenize_chinese_chars");
            it != json->end() && it->is_boolean())
            m_han = it->get<bool>() ? HanSplit::Characters : HanSplit::Runs;
    }
    if (pad.empty())
        pad = end;
    if (unknown.empty())
        unknown = end;
    for (auto [name, id] :
         {std::pair(&start, &m_start), {&end, &m_end}, {&pad, &m_pad}, {&unknown, &m_unknown}}) {
        const auto it = m_ids.find(*name);
        if (it == m_ids.end())
            return fail(ErrorCode::Mismatch, folder + "/vocab.json",
                        "the token \"" + *name + "\" has no id");
        *id = it->second;
    }
    // Only start and end are recognised in a text: SD 2's padding token is "!", a normal word.
    m_specials = {{start, m_start}, {end, m_end}};
    std::sort(m_specials.begin(), m_specials.end(),
              [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    return {};
}

std::vector<int64_t> Tokenizer::encode(std::string_view text) const
{
    const std::string normalized = normalizeText(text);
    std::vector<int64_t> ids;
    size_t begin = 0;
    const auto encodePiece = [&](size_t first, size_t end) {
        for (const std::string &word :
             splitWords(std::string_view(normalized).substr(first, end - first), m_han))
            encodeWord(word, ids);
    };
    for (size_t i = 0; i < normalized.size();) {
        const auto special =
            std::find_if(m_specials.begin(), m_specials.end(), [&](const auto &candidate) {
                return normalized.compare(i, candidate.first.size(), candidate.first) == 0;
            });
        if (special == m_specials.end()) {
            ++i;
            continue;
        }
        encodePiece(begin, i);
        ids.push_back(special->second);
        begin = i += special->first.size();
    }
    encodePiece(begin, normalized.size());
    return ids;
}

void Tokenizer::encodeWord(const std::string &word, std::vector<int64_t> &ids) const
{
    std::vector<int64_t> parts;
    for (size_t i = 0; i < word.size(); ++i) {
        std::string symbol = byteSymbols()[static_cast<unsigned char>(word[i])];
        if (i + 1 == word.size())
            symbol += wordEnd;
        parts.push_back(m_ids.at(symbol)); // every byte has an entry: checked when loading
    }
    // Merge the best-ranked pair, everywhere, until none is left.
    while (parts.size() > 1) {
        Merge best{std::numeric_limits<int64_t>::max(), 0};
        std::pair<int64_t, int64_t> bestPair;
        for (size_t i = 0; i + 1 < parts.size(); ++i) {
            const auto it = m_merges.find({parts[i], parts[i + 1]});
            if (it != m_merges.end() && it->second.rank < best.rank) {
                best = it->second;
                bestPair = it->first;
            }
        }
        if (best.rank == std::numeric_limits<int64_t>::max())
            break;
        size_t out = 0;
        for (size_t i = 0; i < parts.size(); ++i, ++out) {
            if (i + 1 < parts.size() && parts[i] == bestPair.first &&
                parts[i + 1] == bestPair.second) {
                parts[out] = best.result;
                ++i;
            } else {
                parts[out] = parts[i];
            }
        }
        parts.resize(out);
    }
    ids.insert(ids.end(), parts.begin(), parts.end());
}

std::vector<int64_t> Tokenizer::encodeWhole(std::string_view text) const
{
    std::vector<int64_t> ids = encode(text);
    ids.insert(ids.begin(), m_start);
    ids.push_back(m_end);
    return ids;
}

std::vector<int64_t> Tokenizer::encodePadded(std::string_view text, int length) const
{
    const size_t wanted = size_t(std::max(2, length > 0 ? length : m_maxLength));
    std::vector<int64_t> ids = encodeWhole(text);
    if (ids.size() > wanted) {
        ids.resize(wanted);
        ids.back() = m_end;
    }
    ids.resize(wanted, m_pad);
    return ids;
}

std::string Tokenizer::decode(const std::vector<int64_t> &ids) const
{
    static const std::unordered_map<std::string, char> bytes = [] {
        std::unordered_map<std::string, char> table;
        for (size_t b = 0; b < 256; ++b)
            table[byteSymbols()[b]] = char(static_cast<unsigned char>(b));
        return table;
    }();
    std::string text;
    for (const int64_t id : ids) {
        if (id < 0 || id >= size() || id == m_start || id == m_end)
            continue;
        std::string symbol = m_symbols[size_t(id)];
        bool ends = false;
        if (symbol.size() > wordEnd.size() && symbol.ends_with(wordEnd)) {
            symbol.resize(symbol.size() - wordEnd.size());
            ends = true;
        }
        for (size_t i = 0; i < symbol.size();) {
            const size_t length = (symbol[i] & 0x80) ? 2 : 1;
            if (const auto it = bytes.find(symbol.substr(i, length)); it != bytes.end())
                text.push_back(it->second);
            i += length;
        }
        if (ends)
            text.push_back(' ');
    }
    if (text.ends_with(' '))
        text.pop_back();
    return text;
}

} // namespace moodloom::models
