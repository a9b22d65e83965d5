#include "platform/restql/parse/media_type.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace platform::restql {
namespace {

using Kind = MediaType::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 16> names{{
    {"application/json", Kind::json},
    {"application/geo+json", Kind::geojson},
    {"text/csv", Kind::csv},
    {"text/plain", Kind::plain_text},
    {"text/xml", Kind::xml},
    {"application/openapi+json", Kind::openapi},
    {"application/x-www-form-urlencoded", Kind::form},
    {"application/octet-stream", Kind::octet_stream},
    {"*/*", Kind::any},
    {"application/vnd.pgrst.array+json", Kind::array_stripped},
    {"application/vnd.pgrst.array", Kind::array_stripped},
    {"application/vnd.pgrst.object+json", Kind::object},
    {"application/vnd.pgrst.object", Kind::object},
    {"application/vnd.pgrst.plan+json", Kind::plan},
    {"application/vnd.pgrst.plan+text", Kind::plan},
    {"application/vnd.pgrst.plan", Kind::plan},
}};

constexpr std::array<std::pair<std::string_view, bool MediaType::Explain::*>, 5> plan_options{{
    {"analyze", &MediaType::Explain::analyze},
    {"verbose", &MediaType::Explain::verbose},
    {"settings", &MediaType::Explain::settings},
    {"buffers", &MediaType::Explain::buffers},
    {"wal", &MediaType::Explain::wal},
}};

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// `type/subtype; key=value; key="value"` in parts; what comes after the first wrong parameter is ignored.
class MediaTypeReader {
public:
    explicit MediaTypeReader(std::string_view text) : rest_(text) {}

    /// "type/subtype" in lower case; empty for what is none.
    std::string name() {
        const auto type = take(".*");
        if (type.empty() || !take_char('/')) return {};
        const auto subtype = take(".*+-");
        return subtype.empty() ? std::string() : lower_ascii(type) + "/" + lower_ascii(subtype);
    }

    /// Names in lower case; of a repeated one the last value.
    std::map<std::string, std::string> parameters() {
        std::map<std::string, std::string> found;
        while (true) {
            skip_blanks();
            if (!take_char(';')) return found;
            skip_blanks();
            const auto key = take("-");
            skip_blanks();
            if (key.empty() || !take_char('=')) return found;
            skip_blanks();
            const auto value = this->value();
            if (!value) return found;
            found.insert_or_assign(lower_ascii(key), *value);
        }
    }

private:
    std::optional<std::string> value() {
        if (!rest_.starts_with('"')) {
            const auto text = take("|-");
            return text.empty() ? std::nullopt : std::optional(std::string(text));
        }
        const auto end = rest_.find('"', 1);
        if (end == std::string_view::npos) return std::nullopt;
        std::string text(rest_.substr(1, end - 1));
        rest_.remove_prefix(end + 1);
        return text;
    }

    /// Letters, digits and `others`.
    std::string_view take(std::string_view others) {
        const auto is_other = [&](char c) { return !is_alphanumeric(c) && others.find(c) == std::string_view::npos; };
        const auto end = std::ranges::find_if(rest_, is_other);
        const auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool take_char(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n\v\f"), rest_.size())); }

    std::string_view rest_;
};

/// The bytes of a header as Latin-1, so that any of them can stand in an answer.
std::string from_latin1(std::string_view text) {
    std::string utf8;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xc0u | byte >> 6u);
            utf8 += static_cast<char>(0x80u | (byte & 0x3fu));
        }
    }
    return utf8;
}

MediaType plan(std::string_view name, const std::map<std::string, std::string>& parameters) {
    MediaType type{.kind = Kind::plan};
    type.explain.is_json = name.ends_with("+json");
    const auto target = parameters.find("for");
    type.explained = std::make_shared<const MediaType>(
        parse_media_type(target == parameters.end() ? "application/json" : target->second));
    const auto options = parameters.find("options");
    if (options == parameters.end()) return type;
    const std::string listed = "|" + options->second + "|";
    for (const auto& [option, member] : plan_options) {
        type.explain.*member = listed.find("|" + std::string(option) + "|") != std::string::npos;
    }
    return type;
}

/// A q that is no number counts as 1.
double quality(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') return 1;
    double value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Accepted {
    std::string text;
    double quality;
    std::ptrdiff_t specificity;
    std::size_t index;
};

Accepted accepted(std::string_view text, std::size_t index) {
    std::string packed(text);
    std::erase(packed, ' ');
    const auto q = packed.find(";q=");
    auto type = packed.substr(0, q);
    const auto value = q == std::string::npos ? std::string_view() : std::string_view(packed).substr(q + 3);
    const auto specificity = std::ranges::count(type, ';') - std::ranges::count(type, '*');
    return {std::move(type), quality(value.substr(0, value.find(';'))), specificity, index};
}

}  // namespace

MediaType parse_media_type(std::string_view text) {
    MediaTypeReader reader(text);
    const auto name = reader.name();
    if (name == "application/x-ndjson") return {.kind = Kind::ndjson, .text = std::string(text)};
    const auto found = std::ranges::find(names, name, &std::pair<std::string_view, Kind>::first);
    if (found == names.end()) return {.kind = Kind::other, .text = from_latin1(text)};
    const auto parameters = reader.parameters();
    const auto nulls = parameters.find("nulls");
    const bool is_stripped = nulls != parameters.end() && nulls->second == "stripped";
    switch (found->second) {
        case Kind::plan:
            return plan(name, parameters);
        case Kind::array_stripped:
            return {.kind = is_stripped ? Kind::array_stripped : Kind::json};
        case Kind::object:
            return {.kind = is_stripped ? Kind::object_stripped : Kind::object};
        default:
            return {.kind = found->second};
    }
}

std::vector<MediaType> parse_accept(std::string_view header) {
    if (header.find_first_not_of(" \t") == std::string_view::npos) return {{.kind = Kind::any}};
    std::vector<Accepted> sent;
    while (true) {
        const auto comma = header.find(',');
        sent.push_back(accepted(header.substr(0, comma), sent.size()));
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    std::ranges::sort(sent, [](const Accepted& a, const Accepted& b) {
        return std::tuple(-a.quality, -a.specificity, a.index) < std::tuple(-b.quality, -b.specificity, b.index);
    });
    std::vector<MediaType> types;
    for (const auto& one : sent) types.push_back(parse_media_type(one.text));
    return types;
}

std::string mime(const MediaType& type) {
    switch (type.kind) {
        case Kind::other:
            return type.text;
        case Kind::ndjson:
            return "application/x-ndjson";
        case Kind::array_stripped:
            return "application/vnd.pgrst.array+json;nulls=stripped";
        case Kind::object_stripped:
            return "application/vnd.pgrst.object+json;nulls=stripped";
        case Kind::plan:
            break;
        default:
            return std::string(std::ranges::find(names, type.kind, &std::pair<std::string_view, Kind>::second)->first);
    }
    std::string text = type.explain.is_json ? "application/vnd.pgrst.plan+json" : "application/vnd.pgrst.plan+text";
    text += "; for=\"" + (type.explained ? mime(*type.explained) : "application/json") + "\"";
    std::string options;
    for (const auto& [option, member] : plan_options) {
        if (type.explain.*member) options.append(options.empty() ? "; options=" : "|").append(option);
    }
    return text + options;
}

std::string content_type(const MediaType& type) {
    const bool is_bare = type.kind == Kind::octet_stream || type.kind == Kind::other;
    return mime(type) + (is_bare ? "" : "; charset=utf-8");
}

}  // namespace platform::restql
