#include "services/user-service/src/exports.hpp"

#include "platform/archive/zip_writer.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "platform/storage/digest.hpp"
#include "services/user-service/src/domain/export_file.hpp"
#include "services/user-service/src/store/exports_sql.hpp"
#include "services/user-service/src/store/profiles.hpp"
#include "shared/utils/letter.hpp"

#include <algorithm>

namespace tt::user {
namespace {

constexpr int max_doublings = 20;

struct ExportJob {
    UserId user_id;
    Uuid id;
    int round = 0;  ///< how often it was tried before
};
BOOST_DESCRIBE_STRUCT(ExportJob, (), (user_id, id, round))

struct RemovalJob {
    std::vector<std::string> keys;
};
BOOST_DESCRIBE_STRUCT(RemovalJob, (), (keys))

Error export_not_found() {
    return {Code::not_found, "export_not_found", "There is no such export, or its file is gone."};
}

std::string file_name_of(ExportFormat format, Time requested_at) {
    const std::string day = to_rfc3339(requested_at).substr(0, 10);
    return "trendtactics-" + day + (format == ExportFormat::zip ? ".zip" : ".json");
}

void mark(std::vector<ExportPart>& parts, const std::vector<std::string>& names, PartStatus status) {
    for (auto& part : parts) {
        if (std::ranges::find(names, part.name) != names.end()) part.status = status;
    }
}

std::vector<ExportPart> parts_of(const store::ExportRow& row) {
    return json::parse<std::vector<ExportPart>>(row.parts.text).value();
}

Letter ready_letter(const std::string& site_url, bool is_whole) {
    return {.subject = "Your data is ready",
            .heading = "Your data is ready",
            .lead = is_whole ? "The copy of your data that you asked for can be downloaded for seven days."
                             : "The copy of your data that you asked for can be downloaded for seven days. A part of "
                               "it could not be had; the file says which.",
            .button = "Go to your data",
            .link = site_url + "/account/data",
            .footer = "If you did not ask for it, change your password: somebody is signed in as you."};
}

}  // namespace

/// What a round of gathering has brought.
struct Exports::Gathered {
    std::vector<ExportPart> parts;
    std::vector<PersonalDataPart> data;

