// Result<T>: a value or an Error. std::expected where the library has it, tl::expected before.
#pragma once

#include "core/base/Error.h"

#include <string>
#include <utility>
#if defined(__cpp_lib_expected)
#include <expected>
#else
#include <tl/expected.hpp>
#endif

namespace moodloom {

#if defined(__cpp_lib_expected)
template <class T> using Result = std::expected<T, Error>;
using Failure = std::unexpected<Error>;
#else
template <class T> using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;
#endif

// return fail(ErrorCode::Corrupt, path, "ends after 12 of 300 rows");
[[nodiscard]] inline Failure fail(ErrorCode code, std::string subject, std::string detail = {})
{
    return Failure(Error{code, std::move(subject), std::move(detail)});
}
[[nodiscard]] inline Failure fail(Error error) { return Failure(std::move(error)); }
[[nodiscard]] inline Failure cancelled() { return Failure(Error{ErrorCode::Cancelled, {}, {}}); }

} // namespace moodloom
