#include "platform/restql/respond/etag.hpp"

#include "platform/crypto/hash.hpp"

namespace platform::restql {
namespace {

constexpr std::size_t tag_hex_digits = 32;  // 128 bits: two answers never share one

/// The list may hold weak tags; for GET they compare as strong ones (RFC 9110 §13.1.2).
bool names_tag(std::string_view list, std::string_view tag) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        auto item = list.substr(0, comma);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == tag || item == "*") return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

}  // namespace

void apply_etag(const http::Request& request, http::Response& response) {
    if (request.method != http::Method::get || (response.status != 200 && response.status != 206)) return;
    if (response.headers.contains("ETag") || std::holds_alternative<http::Stream>(response.body)) return;
    std::string hashed(response.headers.find("Content-Range").value_or(""));
    hashed += crypto::sha256(http::text_of(response.body));
    const std::string tag = "\"" + crypto::sha256_hex(hashed).substr(0, tag_hex_digits) + "\"";
    response.headers.set("ETag", tag);
    if (!names_tag(request.header("if-none-match"), tag)) return;
    response.status = 304;
    response.body = std::string();
    response.headers.remove("Content-Type");
}

}  // namespace platform::restql
