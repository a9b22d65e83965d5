#pragma once

#include "platform/core/task.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace platform::storage {

struct StoredObject {
    std::string key;  ///< SHA-256 of the content, 64 lower-case hexadecimal characters
    std::string content_type;
    std::uint64_t bytes = 0;
    bool created = false;  ///< false: the same content was already stored
};

/// A stored object as a file that a range of can be sent from.
struct OpenObject {
    std::filesystem::path path;
    std::uint64_t bytes = 0;
};

/// Immutable objects named by their content. The content type belongs to whoever refers to the object (a table row);
/// drivers that want it at upload (S3) get it here.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    /// Copies the file in. The object is either wholly there or not there at all, also after a crash.
    virtual Task<StoredObject> put_file(std::filesystem::path file, std::string content_type) = 0;
    virtual Task<StoredObject> put_bytes(std::string bytes, std::string content_type) = 0;
    /// Empty when there is no such object, also for text that is no key at all.
    virtual Task<std::optional<OpenObject>> open(std::string key) = 0;
    /// True when something was removed.
    virtual Task<bool> remove(std::string key) = 0;
};

}  // namespace platform::storage
