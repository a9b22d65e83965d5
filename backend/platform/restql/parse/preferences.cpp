#include "platform/restql/parse/preferences.hpp"

#include "platform/core/text.hpp"

#include <array>
#include <charconv>
#include <span>
#include <string_view>
#include <utility>

namespace platform::restql {
namespace {

template <class Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<Resolution>, 2> resolutions{
    {{"resolution=merge-duplicates", Resolution::merge_duplicates},
     {"resolution=ignore-duplicates", Resolution::ignore_duplicates}}};
constexpr std::array<Word<Missing>, 2> missings{
    {{"missing=default", Missing::use_default}, {"missing=null", Missing::use_null}}};
constexpr std::array<Word<Return>, 3> returns{{{"return=representation", Return::representation},
                                               {"return=minimal", Return::minimal},
                                               {"return=headers-only", Return::headers_only}}};
constexpr std::array<Word<Count>, 3> counts{
    {{"count=exact", Count::exact}, {"count=planned", Count::planned}, {"count=estimated", Count::estimated}}};
constexpr std::array<Word<TxEnd>, 2> tx_ends{{{"tx=commit", TxEnd::commit}, {"tx=rollback", TxEnd::rollback}}};
constexpr std::array<Word<Handling>, 2> handlings{
    {{"handling=strict", Handling::strict}, {"handling=lenient", Handling::lenient}}};

constexpr std::string_view timezone_prefix = "timezone=";
constexpr std::string_view max_affected_prefix = "max-affected=";

/// Whether `text` is one of `words`; the first found decides.
template <class Value, std::size_t size>
bool read(std::string_view text, const std::array<Word<Value>, size>& words, std::optional<Value>& found) {
    for (const auto& [word, value] : words) {
        if (text != word) continue;
        if (!found) found = value;
        return true;
    }
    return false;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

class PreferReader {
public:
    explicit PreferReader(bool may_override_tx) : may_override_tx_(may_override_tx) {}

    void header(std::string_view value) {
        while (true) {
            const auto comma = value.find(',');
            preference(trimmed(value.substr(0, comma), " \t\r\n\v\f"));
            if (comma == std::string_view::npos) return;
            value.remove_prefix(comma + 1);
        }
    }

    Preferences take() && {
        if (!may_override_tx_) preferences_.tx.reset();
        return std::move(preferences_);
    }

private:
    void preference(std::string_view text) {
        auto& all = preferences_;
        const bool is_word = read(text, resolutions, all.resolution) || read(text, missings, all.missing) ||
                             read(text, returns, all.returns) || read(text, counts, all.count) ||
                             read(text, tx_ends, all.tx) || read(text, handlings, all.handling);
        if (is_word) return;
        if (text.starts_with(timezone_prefix)) {
            if (!all.timezone) all.timezone = text.substr(timezone_prefix.size());
        } else if (text.starts_with(max_affected_prefix)) {
            // A first one that is no number still hides the others.
            if (!has_max_affected_) all.max_affected = number(text.substr(max_affected_prefix.size()));
            has_max_affected_ = true;
        } else {
            all.invalid.emplace_back(text);
        }
    }

    bool may_override_tx_;
    bool has_max_affected_ = false;
    Preferences preferences_{};
};

template <class Value, std::size_t size>
void append(std::string& text, const std::array<Word<Value>, size>& words, const std::optional<Value>& applied) {
    for (const auto& [word, value] : words) {
        if (applied == value) text.append(text.empty() ? "" : ", ").append(word);
    }
}

}  // namespace

Preferences parse_preferences(const http::Headers& headers, bool may_override_tx) {
    PreferReader reader(may_override_tx);
    for (const auto value : headers.all("Prefer")) {
        if (!value.empty()) reader.header(value);
    }
    return std::move(reader).take();
}

std::string preference_applied(const Preferences& applied) {
    std::string text;
    append(text, resolutions, applied.resolution);
    append(text, missings, applied.missing);
    append(text, returns, applied.returns);
    append(text, counts, applied.count);
    append(text, tx_ends, applied.tx);
    append(text, handlings, applied.handling);
    const auto add = [&](std::string_view prefix, const std::string& value) {
        text.append(text.empty() ? "" : ", ").append(prefix).append(value);
    };
    if (applied.timezone) add(timezone_prefix, *applied.timezone);
    if (applied.max_affected && applied.is_strict()) add(max_affected_prefix, std::to_string(*applied.max_affected));
    return text;
}

}  // namespace platform::restql
