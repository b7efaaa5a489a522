#include "core/nn/ConfigReader.h"

#include <algorithm>
#include <cmath>

namespace moodloom::nn {

using nlohmann::json;

namespace {

const json nullValue;
constexpr int64_t largestSize = int64_t(1) << 20;

bool isSize(const json &value)
{
    return value.is_number_integer() && value.get<int64_t>() >= 1 &&
           value.get<int64_t>() <= largestSize;
}

} // namespace

ConfigReader::ConfigReader(const json &json, std::string file)
    : m_json(json), m_file(std::move(file))
{
    if (!json.is_object())
        m_error = Error{ErrorCode::Corrupt, m_file, "is not a JSON object"};
}

const json &ConfigReader::value(const char *key) const
{
    if (!m_json.is_object())
        return nullValue;
    const auto found = m_json.find(key);
    return found == m_json.end() ? nullValue : *found;
}

bool ConfigReader::isNull(const char *key) const
{
    return value(key).is_null();
}

bool ConfigReader::present(const char *key) const
{
    return m_json.is_object() && m_json.contains(key);
}

void ConfigReader::refuse(const char *key, const std::string &expected)
{
    if (m_error)
        return;
    std::string found = value(key).is_null() ? "nothing" : value(key).dump(-1, ' ', true);
    if (found.size() > 80) { // a whole list or object
        found.resize(77);
        found += "...";
    }
    m_error = Error{ErrorCode::Unsupported, m_file,
                    std::string(key) + " is " + found + ", expected " + expected};
}

int64_t ConfigReader::size(const char *key, int64_t fallback)
{
    return optionalSize(key).value_or(fallback);
}

std::optional<int64_t> ConfigReader::optionalSize(const char *key)
{
    if (isNull(key))
        return std::nullopt;
    if (!isSize(value(key))) {
        refuse(key, "a size of at least 1");
        return std::nullopt;
    }
    return value(key).get<int64_t>();
}

int64_t ConfigReader::integer(const char *key, int64_t fallback)
{
    if (isNull(key))
        return fallback;
    if (!value(key).is_number_integer()) {
        refuse(key, "a whole number");
        return fallback;
    }
    return value(key).get<int64_t>();
}

double ConfigReader::number(const char *key, double fallback)
{
    if (isNull(key))
        return fallback;
    if (!value(key).is_number() || !std::isfinite(value(key).get<double>())) {
        refuse(key, "a number");
        return fallback;
    }
    return value(key).get<double>();
}

bool ConfigReader::flag(const char *key, bool fallback)
{
    if (isNull(key))
        return fallback;
    if (!value(key).is_boolean()) {
        refuse(key, "true or false");
        return fallback;
    }
    return value(key).get<bool>();
}

std::string ConfigReader::text(const char *key, const std::string &fallback)
{
    if (isNull(key))
        return fallback;
    if (!value(key).is_string()) {
        refuse(key, "a text");
        return fallback;
    }
    return value(key).get<std::string>();
}

std::vector<int64_t> ConfigReader::sizes(const char *key, const std::vector<int64_t> &fallback)
{
    if (isNull(key))
        return fallback;
    std::vector<int64_t> result;
    if (value(key).is_array() && !value(key).empty() && value(key).size() <= 64)
        for (const json &item : value(key))
            if (isSize(item))
                result.push_back(item.get<int64_t>());
    if (result.empty() || result.size() != value(key).size()) {
        refuse(key, "a list of sizes of at least 1");
        return fallback;
    }
    return result;
}

std::vector<double> ConfigReader::numbers(const char *key)
{
    std::vector<double> result;
    if (isNull(key))
        return result;
    if (value(key).is_array())
        for (const json &item : value(key))
            if (item.is_number())
                result.push_back(item.get<double>());
    if (!value(key).is_array() || result.size() != value(key).size())
        refuse(key, "a list of numbers");
    return result;
}

std::vector<std::string> ConfigReader::texts(const char *key,
                                             const std::vector<std::string> &fallback)
{
    if (isNull(key))
        return fallback;
    std::vector<std::string> result;
    if (value(key).is_array())
        for (const json &item : value(key))
            if (item.is_string())
                result.push_back(item.get<std::string>());
    if (!value(key).is_array() || result.size() != value(key).size()) {
        refuse(key, "a list of texts");
        return fallback;
    }
    return result;
}

std::vector<int64_t> ConfigReader::perBlock(const char *key, size_t count, int64_t fallback)
{
    if (value(key).is_array()) {
        auto result = sizes(key, std::vector<int64_t>(count, fallback));
        if (result.size() != count) {
            refuse(key, "one entry for each of the " + std::to_string(count) + " blocks");
            result.resize(count, fallback);
        }
        return result;
    }
    return std::vector<int64_t>(count, size(key, fallback));
}

void ConfigReader::requireNull(const char *key)
{
    if (!isNull(key))
        refuse(key, "null (Moodloom does not implement this setting)");
}

void ConfigReader::requireFalse(const char *key)
{
    const json &found = value(key);
    const bool allFalse = found.is_array() && std::all_of(found.begin(), found.end(),
                                                          [](const json &v) { return v == false; });
    if (!found.is_null() && found != false && !allFalse)
        refuse(key, "false (Moodloom does not implement this setting)");
}

void ConfigReader::requireOneOf(const char *key, const std::string &fallback,
                                std::initializer_list<const char *> known)
{
    const std::string found = text(key, fallback);
    std::string list;
    for (const char *name : known) {
        if (found == name)
            return;
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    refuse(key, "one of: " + list);
}

void ConfigReader::require(bool condition, const char *key, const std::string &expected)
{
    if (!condition)
        refuse(key, expected);
}

} // namespace moodloom::nn
