#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

/// A media type as the data API knows it (data-api.md §1.9).
struct MediaType {
    enum class Kind : std::uint8_t {
        json,
        geojson,
        csv,
        plain_text,
        xml,
        openapi,
        form,
        octet_stream,
        any,
        array_stripped,  ///< application/vnd.pgrst.array+json;nulls=stripped
        object,          ///< application/vnd.pgrst.object+json
        object_stripped,
        plan,    ///< application/vnd.pgrst.plan
        ndjson,  ///< beyond PostgREST; only where the options allow it
        other,   ///< text holds it
    };
    struct Explain {
        bool is_json = false;
        bool analyze = false, verbose = false, settings = false, buffers = false, wal = false;
        bool operator==(const Explain&) const = default;
    };

    Kind kind = Kind::json;
    std::string text{};                            ///< Kind::other, Kind::ndjson: as sent
    Explain explain{};                             ///< Kind::plan
    std::shared_ptr<const MediaType> explained{};  ///< Kind::plan: the type named by for="…"

    bool is_object() const { return kind == Kind::object || kind == Kind::object_stripped; }
};

/// Parameters are read for the vendored types only; what is no media type at all is Kind::other.
MediaType parse_media_type(std::string_view text);
/// The Accept header's types, best quality first, among equals the one with more parameters and fewer stars, then in
/// the order sent; `*/*` for an empty header.
std::vector<MediaType> parse_accept(std::string_view header);

/// "application/json", without charset.
std::string mime(const MediaType& type);
/// With "; charset=utf-8" where upstream sends it: everything but octet-stream and other types.
std::string content_type(const MediaType& type);

}  // namespace platform::restql
