// The hands in which the world is drawn.
#pragma once

#include <string_view>

namespace moodloom::world {

enum class Style { Flat, LineArt, Neon, PaperCut, Watercolour, Clay };
inline constexpr int styleCount = 6;

struct StyleInfo
{
    std::string_view en;   // before "style": "paper cut"
    std::string_view zh;   // before 风格: "剪纸"
    std::string_view noun; // "a paper cut picture"
    std::string_view nounZh;
};

const StyleInfo &styleInfo(Style style);

} // namespace moodloom::world
