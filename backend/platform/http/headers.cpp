#include "platform/http/headers.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace platform::http {
namespace {

/// A line break in a value would start a field of the attacker's choice.
void require_safe(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            throw std::invalid_argument("http: control byte in a header field");
        }
    }
}

}  // namespace

bool iequals(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower_ascii(a[i]) != lower_ascii(b[i])) return false;
    }
    return true;
}

bool has_token(std::string_view list, std::string_view token) {
    while (true) {
        const auto comma = list.find(',');
        if (iequals(trimmed(list.substr(0, comma), " \t"), token)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
}

Headers::Headers(std::initializer_list<Field> fields) {
    for (const auto& [name, value] : fields) add(name, value);
}

Headers::Field Headers::operator[](std::size_t index) const {
    const Entry& entry = entries_[index];
    const std::string_view text(text_);
    return {text.substr(entry.offset, entry.name_size), text.substr(entry.offset + entry.name_size, entry.value_size)};
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].name_size != name.size()) continue;
        const auto [key, value] = (*this)[i];
        if (iequals(key, name)) return value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    std::size_t count = 0;
    for (const auto [key, value] : *this) count += iequals(key, name) ? 1 : 0;
    return count;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto [key, value] : *this) {
        if (iequals(key, name)) values.push_back(value);
    }
    return values;
}

void Headers::add(std::string_view name, std::string_view value) {
    require_safe(name);
    require_safe(value);
    const auto offset = text_.size();
    const auto is_inside = [this](std::string_view text) {
        return text.data() >= text_.data() && text.data() < text_.data() + text_.size();
    };
    if (is_inside(name) || is_inside(value)) {  // growing the buffer would pull it away under the argument
        const std::string name_copy(name);
        const std::string value_copy(value);
        text_ += name_copy;
        text_ += value_copy;
    } else {
        text_ += name;
        text_ += value;
    }
    entries_.push_back({static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(name.size()),
                        static_cast<std::uint32_t>(value.size())});
}

void Headers::set(std::string_view name, std::string_view value) {
    const std::size_t before = entries_.size();
    add(name, value);
    if (before == 0) return;
    const Entry added = entries_.back();
    entries_.pop_back();
    const std::string_view key(text_.data() + added.offset, added.name_size);
    remove(key);
    entries_.push_back(added);
}

void Headers::remove(std::string_view name) {
    std::erase_if(entries_, [&](const Entry& entry) {
        return entry.name_size == name.size() &&
               iequals(std::string_view(text_).substr(entry.offset, entry.name_size), name);
    });
}

void Headers::clear() {
    text_.clear();
    entries_.clear();
}

}  // namespace platform::http
