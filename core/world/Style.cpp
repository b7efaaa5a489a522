#include "core/world/Style.h"

#include <array>

namespace moodloom::world {

const StyleInfo &styleInfo(Style style)
{
    static constexpr std::array<StyleInfo, styleCount> styles{{
        {"flat", "扁平", "flat illustration", "扁平插画"},
        {"line art", "线描", "line drawing", "线描画"},
        {"night neon", "霓虹", "neon picture", "霓虹画"},
        {"paper cut", "剪纸", "paper cut", "剪纸画"},
        {"watercolour", "水彩", "watercolour painting", "水彩画"},
        {"clay", "黏土", "clay model picture", "黏土画"},
    }};
    return styles[size_t(style)];
}

} // namespace moodloom::world
