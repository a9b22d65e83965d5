#include "shared/types/api_key.hpp"

#include "platform/crypto/base62.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/crc.hpp>

#include <algorithm>
#include <array>

namespace tt {
namespace {

constexpr std::size_t id_bytes = sizeof(Uuid::bytes);
constexpr std::string_view domain_api_root = "/api/v1/";

std::string checksum_of(std::string_view text) {
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    const std::uint32_t value = crc.checksum();
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return crypto::base62_encode(bytes);
}

/// The first segment behind `root`.
std::string_view segment_after(std::string_view path, std::string_view root) {
    const std::string_view rest = path.substr(root.size());
    return rest.substr(0, rest.find('/'));
}

/// Empty: closed to API keys.
std::string_view area_of(std::string_view path) {
    if (path.starts_with(domain_api_root)) {
        const std::string_view area = segment_after(path, domain_api_root);
        return area == "api-keys" ? std::string_view() : area;
    }
    for (const std::string_view area : {"rest", "storage", "functions"}) {
        if (path.size() > area.size() + 1 && segment_after(path, "/") == area) return area;
    }
    return {};
}

template <class Network>
bool block_contains(const Network& network, const decltype(network.address())& address) {
    return network.canonical() == Network(address, network.prefix_length()).canonical();
}

bool block_contains(const std::string& block, const asio::ip::address& address) {
    boost::system::error_code error;
    if (block.find('/') == std::string::npos) return asio::ip::make_address(block, error) == address && !error;
    if (address.is_v4()) {
        const auto network = asio::ip::make_network_v4(block, error);
        return !error && block_contains(network, address.to_v4());
    }
    const auto network = asio::ip::make_network_v6(block, error);
    return !error && block_contains(network, address.to_v6());
}

}  // namespace

std::string ApiKeyText::to_text() const {
    const std::string_view id_view(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    const std::string text = std::string(prefix) + crypto::base62_encode(id_view) + '_' + crypto::base62_encode(secret);
    return text + '_' + checksum_of(text);
}

std::optional<ApiKeyText> ApiKeyText::parse(std::string_view text) {
    if (!text.starts_with(prefix)) return std::nullopt;
    const auto last = text.rfind('_');
    const auto middle = text.find('_', prefix.size());
    if (middle == std::string_view::npos || last <= middle) return std::nullopt;
    if (text.substr(last + 1) != checksum_of(text.substr(0, last))) return std::nullopt;
    const auto id = crypto::base62_decode(text.substr(prefix.size(), middle - prefix.size()), id_bytes);
    auto secret = crypto::base62_decode(text.substr(middle + 1, last - middle - 1), secret_bytes);
    if (!id || !secret) return std::nullopt;
    ApiKeyText key{{}, std::move(*secret)};
    std::copy(id->begin(), id->end(), key.id.bytes.begin());
    return key;
}

bool is_api_key_scope(std::string_view scope) {
    const auto colon = scope.find(':');
    if (colon == std::string_view::npos || colon == 0 || scope.size() > 64) return false;
    const std::string_view area = scope.substr(0, colon);
    const std::string_view action = scope.substr(colon + 1);
    if (action != "read" && action != "write") return false;
    const auto is_area_character = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return area == "*" || std::ranges::all_of(area, is_area_character);
}

bool may_call(const std::vector<std::string>& scopes, bool is_reading, std::string_view path) {
    const std::string_view area = area_of(path);
    if (area.empty()) return false;
    return std::ranges::any_of(scopes, [&](std::string_view scope) {
        const auto colon = scope.find(':');
        const std::string_view allowed = scope.substr(0, colon);
        const bool is_enough = is_reading || scope.substr(colon + 1) == "write";
        return is_enough && (allowed == "*" || allowed == area);
    });
}

bool is_address_block(std::string_view text) {
    boost::system::error_code error;
    const std::string block(text);
    if (block.find('/') == std::string::npos) {
        asio::ip::make_address(block, error);
        return !error;
    }
    asio::ip::make_network_v4(block, error);
    if (!error) return true;
    asio::ip::make_network_v6(block, error);
    return !error;
}

bool is_allowed_address(const std::vector<std::string>& blocks, const std::string& address) {
    if (blocks.empty()) return true;
    boost::system::error_code error;
    const auto caller = asio::ip::make_address(address, error);
    if (error) return false;
    return std::ranges::any_of(blocks, [&](const std::string& block) { return block_contains(block, caller); });
}

}  // namespace tt
