#pragma once

#include "platform/storage/file_store.hpp"
#include "services/course-service/src/domain/course_draft.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::course::import {

/// Content type and asset kind by file extension: our own table, never the archive's word (gateway-security F, S130).
struct FileType {
    std::string_view content_type;
    std::string_view kind;  ///< image | video | audio | document | caption | archive
};
FileType file_type_of(std::string_view file_name);

/// Puts the files of one course into the object store and remembers them as the draft's assets. What is stored for an
/// import that then fails is harmless: objects are named by content and the next try finds them again. Blocking.
class AssetLibrary {
public:
    /// `course_key` makes the asset keys of different courses differ.
    AssetLibrary(const storage::FileDirectory& store, std::string course_key);

    /// `name` as in the archive below static/.
    void add_file(const std::filesystem::path& file, const std::string& name);
    /// A file we made ourselves (captions, addresses of films elsewhere). `name` is "folder/file". Returns its asset
    /// key.
    std::string add_bytes(const std::string& name, std::string_view bytes, FileType type);
    /// Content of a small text asset; empty when it is larger than 16 MiB.
    std::optional<std::string> read_text(const AssetDraft& asset) const;

    /// The asset that a name or reference of the source means: "a b.png", "a_b.png", "static/a b.png", …
    const AssetDraft* find(std::string_view reference_name) const;
    AssetDraft& at(const std::string& asset_key);

    /// /media/{storage_key}/{file_name}, unsigned.
    static std::string url_of(const AssetDraft& asset);

    std::vector<AssetDraft> take() { return std::move(assets_); }

private:
    std::string add(const std::string& name, std::string file_name, storage::StoredObject object, FileType type);

    const storage::FileDirectory& store_;
    std::string course_key_;
    std::vector<AssetDraft> assets_;
    std::map<std::string, std::size_t> by_key_;
    std::map<std::string, std::size_t, std::less<>> by_reference_;
};

}  // namespace tt::course::import
