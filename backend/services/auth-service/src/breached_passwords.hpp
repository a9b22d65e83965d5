#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tt::auth {

/// SHA-1 hashes of passwords that were found in leaks, in the form Have I Been Pwned publishes them: lines
/// `<40 hex digits>:<count>` in ascending order (one file of tens of gigabytes), or a folder of range files `ABCDE.txt`
/// with lines `<the other 35 digits>:<count>`. The file is mapped, never read as a whole; a look-up touches about 35
/// pages of it.
///
/// Never in the way: what cannot be opened or searched is logged once and counts as not breached. Thread-safe.
class BreachedPasswords {
public:
    /// Nothing is checked when `path` is empty.
    explicit BreachedPasswords(std::filesystem::path path);
    ~BreachedPasswords();
    BreachedPasswords(const BreachedPasswords&) = delete;
    BreachedPasswords& operator=(const BreachedPasswords&) = delete;

    bool is_enabled() const { return !path_.empty(); }
    /// May wait for the disk: not on an io thread.
    bool contains(std::string_view password) const;

private:
    class Mapping;
    bool search_folder(const std::string& digits) const;
    void warn(const char* what) const;

    std::filesystem::path path_;
    std::unique_ptr<const Mapping> whole_;
    mutable std::once_flag warned_;
};

}  // namespace tt::auth
