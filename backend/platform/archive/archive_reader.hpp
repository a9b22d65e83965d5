#pragma once

#include "platform/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::archive {

/// What an archive of somebody else may cost us. The defaults fit a course with its videos.
struct Limits {
    std::size_t max_entries = 20'000;               ///< files and folders; the largest real course seen has 3,000
    std::uint64_t max_total_bytes = 4ULL << 30;     ///< unpacked, all files together
    std::uint64_t max_file_bytes = 1ULL << 30;      ///< unpacked, one file
    std::uint64_t max_ratio = 100;                  ///< unpacked : packed; text packs 3-20 times, bombs 1000 times
    std::uint64_t ratio_floor_bytes = 32ULL << 20;  ///< below this size the ratio is not judged
    std::size_t max_depth = 24;                     ///< folders in folders
    std::size_t max_name_bytes = 240;               ///< of one path component; ext4 allows 255
};

struct ExtractedFile {
    std::string path;  ///< relative, normalised, with '/'
    std::uint64_t bytes = 0;
};

struct Extracted {
    std::vector<ExtractedFile> files;
    std::uint64_t total_bytes = 0;
};

/// Called with the share of the packed file that has been read, 0..1.
using Progress = std::function<void(double)>;

/// Unpacks a tar, tar.gz or zip file into `target`, which must be an empty folder of ours. Blocking.
///
/// Only plain files and folders with ordinary relative names come out, with mode 0600/0700. On an error the folder may
/// hold some files; the caller removes it.
/// Errors (unprocessable): archive_unreadable (not an archive, cut off, checksum), archive_unsafe_entry (links,
/// devices, absolute paths, .., duplicate or unusable names, encrypted), archive_too_large (any limit).
Result<Extracted> extract(const std::filesystem::path& archive, const std::filesystem::path& target,
                          const Limits& limits = {}, const Progress& progress = {});

/// The name as we store it, without "./" and doubled slashes.
/// Errors: archive_unsafe_entry with the reason in words.
Result<std::string> safe_entry_name(std::string_view name, const Limits& limits = {});

}  // namespace platform::archive
