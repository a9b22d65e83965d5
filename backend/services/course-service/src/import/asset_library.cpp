#include "services/course-service/src/import/asset_library.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <fstream>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace tt::course::import {
namespace {

constexpr std::uint64_t max_text_bytes = 16U << 20;  // captions of a whole day are below 2 MiB

}  // namespace

FileType file_type_of(std::string_view file_name) {
    static constexpr FileType unknown{"application/octet-stream", "document"};
    static const std::unordered_map<std::string_view, FileType> table{
        {"png", {"image/png", "image"}},
        {"jpg", {"image/jpeg", "image"}},
        {"jpeg", {"image/jpeg", "image"}},
        {"gif", {"image/gif", "image"}},
        {"webp", {"image/webp", "image"}},
        {"avif", {"image/avif", "image"}},
        {"svg", {"image/svg+xml", "image"}},
        {"mp4", {"video/mp4", "video"}},
        {"m4v", {"video/mp4", "video"}},
        {"webm", {"video/webm", "video"}},
        {"ogv", {"video/ogg", "video"}},
        {"mp3", {"audio/mpeg", "audio"}},
        {"m4a", {"audio/mp4", "audio"}},
        {"ogg", {"audio/ogg", "audio"}},
        {"oga", {"audio/ogg", "audio"}},
        {"wav", {"audio/wav", "audio"}},
        {"vtt", {"text/vtt", "caption"}},
        {"srt", {"application/x-subrip", "caption"}},
        {"sjson", {"application/json", "caption"}},
        {"pdf", {"application/pdf", "document"}},
        {"txt", {"text/plain", "document"}},
        {"csv", {"text/csv", "document"}},
        {"json", {"application/json", "document"}},
        {"html", {"text/html", "document"}},
        {"htm", {"text/html", "document"}},
        {"docx", {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document"}},
        {"xlsx", {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document"}},
        {"pptx", {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "document"}},
        {"zip", {"application/zip", "archive"}},
        {"gz", {"application/gzip", "archive"}},
    };
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return unknown;
    const std::string extension = lower_ascii(file_name.substr(dot + 1));
    const auto found = table.find(extension);
    return found == table.end() ? unknown : found->second;
}

AssetLibrary::AssetLibrary(const storage::FileDirectory& store, std::string course_key)
    : store_(store), course_key_(std::move(course_key)) {}

void AssetLibrary::add_file(const std::filesystem::path& file, const std::string& name) {
    const FileType type = file_type_of(name);
    add("static/" + name, reference_name(name), store_.put_file(file, std::string(type.content_type)), type);
}

std::string AssetLibrary::add_bytes(const std::string& name, std::string_view bytes, FileType type) {
    std::string file_name = reference_name(name.substr(name.rfind('/') + 1));
    return add(name, std::move(file_name), store_.put_bytes(bytes, std::string(type.content_type)), type);
}

std::optional<std::string> AssetLibrary::read_text(const AssetDraft& asset) const {
    const auto object = store_.open(asset.storage_key);
    if (!object || object->bytes > max_text_bytes) return std::nullopt;
    std::ifstream file(object->path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string AssetLibrary::add(const std::string& name, std::string file_name, storage::StoredObject object,
                              FileType type) {
    AssetDraft asset;
    asset.key = "olx:" + course_key_ + ":" + name;
    asset.kind = type.kind;
    asset.storage_key = object.key;
    asset.file_name = std::move(file_name);
    asset.content_type = object.content_type;
    asset.bytes = static_cast<std::int64_t>(object.bytes);
    asset.sha256_hex = object.key;
    const std::string key = asset.key;
    if (by_key_.emplace(key, assets_.size()).second) {
        by_reference_.emplace(asset.file_name, assets_.size());
        assets_.push_back(std::move(asset));
    }
    return key;
}

const AssetDraft* AssetLibrary::find(std::string_view name) const {
    const auto found = by_reference_.find(reference_name(percent_decode(name)));
    return found == by_reference_.end() ? nullptr : &assets_[found->second];
}

AssetDraft& AssetLibrary::at(const std::string& asset_key) {
    return assets_[by_key_.at(asset_key)];
}

std::string AssetLibrary::url_of(const AssetDraft& asset) {
    return "/media/" + asset.storage_key + "/" + asset.file_name;
}

}  // namespace tt::course::import
