#pragma once

#include <stdexcept>
#include <string>

namespace platform {

/// Something this request needs is away (database, peer, pool). The dispatcher answers 503 with Retry-After.
class Unavailable : public std::runtime_error {
public:
    explicit Unavailable(const std::string& what, int retry_after_s = 1)
        : std::runtime_error(what), retry_after_s_(retry_after_s) {}
    int retry_after_s() const { return retry_after_s_; }

private:
    int retry_after_s_;
};

/// The request's own deadline passed. The dispatcher answers 504.
class DeadlineExceeded : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace platform
