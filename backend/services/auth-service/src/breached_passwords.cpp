#include "services/auth-service/src/breached_passwords.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "shared/types/prelude.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>

namespace tt::auth {
namespace {

constexpr std::size_t prefix_digits = 5;
constexpr std::size_t line_limit_bytes = 64;  // 40 digits, a colon, a count

std::string upper_case(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - ('a' - 'A'));
    }
    return text;
}

bool is_hex(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
}

/// -1, 0, 1 as `line` sorts before, at or after `digits` (lower case); nothing for what is no line of such a file.
std::optional<int> order_of(std::string_view line, std::string_view digits) {
    if (line.size() < digits.size() || !is_hex(line.substr(0, digits.size()))) return std::nullopt;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const char c = platform::lower_ascii(line[i]);
        if (c != digits[i]) return c < digits[i] ? -1 : 1;
    }
    return 0;
}

}  // namespace

/// A file in the address space.
class BreachedPasswords::Mapping {
public:
    /// Nothing when it cannot be opened.
    static std::unique_ptr<const Mapping> open(const std::filesystem::path& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return nullptr;
        struct stat status{};
        void* begin = MAP_FAILED;
        if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
            begin = mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, file, 0);
        }
        ::close(file);
        if (begin == MAP_FAILED) return nullptr;
        const auto size = static_cast<std::size_t>(status.st_size);
        madvise(begin, size, MADV_RANDOM);
        return std::unique_ptr<const Mapping>(new Mapping({static_cast<const char*>(begin), size}));
    }
    ~Mapping() { munmap(const_cast<char*>(text_.data()), text_.size()); }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    /// Whether a line begins with `digits`; nothing when the file is not what it should be.
    std::optional<bool> has_line(std::string_view digits) const {
        std::size_t low = 0;  // beginning of a line
        std::size_t high = text_.size();
        while (low < high) {
            const std::size_t begin = line_begin(low + (high - low) / 2);
            // Bounded, so that a file of another kind is not read as a whole.
            const auto line = text_.substr(begin, line_limit_bytes);
            const std::size_t end = begin + std::min(line.find('\n'), line.size());
            const auto order = order_of(line, digits);
            if (!order) return std::nullopt;
            if (*order == 0) return true;
            if (*order < 0) {
                low = std::min(end + 1, text_.size());
            } else {
                high = begin;
            }
        }
        return false;
    }

private:
    explicit Mapping(std::string_view text) : text_(text) {}

    std::size_t line_begin(std::size_t at) const {
        if (at == 0) return 0;
        const std::size_t from = at - std::min(at, line_limit_bytes);
        const auto newline = text_.substr(from, at - from).rfind('\n');
        return newline == std::string_view::npos ? from : from + newline + 1;
    }

    std::string_view text_;
};

BreachedPasswords::BreachedPasswords(std::filesystem::path path) : path_(std::move(path)) {
    if (path_.empty() || std::filesystem::is_directory(path_)) return;
    whole_ = Mapping::open(path_);
    if (!whole_) warn("cannot be opened");
}

BreachedPasswords::~BreachedPasswords() = default;

void BreachedPasswords::warn(const char* what) const {
    std::call_once(warned_,
                   [&] { log::warn("breached_passwords_unavailable", {{"path", path_.string()}, {"problem", what}}); });
}

bool BreachedPasswords::search_folder(const std::string& digits) const {
    const auto range = Mapping::open(path_ / (upper_case(digits.substr(0, prefix_digits)) + ".txt"));
    if (!range) {
        warn("has no file for every range");
        return false;
    }
    const auto found = range->has_line(std::string_view(digits).substr(prefix_digits));
    if (!found) warn("holds a file that is no list of hashes");
    return found.value_or(false);
}

bool BreachedPasswords::contains(std::string_view password) const {
    if (path_.empty()) return false;
    const std::string digits = crypto::hex_encode(crypto::sha1(password));
    if (!whole_) return std::filesystem::is_directory(path_) && search_folder(digits);
    const auto found = whole_->has_line(digits);
    if (!found) warn("is no sorted list of hashes");
    return found.value_or(false);
}

}  // namespace tt::auth
