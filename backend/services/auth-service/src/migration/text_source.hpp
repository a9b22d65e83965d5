#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>

namespace tt::auth {

/// A file character by character, with its line numbers.
class TextSource {
public:
    static constexpr int end = -1;

    /// Throws std::runtime_error when it cannot be opened. A byte order mark is skipped.
    explicit TextSource(const std::filesystem::path& path);

    /// The next character, or `end`; it stays.
    int peek() { return file_.sgetc(); }
    /// The next character, or `end`.
    int take() {
        const int c = file_.sbumpc();
        if (c == '\n') ++line_;
        return c;
    }
    /// Takes the next character if it is this one.
    bool take_if(char wanted) {
        if (peek() != static_cast<unsigned char>(wanted)) return false;
        take();
        return true;
    }
    void skip_line();
    std::uint64_t line() const { return line_; }

private:
    std::array<char, 256 * 1024> buffer_;
    std::filebuf file_;
    std::uint64_t line_ = 1;
};

}  // namespace tt::auth
