#include "platform/archive/archive_reader.hpp"

#include "platform/archive/utf8_locale.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace platform::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t read_block_bytes = 128 * 1024;

Error refused(std::string_view reason, std::string message) {
    return Error{Code::unprocessable, std::string(reason), std::move(message)};
}

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20) + " MiB";
}

struct FreeReader {
    void operator()(struct archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<struct archive, FreeReader>;

Reader make_reader() {
    Reader reader(archive_read_new());
    if (!reader) throw std::bad_alloc();
    // Only what an import accepts: fewer parsers, smaller surface.
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_zip(reader.get());
    return reader;
}

class OutputFile {
public:
    /// O_EXCL refuses what is already there, O_NOFOLLOW what would lead elsewhere.
    explicit OutputFile(const fs::path& path)
        : path_(path), fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) {
        if (fd_ < 0) fail("create");
    }
    ~OutputFile() { ::close(fd_); }
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("write");
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

private:
    [[noreturn]] void fail(const char* what) const {
        throw std::system_error(errno, std::generic_category(), std::string(what) + " " + path_.string());
    }

    fs::path path_;
    int fd_;
};

class Extraction {
public:
    Extraction(const fs::path& source, fs::path target, const Limits& limits, const Progress& progress)
        : source_(source),
          target_(std::move(target)),
          limits_(limits),
          progress_(progress),
          packed_bytes_(fs::file_size(source)) {}

    Result<Extracted> run() {
        if (archive_read_open_filename(reader_.get(), source_.c_str(), read_block_bytes) != ARCHIVE_OK)
            return unreadable();
        for (;;) {
            struct archive_entry* entry = nullptr;
            const int status = archive_read_next_header(reader_.get(), &entry);
            if (status == ARCHIVE_EOF) break;
            // A warning is about a name or time that could not be converted; safe_entry_name judges the name.
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return unreadable();
            if (const auto done = take(entry); !done) return done.error();
            report_progress();
        }
        if (entries_ == 0)
            return refused("archive_unreadable", "The file holds no entries; expected a .tar.gz or .zip archive.");
        return std::move(result_);
    }

private:
    Error unreadable() const {
        const char* detail = archive_error_string(reader_.get());
        return refused("archive_unreadable", "The file is damaged or is not a .tar.gz or .zip archive: " +
                                                 std::string(detail != nullptr ? detail : "unknown format") + ".");
    }

    static Error unsafe(const std::string& name, std::string_view why) {
        return refused("archive_unsafe_entry", "The archive holds \"" + name + "\": " + std::string(why) + ".");
    }

    Result<void> take(struct archive_entry* entry) {
        if (++entries_ > limits_.max_entries) {
            return refused("archive_too_large",
                           "The archive holds more than " + std::to_string(limits_.max_entries) + " entries.");
        }
        const char* raw = archive_entry_pathname(entry);
        auto name = safe_entry_name(raw != nullptr ? raw : "", limits_);
        if (!name) return name.error();
        if (const auto kind = check_kind(entry, *name); !kind) return kind;
        const bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
        if (name->empty()) return is_folder ? Result<void>{} : Result<void>{unsafe(raw, "a file without a name")};
        if (is_folder) return make_folder(*name);
        if (!files_.insert(*name).second || folders_.contains(*name)) return unsafe(*name, "the same name twice");
        if (const auto parents = make_parents(*name); !parents) return parents;
        return write_file(std::move(*name));
    }

    Result<void> check_kind(struct archive_entry* entry, const std::string& name) const {
        if (archive_entry_hardlink(entry) != nullptr) return unsafe(name, "a hard link");
        if (archive_entry_symlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK)
            return unsafe(name, "a symbolic link");
        if (archive_entry_is_encrypted(entry) != 0) return unsafe(name, "an encrypted entry");
        const auto type = archive_entry_filetype(entry);
        if (type != AE_IFREG && type != AE_IFDIR) return unsafe(name, "a device, pipe or socket");
        if (archive_entry_sparse_count(entry) > 0) return unsafe(name, "a sparse file");
        if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0 &&
            static_cast<std::uint64_t>(archive_entry_size(entry)) > limits_.max_file_bytes) {
            return file_too_large(name);
        }
        return {};
    }

    Error file_too_large(const std::string& name) const {
        return refused("archive_too_large",
                       "\"" + name + "\" is larger than " + mebibytes(limits_.max_file_bytes) + ".");
    }

    /// A folder may be listed twice; a file and a folder may not share a name.
    Result<void> make_folder(const std::string& name) {
        if (files_.contains(name)) return unsafe(name, "a file and a folder of the same name");
        if (const auto parents = make_parents(name); !parents) return parents;
        if (folders_.insert(name).second) fs::create_directory(target_ / name);
        return {};
    }

    Result<void> make_parents(const std::string& name) {
        for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
            const std::string folder = name.substr(0, slash);
            if (files_.contains(folder)) return unsafe(name, "a file and a folder of the same name");
            if (folders_.insert(folder).second) fs::create_directory(target_ / folder);
        }
        return {};
    }

    Result<void> write_file(std::string name) {
        const OutputFile output(target_ / name);
        std::uint64_t bytes = 0;
        std::array<char, read_block_bytes> buffer;
        for (;;) {
            const la_ssize_t count = archive_read_data(reader_.get(), buffer.data(), buffer.size());
            if (count == 0) break;
            if (count < 0) return unreadable();
            bytes += static_cast<std::uint64_t>(count);
            result_.total_bytes += static_cast<std::uint64_t>(count);
            if (bytes > limits_.max_file_bytes) return file_too_large(name);
            if (const auto room = check_total(); !room) return room;
            output.write_all({buffer.data(), static_cast<std::size_t>(count)});
        }
        result_.files.push_back({std::move(name), bytes});
        return {};
    }

    Result<void> check_total() const {
        if (result_.total_bytes > limits_.max_total_bytes) {
            return refused("archive_too_large",
                           "The archive unpacks to more than " + mebibytes(limits_.max_total_bytes) + ".");
        }
        const bool is_bomb = result_.total_bytes > limits_.ratio_floor_bytes &&
                             result_.total_bytes / limits_.max_ratio > std::max<std::uint64_t>(packed_bytes_, 1);
        if (is_bomb) {
            return refused("archive_too_large", "The archive unpacks to more than " +
                                                    std::to_string(limits_.max_ratio) +
                                                    " times its size, as only bombs do.");
        }
        return {};
    }

    void report_progress() const {
        if (!progress_ || packed_bytes_ == 0) return;
        const auto read = static_cast<double>(archive_filter_bytes(reader_.get(), -1));
        progress_(std::min(1.0, read / static_cast<double>(packed_bytes_)));
    }

    const fs::path& source_;
    fs::path target_;
    const Limits& limits_;
    const Progress& progress_;
    std::uint64_t packed_bytes_;
    Reader reader_ = make_reader();
    std::size_t entries_ = 0;
    std::unordered_set<std::string> files_;
    std::unordered_set<std::string> folders_;
    Extracted result_;
};

}  // namespace

Result<Extracted> extract(const fs::path& archive, const fs::path& target, const Limits& limits,
                          const Progress& progress) {
    const Utf8Locale utf8;
    return Extraction(archive, target, limits, progress).run();
}

}  // namespace platform::archive
