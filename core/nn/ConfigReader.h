// Reads a model's config.json field by field. The first thing that does not fit becomes the Error,
// naming file and field; later reads then return their defaults, so that parsing code stays
// straight.
//
// Not thread-safe; lives on the stack of a fromJson().
#pragma once

#include "core/base/Result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace moodloom::nn {

class ConfigReader
{
public:
    ConfigReader(const nlohmann::json &json, std::string file);

    // Missing or null: the default.
    int64_t size(const char *key, int64_t fallback); // 1 .. 2^20
    std::optional<int64_t> optionalSize(const char *key);
    int64_t integer(const char *key, int64_t fallback);
    double number(const char *key, double fallback);
    bool flag(const char *key, bool fallback);
    std::string text(const char *key, const std::string &fallback);
    std::vector<int64_t> sizes(const char *key, const std::vector<int64_t> &fallback);
    std::vector<double> numbers(const char *key);
    std::vector<std::string> texts(const char *key, const std::vector<std::string> &fallback);
    // One value for each of `count` blocks: a list of that length, or one number for all of them.
    std::vector<int64_t> perBlock(const char *key, size_t count, int64_t fallback);
    bool isNull(const char *key) const;  // missing or null
    bool present(const char *key) const; // also as null
    const nlohmann::json &value(const char *key) const;

    // Refuses what we do not implement, as Unsupported.
    void requireNull(const char *key);
    void requireFalse(const char *key);
    void requireOneOf(const char *key, const std::string &fallback,
                      std::initializer_list<const char *> known);
    void require(bool condition, const char *key, const std::string &expected);

    const std::optional<Error> &error() const { return m_error; }

private:
    void refuse(const char *key, const std::string &expected);

    const nlohmann::json &m_json;
    std::string m_file;
    std::optional<Error> m_error;
};

} // namespace moodloom::nn
