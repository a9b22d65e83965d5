// libFuzzer: whatever bytes arrive, whole or in pieces, the head validator decides the same, and what it lets through
// has one reading. Build: tools/build.sh dev http-head-fuzz
#include "platform/http/head.hpp"
#include "platform/http/path.hpp"
#include "platform/http/request.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using platform::http::HeadValidator;

const platform::http::ServerLimits limits;
const std::vector<std::string> allowed_hosts{"t"};

void require(bool holds) {
    if (!holds) std::abort();
}

void check_accepted(const HeadValidator& validator, std::string_view bytes) {
    const auto head = bytes.substr(0, validator.end());
    require(head.ends_with("\r\n\r\n") && head.find('\0') == std::string_view::npos);
    for (std::size_t i = 0; i < head.size(); ++i) {
        require((head[i] == '\n') == (i > 0 && head[i - 1] == '\r'));  // no bare CR, no bare LF
    }
    require(!(validator.is_chunked() && validator.content_length() > 0));
    const auto target = validator.target(bytes);
    require(target.empty() || target.front() == '/' || target.front() == '?' || target == "*");
}

void check_path(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return;  // the validator has refused such a target
    const auto path = platform::http::PathSegments::parse(text);
    for (std::size_t i = 0; path && i < path->size(); ++i) {
        const auto segment = (*path)[i];
        require(segment.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos);
        require(segment != "." && segment != "..");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    HeadValidator whole(limits, allowed_hosts);
    const auto expected = whole.feed(bytes);
    if (expected == HeadValidator::State::complete) check_accepted(whole, bytes);

    HeadValidator pieces(limits, allowed_hosts);
    auto state = HeadValidator::State::incomplete;
    const std::size_t step = 1 + size / 7;
    for (std::size_t end = step; state == HeadValidator::State::incomplete && end < size + step; end += step) {
        state = pieces.feed(bytes.substr(0, std::min(end, size)));
    }
    if (size > 0) require(state == expected);
    check_path(bytes);
    return 0;
}