    std::vector<std::string> missing() const {
        std::vector<std::string> names;
        for (const auto& part : parts) {
            if (part.status != PartStatus::done) names.push_back(part.name);
        }
        return names;
    }
};

Exports::Exports(ExportEnvironment environment, ExportConfig config, std::vector<PersonalDataSource*> sources)
    : environment_(std::move(environment)),
      config_(std::move(config)),
      signer_({config_.link_key}),
      sources_(std::move(sources)) {}

Export Exports::shown(const store::ExportRow& row) const {
    Export shown;
    shown.id = row.id;
    shown.format = row.format;
    shown.status = row.status;
    shown.parts = parts_of(row);
    shown.requested_at = row.requested_at;
    shown.retry_at = row.retry_at;
    shown.finished_at = row.finished_at;
    shown.expires_at = row.expires_at;
    shown.bytes = row.bytes;
    const auto done =
        std::ranges::count_if(shown.parts, [](const ExportPart& part) { return part.status == PartStatus::done; });
    // The last hundredth is the file itself.
    shown.progress_percent = row.is_open() ? static_cast<int>(99 * done / std::ssize(shown.parts)) : 100;
    const Time now = environment_.clock.now();
    if (row.has_file() && row.expires_at > now) {
        const std::string path = "/api/v1/exports/files/" + to_string(row.user_id) + "/" + to_string(row.id) + "/" +
                                 file_name_of(row.format, row.requested_at);
        shown.download_url = config_.site_url + signer_.sign(path, now, link_lifetime);
    }
    return shown;
}

Task<Export> Exports::request(UserId user, ExportFormat format) {
    std::vector<ExportPart> parts;
    for (const auto* source : sources_) {
        for (auto& name : source->part_names()) parts.push_back({std::move(name), PartStatus::waiting});
    }
    const ExportJob payload{user, uuid_v7(), 0};
    const json::Raw parts_json{json::write(parts)};
    const Time now = environment_.clock.now();
    db::Tx tx = co_await environment_.site.begin();
    const auto added = co_await tx.execute(sql::insert_export, user, payload.id, format, parts_json, now);
    if (added == 1) {
        jobs::NewJob job{.queue = make_queue, .payload = json::write(payload)};
        co_await jobs::enqueue(tx, std::move(job));
    }
    const auto row = co_await tx.one<store::ExportRow>(sql::open_export_of, user);
    co_await tx.commit();
    co_return shown(row);
}

Task<ExportList> Exports::list(UserId user) {
    const auto rows = co_await environment_.site.many<store::ExportRow>(sql::exports_of, user);
    ExportList list;
    for (const auto& row : rows) list.items.push_back(shown(row));
    co_return list;
}

Task<Result<Export>> Exports::find(UserId user, Uuid id) {
    const auto row = co_await store::find_export(environment_.site, user, id);
    if (!row) co_return export_not_found();
    co_return shown(*row);
}

Task<Result<Exports::File>> Exports::open(std::string path, std::string expires, std::string signature, UserId user,
                                          Uuid id) {
    const auto allowed = signer_.verify(path, expires, signature, environment_.clock.now());
    if (!allowed) co_return allowed.error();
    const auto row = co_await store::find_export(environment_.site, user, id);
    if (!row || !row->has_file()) co_return export_not_found();
    auto object = co_await environment_.objects.open(row->object_key.value());
    if (!object) co_return export_not_found();
    co_return File{std::move(*object), row->format == ExportFormat::zip ? "application/zip" : "application/json"};
}

Task<Exports::Gathered> Exports::gather(store::ExportRow row, std::string email) {
    Gathered gathered{.parts = parts_of(row), .data = {}};
    for (auto* source : sources_) {
        const auto names = source->part_names();
        PersonalDataOwner owner{row.user_id, email};
        std::string failure;
        try {
            auto data = co_await source->personal_data(std::move(owner));
            std::ranges::move(data.parts, std::back_inserter(gathered.data));
        } catch (const std::exception& error) {
            failure = error.what();
        }
        mark(gathered.parts, names, failure.empty() ? PartStatus::done : PartStatus::unavailable);
        if (!failure.empty()) {
            log::warn("export_part_unavailable", {{"part", names.front()}, {"error.message", failure}});
        }
        const json::Raw parts{json::write(gathered.parts)};
        co_await environment_.site.execute(sql::set_export_progress, row.user_id, row.id, parts);
    }
    co_return gathered;
}

Task<void> Exports::make(jobs::Job job) {
    const auto wish = json::parse<ExportJob>(job.payload).value();
    auto row = co_await store::find_export(environment_.site, wish.user_id, wish.id);
    if (!row || !row->is_open()) co_return;  // erased, or done by a worker that lost its lease
    std::string email = co_await store::email_of(environment_.site, wish.user_id);
    auto gathered = co_await gather(*row, std::move(email));
    const bool is_patient = environment_.clock.now() < row->requested_at + config_.patience;
    if (!gathered.missing().empty() && is_patient) {
        co_await postpone(*row, std::move(gathered.parts), wish.round);
    } else {
        co_await finish(std::move(*row), std::move(gathered));
    }
}

Task<void> Exports::postpone(store::ExportRow row, std::vector<ExportPart> parts, int round) {
    const auto doubled = config_.first_retry * (std::int64_t{1} << std::min(round, max_doublings));
    const Time retry_at = environment_.clock.now() + std::min<std::chrono::milliseconds>(doubled, config_.max_retry);
    const ExportJob payload{row.user_id, row.id, round + 1};
    const json::Raw parts_json{json::write(parts)};
    db::Tx tx = co_await environment_.site.begin();
    co_await tx.execute(sql::postpone_export, row.user_id, row.id, parts_json, retry_at);
    jobs::NewJob job{.queue = make_queue, .payload = json::write(payload), .run_at = retry_at};
    co_await jobs::enqueue(tx, std::move(job));
    co_await tx.commit();
}

Task<std::string> Exports::write_file(ExportFormat format, Gathered gathered, UserId user, Time made_at) {
    const ExportFacts facts{user, made_at, gathered.missing()};
    const auto work = [&] {
        if (format == ExportFormat::json) return export_json(facts, gathered.data);
        std::vector<archive::ZipFile> files{{"README.txt", export_readme(facts, gathered.data)}};
        for (const auto& part : gathered.data) files.push_back({part.name + ".json", readable_json(part.data.text)});
        return archive::zip_of(files, made_at);
    };
    co_return co_await environment_.runtime.on_cpu(work);
}

Task<void> Exports::finish(store::ExportRow row, Gathered gathered) {
    const bool is_whole = gathered.missing().empty();
    const ExportStatus status = is_whole ? ExportStatus::ready : ExportStatus::incomplete;
    const json::Raw parts{json::write(gathered.parts)};
    const Time now = environment_.clock.now();
    // A worker that was killed here before has left its copy.
    if (row.object_key) co_await environment_.objects.remove(*row.object_key);
    std::string file = co_await write_file(row.format, std::move(gathered), row.user_id, now);
    const auto bytes = std::ssize(file);
    const std::string key = storage::sha256_hex(file);
    const auto known = co_await environment_.site.execute(sql::set_export_object, row.user_id, row.id, key);
    if (known == 0) co_return;  // erased meanwhile
    co_await environment_.objects.put_bytes(std::move(file), "application/octet-stream");

    const ExportJob payload{row.user_id, row.id, 0};
    const Time expires_at = now + config_.lifetime;
    db::Tx tx = co_await environment_.site.begin();
    const auto finished =
        co_await tx.execute(sql::finish_export, row.user_id, row.id, status, parts, bytes, now, expires_at);
    if (finished == 1) {
        jobs::NewJob mail{.queue = mail_queue, .payload = json::write(payload)};
        co_await jobs::enqueue(tx, std::move(mail));
    }
    co_await tx.commit();
    if (finished == 0) co_await environment_.objects.remove(key);
    log::info("export_made", {{"user_id", to_string(row.user_id)}, {"bytes", bytes}, {"is_whole", is_whole}});
}

Task<void> Exports::send_mail(jobs::Job job) {
    const auto wish = json::parse<ExportJob>(job.payload).value();
    const auto row = co_await store::find_export(environment_.site, wish.user_id, wish.id);
    if (!row || !row->has_file()) co_return;
    const std::string email = co_await store::email_of(environment_.site, wish.user_id);
    if (!mail::is_plain_address(email)) co_return;
    auto message = letter_to(email, ready_letter(config_.site_url, row->status == ExportStatus::ready));
    co_await environment_.mailer.send(std::move(message));
}

Task<void> Exports::remove_objects(jobs::Job job) {
    const auto removal = json::parse<RemovalJob>(job.payload).value();
    for (const auto& key : removal.keys) co_await environment_.objects.remove(key);
}

Task<void> Exports::clean_up() {
    const Time now = environment_.clock.now();
    const auto expired = co_await environment_.site.many<store::ExpiredExport>(sql::expired_exports, now);
    for (const auto& row : expired) {
        co_await environment_.objects.remove(row.object_key);
        co_await environment_.site.execute(sql::mark_expired, row.user_id, row.id);
    }
}

Task<void> Exports::erase(db::Tx& tx, UserId user) {
    RemovalJob removal;
    for (auto& key : co_await tx.many<std::string>(sql::erase_exports, user)) {
        if (!key.empty()) removal.keys.push_back(std::move(key));
    }
    if (removal.keys.empty()) co_return;
    jobs::NewJob job{.queue = erase_queue, .payload = json::write(removal)};
    co_await jobs::enqueue(tx, std::move(job));
}

}  // namespace tt::user
