#include "core/base/JsonText.h"

#include <utility>

namespace moodloom {

std::string standardJson(const std::string &text)
{
    constexpr std::pair<const char *, const char *> words[] = {{"NaN", "null"},
                                                               {"Infinity", "1e308"}};
    std::string result;
    result.reserve(text.size());
    bool inString = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"')
            inString = !inString;
        if (inString && c == '\\' && i + 1 < text.size()) {
            result += c;
            result += text[++i]; // an escaped quote ends nothing
            continue;
        }
        bool replaced = false;
        for (const auto &[word, number] : words) {
            const size_t length = std::char_traits<char>::length(word);
            if (!inString && c == word[0] && text.compare(i, length, word) == 0) {
                result += number;
                i += length - 1;
                replaced = true;
                break;
            }
        }
        if (!replaced)
            result += c;
    }
    return result;
}

} // namespace moodloom
