#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace platform {

/// What kind of answer an expected failure is; maps one to one to an HTTP status (http_status).
enum class Code {
    invalid_argument,
    unauthenticated,
    payment_required,
    permission_denied,
    not_found,
    conflict,
    gone,
    precondition_failed,
    too_large,
    unsupported_media_type,
    unprocessable,
    rate_limited,
    internal,
    unavailable,
    timeout,
};

unsigned http_status(Code code);

/// One wrong member of a request; `pointer` is an RFC 6901 JSON pointer into the body.
struct FieldError {
    std::string pointer;
    std::string detail;
};

/// An outcome the caller can act on. `reason` is a stable snake_case word that clients branch on: once published it
/// keeps its spelling. `message` is for people.
struct Error {
    Code code = Code::internal;
    std::string reason;
    std::string message{};
    std::vector<FieldError> fields{};
    std::optional<int> retry_after_s{};
};

/// value() on a failed Result throws this: a bug in the caller, answered as 500 by the dispatcher.
class BadResult : public std::logic_error {
public:
    explicit BadResult(const Error& error) : std::logic_error("unchecked result: " + error.reason) {}
};

[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw BadResult(error);
}

template <class T = void>
using Result = boost::system::result<T, Error>;

}  // namespace platform
