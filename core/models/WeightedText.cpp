#include "core/models/WeightedText.h"

#include <algorithm>

namespace moodloom::models {

WeightedText::WeightedText(std::string text)
{
    append(std::move(text));
}

void WeightedText::append(std::string text, double weight)
{
    if (text.empty())
        return;
    if (!m_pieces.empty() && m_pieces.back().weight == weight)
        m_pieces.back().text += text;
    else
        m_pieces.push_back({std::move(text), weight});
}

bool WeightedText::isPlain() const
{
    return std::all_of(m_pieces.begin(), m_pieces.end(),
                       [](const TextPiece &piece) { return piece.weight == 1; });
}

std::string WeightedText::text() const
{
    std::string all;
    for (const TextPiece &piece : m_pieces)
        all += piece.text;
    return all;
}

WeightedTokens tokensOf(const Tokenizer &tokenizer, const WeightedText &text, int length)
{
    WeightedTokens tokens{{tokenizer.startId()}, {1}, 0};
    for (const TextPiece &piece : text.pieces())
        for (const int64_t id : tokenizer.encode(piece.text)) {
            tokens.ids.push_back(id);
            tokens.weights.push_back(piece.weight);
        }
    const auto room = size_t(std::max(1, length - 1)); // before the end
    tokens.dropped = int(tokens.ids.size()) - int(std::min(tokens.ids.size(), room));
    tokens.ids.resize(tokens.ids.size() - size_t(tokens.dropped));
    tokens.weights.resize(tokens.ids.size());
    tokens.ids.push_back(tokenizer.endId());
    tokens.ids.resize(size_t(length), tokenizer.padId());
    tokens.weights.resize(size_t(length), 1);
    return tokens;
}

} // namespace moodloom::models
