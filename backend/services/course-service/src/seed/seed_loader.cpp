#include "services/course-service/src/seed/seed_loader.hpp"

#include "platform/log/log.hpp"
#include "services/course-service/src/domain/check_draft.hpp"
#include "services/course-service/src/seed/draft_json.hpp"

#include <fstream>
#include <set>
#include <sstream>

namespace tt::course {

namespace {

constexpr std::string_view asset_scheme = "asset:";

Error unreadable(const std::string& what) {
    return {Code::unprocessable, "seed_unreadable", what};
}

Result<std::string> read_text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return unreadable("cannot read " + file.string());
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

Result<CourseDraft> read_draft(const std::filesystem::path& folder) {
    const auto text = read_text(folder / "course.json");
    if (!text) return text.error();
    auto draft = json::parse<CourseDraft>(*text);
    if (draft) return draft;
    std::string what = folder.string() + "/course.json: " + draft.error().message;
    for (const auto& field : draft.error().fields) what += " " + field.pointer + ": " + field.detail + ";";
    return unreadable(what);
}

/// Turns what an author wrote into what the writer takes: files read, keys made unique, addresses filled in.
class SeedResolver {
public:
    SeedResolver(std::filesystem::path folder, CourseDraft& draft) : folder_(std::move(folder)), draft_(draft) {}

    Result<void> run() {
        for (auto& asset : draft_.assets)
            addresses_.emplace(asset.key, "/media/" + asset.storage_key + "/" + asset.key);
        for (auto& module : draft_.modules) resolve_module(module);
        for (auto& asset : draft_.assets) {
            asset.key = asset_key(asset.key);
            for (auto& caption : asset.captions) caption.track_asset_key = asset_key(caption.track_asset_key);
        }
        if (draft_.thumbnail_asset_key) draft_.thumbnail_asset_key = asset_key(*draft_.thumbnail_asset_key);
        if (!fault_.empty()) return unreadable(fault_);
        return {};
    }

private:
    void resolve_module(ModuleDraft& module) {
        for (auto& section : module.sections) resolve_module(section);
        for (auto& lesson : module.lessons) {
            for (auto& block : lesson.blocks) resolve_block(block, lesson.import_key);
        }
    }

    void resolve_block(BlockDraft& block, const std::string& lesson_key) {
        block.import_key = lesson_key + "/" + block.import_key;
        if (block.content_html && block.content_html->starts_with('@')) {
            auto text = read_text(folder_ / block.content_html->substr(1));
            if (!text) {
                fault_ = text.error().message;
                return;
            }
            block.content_html = std::move(*text);
        }
        if (block.content_html) block.content_html = with_addresses(*block.content_html);
        block.content.text = with_addresses(block.content.text);
        if (block.asset_key) block.asset_key = asset_key(*block.asset_key);
        if (block.quiz) block.quiz->import_key = lesson_key + "/" + block.quiz->import_key;
        for (auto& child : block.children) resolve_block(child, lesson_key);
    }

    /// asset:name up to the closing quotation mark becomes the address of that file.
    std::string with_addresses(std::string_view text) {
        std::string out;
        while (true) {
            const auto at = text.find(asset_scheme);
            if (at == std::string_view::npos) break;
            const auto begin = at + asset_scheme.size();
            const auto end = std::min(text.find('"', begin), text.size());
            const std::string name(text.substr(begin, end - begin));
            const auto address = addresses_.find(name);
            if (address == addresses_.end()) fault_ = "asset:" + name + " is none of the course's assets";
            out += text.substr(0, at);
            out += address == addresses_.end() ? name : address->second;
            text.remove_prefix(end);
        }
        return out += text;
    }

    std::string asset_key(const std::string& name) const {
        return draft_.import_source + ":" + draft_.import_key + "/" + name;
    }

    std::filesystem::path folder_;
    CourseDraft& draft_;
    std::map<std::string, std::string> addresses_;  // by the name in the folder
    std::string fault_;
};

Task<Result<void>> store_files(storage::ObjectStore& objects, std::filesystem::path folder, CourseDraft& draft) {
    for (auto& asset : draft.assets) {
        const auto file = folder / "media" / asset.key;
        if (!std::filesystem::is_regular_file(file)) co_return unreadable("cannot read " + file.string());
        const auto stored = co_await objects.put_file(file, asset.content_type);
        asset.storage_key = stored.key;
        asset.sha256_hex = stored.key;
        asset.bytes = static_cast<std::int64_t>(stored.bytes);
        asset.file_name = asset.key;
    }
    co_return Result<void>();
}

Task<Result<store::SaveReport>> store_draft(db::Tx& tx, CourseDraft draft, Time now) {
    auto report = co_await store::save_course(tx, std::move(draft), now);
    const auto version = co_await store::publish_course(tx, report.course_id, "Seed", now);
    if (!version) co_return version.error();
    co_return report;
}

}  // namespace

Task<Result<store::SaveReport>> load_seed(db::Database academy, storage::ObjectStore& objects,
                                          std::filesystem::path folder, Time now) {
    auto draft = read_draft(folder);
    if (!draft) co_return draft.error();
    const auto stored = co_await store_files(objects, folder, *draft);
    if (!stored) co_return stored.error();
    const auto resolved = SeedResolver(folder, *draft).run();
    if (!resolved) co_return resolved.error();
    const auto checked = check_draft(*draft);
    if (!checked) co_return checked.error();

    const db::Database database = academy.as("svc_course");
    auto report = co_await database.transact([&draft, now](db::Tx& tx) { return store_draft(tx, *draft, now); });
    if (report) log::info("seed_loaded", {{"course", draft->slug}, {"changed", report->changed()}});
    co_return report;
}

Task<Result<std::vector<store::SaveReport>>> load_seeds(db::Database academy, storage::ObjectStore& objects,
                                                        std::filesystem::path directory, Time now) {
    std::set<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        if (std::filesystem::exists(entry.path() / "course.json")) folders.insert(entry.path());
    }
    std::vector<store::SaveReport> reports;
    for (const auto& folder : folders) {
        auto report = co_await load_seed(academy, objects, folder, now);
        if (!report) co_return report.error();
        reports.push_back(std::move(*report));
    }
    co_return reports;
}

}  // namespace tt::course
