#include "platform/storage/file_store.hpp"

#include "platform/core/sha256.hpp"
#include "platform/core/uuid.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace platform::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t copy_buffer_bytes = 256 * 1024;  // large enough that a system call per piece costs nothing

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
    throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

class File {
public:
    File(const fs::path& path, int flags, mode_t mode = 0)
        : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (fd_ < 0) fail("open", path_);
    }
    ~File() { ::close(fd_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    std::string_view read_some(std::span<char> buffer) const {
        for (;;) {
            const ssize_t count = ::read(fd_, buffer.data(), buffer.size());
            if (count >= 0) return {buffer.data(), static_cast<std::size_t>(count)};
            if (errno != EINTR) fail("read", path_);
        }
    }
    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("write", path_);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void sync() const {
        if (::fsync(fd_) != 0) fail("fsync", path_);
    }

private:
    fs::path path_;
    int fd_;
};

/// A file under tmp/ that disappears unless it was moved to its final name.
class PendingFile {
public:
    explicit PendingFile(const fs::path& folder)
        : path_(folder / to_string(uuid_v4())), file_(path_, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600) {}
    ~PendingFile() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    const File& file() const { return file_; }

    /// The content must be on disk before the name is, or a crash leaves a good name on an empty file.
    void move_to(const fs::path& target) {
        file_.sync();
        fs::create_directories(target.parent_path());
        if (::rename(path_.c_str(), target.c_str()) != 0) fail("rename", target);
        path_.clear();
        const File folder(target.parent_path(), O_RDONLY | O_DIRECTORY);
        folder.sync();
    }

private:
    fs::path path_;
    File file_;
};

}  // namespace

bool is_object_key(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

FileDirectory::FileDirectory(fs::path root) : root_(std::move(root)) {
    fs::create_directories(root_ / "tmp");
    fs::permissions(root_, fs::perms::owner_all);
}

fs::path FileDirectory::path_of(std::string_view key) const {
    return root_ / key.substr(0, 2) / key.substr(2, 2) / key;
}

StoredObject FileDirectory::put_file(const fs::path& file, std::string content_type) const {
    const File source(file, O_RDONLY | O_NOFOLLOW);
    PendingFile pending(root_ / "tmp");
    Sha256 hash;
    std::uint64_t bytes = 0;
    std::vector<char> buffer(copy_buffer_bytes);
    for (auto piece = source.read_some(buffer); !piece.empty(); piece = source.read_some(buffer)) {
        hash.update(piece);
        pending.file().write_all(piece);
        bytes += piece.size();
    }
    StoredObject object{to_hex(hash.finish()), std::move(content_type), bytes, false};
    if (!open(object.key)) {
        pending.move_to(path_of(object.key));
        object.created = true;
    }
    return object;
}

StoredObject FileDirectory::put_bytes(std::string_view bytes, std::string content_type) const {
    StoredObject object{sha256_hex(bytes), std::move(content_type), bytes.size(), false};
    if (!open(object.key)) {
        PendingFile pending(root_ / "tmp");
        pending.file().write_all(bytes);
        pending.move_to(path_of(object.key));
        object.created = true;
    }
    return object;
}

std::optional<OpenObject> FileDirectory::open(std::string_view key) const {
    if (!is_object_key(key)) return std::nullopt;
    const fs::path path = path_of(key);
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        fail("stat", path);
    }
    if (!S_ISREG(info.st_mode)) return std::nullopt;
    return OpenObject{path, static_cast<std::uint64_t>(info.st_size)};
}

bool FileDirectory::remove(std::string_view key) const {
    return is_object_key(key) && fs::remove(path_of(key));
}

std::size_t FileDirectory::remove_abandoned(std::chrono::seconds age) const {
    const auto oldest = fs::file_time_type::clock::now() - age;
    std::size_t removed = 0;
    for (const auto& entry : fs::directory_iterator(root_ / "tmp")) {
        std::error_code ignored;  // another process may be cleaning up as well
        if (entry.last_write_time(ignored) < oldest && fs::remove(entry.path(), ignored)) ++removed;
    }
    return removed;
}

FileStore::FileStore(fs::path root, Runtime& runtime) : directory_(std::move(root)), runtime_(runtime) {}

Task<StoredObject> FileStore::put_file(fs::path file, std::string content_type) {
    const auto work = [this, &file, &content_type] { return directory_.put_file(file, content_type); };
    co_return co_await runtime_.on_cpu(work);
}

Task<StoredObject> FileStore::put_bytes(std::string bytes, std::string content_type) {
    const auto work = [this, &bytes, &content_type] { return directory_.put_bytes(bytes, content_type); };
    co_return co_await runtime_.on_cpu(work);
}

// One stat() of a local file is cheaper than the hop to another thread and back.
Task<std::optional<OpenObject>> FileStore::open(std::string key) {
    co_return directory_.open(key);
}

Task<bool> FileStore::remove(std::string key) {
    co_return directory_.remove(key);
}

}  // namespace platform::storage
