#include "services/user-service/src/exports.hpp"

#include "platform/archive/zip_writer.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
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

bool is_done(const std::vector<ExportPart>& parts, const std::vector<std::string>& names) {
    return std::ranges::all_of(parts, [&](const ExportPart& part) {
        return part.status == PartStatus::done || std::ranges::find(names, part.name) == names.end();
    });
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

/// What a request asks for.
struct Exports::Wish {
    ExportJob job;
    ExportFormat format;
    json::Raw parts;
};

/// Nothing when the export that was in the way is finished since, and is of another format.
Task<std::optional<store::ExportRow>> Exports::add_or_find(db::Tx& tx, Wish wish) {
    const Time now = environment_.clock.now();
    const Time fresh_since = now - config_.fresh_for;
    const auto& [user, id, round] = wish.job;
    const auto added = co_await tx.execute(sql::insert_export, user, id, wish.format, wish.parts, now, fresh_since);
    if (added == 1) {
        jobs::NewJob job{.queue = make_queue, .payload = json::write(wish.job)};
        co_await jobs::enqueue(tx, std::move(job));
    }
    co_return co_await tx.maybe_one<store::ExportRow>(sql::current_export_of, user, wish.format, fresh_since);
}

Task<Result<Export>> Exports::request(Principal caller, ExportFormat format) {
    std::vector<ExportPart> parts;
    for (const auto* source : sources_) {
        for (auto& name : source->part_names()) parts.push_back({std::move(name), PartStatus::waiting});
    }
    const Wish wish{.job = {*caller.user_id, uuid_v7()}, .format = format, .parts = {json::write(parts)}};
    db::Tx tx = co_await environment_.site.begin();
    const auto profile = co_await hold_profile(tx, std::move(caller));
    if (!profile) co_return profile.error();
    auto row = co_await add_or_find(tx, wish);
    if (!row) row = co_await add_or_find(tx, wish);
    co_await tx.commit();
    co_return shown(row.value());
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

/// Nothing when the source is away.
Task<std::optional<std::vector<PersonalDataPart>>> Exports::ask(PersonalDataSource& source, PersonalDataOwner owner) {
    try {
        auto data = co_await source.personal_data(std::move(owner));
        co_return std::move(data.parts);
    } catch (const std::exception& error) {
        log::warn("export_part_unavailable", {{"part", source.part_names().front()}, {"error.message", error.what()}});
    }
    co_return std::nullopt;
}

/// Those that were away the last time are asked first; as long as one of them still is, and there is patience, nobody
/// else is asked again for data that would wait with it.
Task<Exports::Gathered> Exports::gather(store::ExportRow row, std::string email, bool is_patient) {
    Gathered gathered{.parts = parts_of(row), .data = {}};
    std::vector<PersonalDataSource*> sources, answered;
    for (auto* source : sources_) {
        (is_done(gathered.parts, source->part_names()) ? answered : sources).push_back(source);
    }
    const std::size_t missing_before = sources.size();
    sources.insert(sources.end(), answered.begin(), answered.end());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (i == missing_before && is_patient && !gathered.missing().empty()) break;
        PersonalDataOwner owner{row.user_id, email};
        auto data = co_await ask(*sources[i], std::move(owner));
        mark(gathered.parts, sources[i]->part_names(), data ? PartStatus::done : PartStatus::unavailable);
        if (data) std::ranges::move(*data, std::back_inserter(gathered.data));
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
    const bool is_patient = environment_.clock.now() < row->requested_at + config_.patience;
    auto gathered = co_await gather(*row, std::move(email), is_patient);
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

/// Writes the key of our copy into the row and removes the copy that was there: of a worker that was killed, or of one
/// that is slower and will find that the row is not its own any more. False when there is nothing to make: the account
/// was erased, or the export is finished.
Task<bool> Exports::claim(UserId user, Uuid id, std::string key) {
    db::Tx tx = co_await environment_.site.begin();
    const auto former = co_await tx.maybe_one<std::string>(sql::lock_open_export, user, id);
    if (!former) co_return false;
    co_await tx.execute(sql::set_export_object, user, id, key);
    co_await tx.commit();
    if (!former->empty() && *former != key) co_await environment_.objects.remove(*former);
    co_return true;
}

Task<void> Exports::finish(store::ExportRow row, Gathered gathered) {
    const bool is_whole = gathered.missing().empty();
    const ExportStatus status = is_whole ? ExportStatus::ready : ExportStatus::incomplete;
    const json::Raw parts{json::write(gathered.parts)};
    const Time now = environment_.clock.now();
    std::string file = co_await write_file(row.format, std::move(gathered), row.user_id, now);
    const auto bytes = std::ssize(file);
    const std::string key = crypto::sha256_hex(file);
    const bool is_ours = co_await claim(row.user_id, row.id, key);
    if (!is_ours) co_return;
    co_await environment_.objects.put_bytes(std::move(file), "application/octet-stream");

    const ExportJob payload{row.user_id, row.id, 0};
    const Time expires_at = now + config_.lifetime;
    db::Tx tx = co_await environment_.site.begin();
    const auto finished =
        co_await tx.execute(sql::finish_export, row.user_id, row.id, status, parts, bytes, now, expires_at, key);
    if (finished == 1) {
        jobs::NewJob mail{.queue = mail_queue, .payload = json::write(payload)};
        co_await jobs::enqueue(tx, std::move(mail));
    }
    co_await tx.commit();
    if (finished == 0) {
        // Erased, or taken over by another worker, who may have made the very same copy.
        const auto current = co_await store::find_export(environment_.site, row.user_id, row.id);
        if (!current || current->object_key != key) co_await environment_.objects.remove(key);
        co_return;
    }
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
    store::ExpiredExport last;
    while (true) {
        const auto page = co_await environment_.site.many<store::ExpiredExport>(sql::expired_exports, now, last.user_id,
                                                                                last.id, clean_up_page);
        for (const auto& expired : page) {
            try {
                co_await remove_expired(expired);
            } catch (const std::exception& error) {
                log::warn("export_not_removed",  // in an hour again
                          {{"export_id", to_string(expired.id)}, {"error.message", error.what()}});
            }
        }
        if (std::ssize(page) < clean_up_page) co_return;
        last = page.back();
    }
}

Task<void> Exports::remove_expired(store::ExpiredExport expired) {
    co_await environment_.objects.remove(expired.object_key);
    co_await environment_.site.execute(sql::mark_expired, expired.user_id, expired.id);
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
