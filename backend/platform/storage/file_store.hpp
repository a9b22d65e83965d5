#pragma once

#include "platform/core/runtime.hpp"
#include "platform/storage/object_store.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace platform::storage {

/// Content-addressed directory: root/ab/cd/abcd….; writes go to root/tmp, are fsynced and renamed into place.
/// Blocking; for command line tools, jobs on a thread pool and FileStore.
class FileDirectory {
public:
    /// Creates the directory when it is missing (mode 0700).
    explicit FileDirectory(std::filesystem::path root);

    StoredObject put_file(const std::filesystem::path& file, std::string content_type) const;
    StoredObject put_bytes(std::string_view bytes, std::string content_type) const;
    std::optional<OpenObject> open(std::string_view key) const;
    bool remove(std::string_view key) const;

    /// Removes what writers that were killed left in root/tmp and that is older than `age`. Returns the number of
    /// files.
    std::size_t remove_abandoned(std::chrono::seconds age) const;

private:
    std::filesystem::path path_of(std::string_view key) const;

    std::filesystem::path root_;
};

/// The file driver of ObjectStore: FileDirectory with its slow half on the CPU pool.
class FileStore final : public ObjectStore {
public:
    FileStore(std::filesystem::path root, Runtime& runtime);

    Task<StoredObject> put_file(std::filesystem::path file, std::string content_type) override;
    Task<StoredObject> put_bytes(std::string bytes, std::string content_type) override;
    Task<std::optional<OpenObject>> open(std::string key) override;
    Task<bool> remove(std::string key) override;

    /// For code that already runs on a thread that may block.
    const FileDirectory& directory() const { return directory_; }

private:
    FileDirectory directory_;
    Runtime& runtime_;
};

/// 64 lower-case hexadecimal characters.
bool is_object_key(std::string_view text);

}  // namespace platform::storage
