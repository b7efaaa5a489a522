// How names of two layouts are taken apart and put together. Internal to LdmNames.h.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace moodloom::models {

using NamePair = std::pair<std::string_view, std::string_view>; // LDM, folder
enum class Direction { ToFolder, ToLdm };

// Takes `prefix`, which ends a name's component, off the front of `name`.
inline bool take(std::string_view &name, std::string_view prefix)
{
    if (!name.starts_with(prefix))
        return false;
    name.remove_prefix(prefix.size());
    return true;
}

// Takes a number with the dot behind it off the front.
inline std::optional<int64_t> takeNumber(std::string_view &name)
{
    int64_t value = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), value);
    if (error != std::errc() || value < 0 || value > 4096 || end == name.data() + name.size() ||
        *end != '.')
        return {};
    name.remove_prefix(size_t(end - name.data()) + 1);
    return value;
}

// "<part>.weight" by a list of parts; the part may be a whole module path.
inline std::optional<std::string> renamePart(std::span<const NamePair> parts, std::string_view name,
                                             Direction direction)
{
    for (const auto &[ldm, folder] : parts) {
        std::string_view rest = name;
        if (take(rest, direction == Direction::ToFolder ? ldm : folder) &&
            (rest == ".weight" || rest == ".bias"))
            return std::string(direction == Direction::ToFolder ? folder : ldm) + std::string(rest);
    }
    return {};
}

inline std::optional<std::string> joined(const std::string &prefix, std::optional<std::string> rest)
{
    if (!rest)
        return {};
    return prefix + *rest;
}

inline std::string number(int64_t value)
{
    return std::to_string(value);
}

} // namespace moodloom::models
