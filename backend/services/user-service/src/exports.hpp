#pragma once

#include "platform/core/runtime.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mailer.hpp"
#include "platform/storage/object_store.hpp"
#include "platform/storage/url_signer.hpp"
#include "services/user-service/src/api/export_bodies.hpp"
#include "services/user-service/src/profiles.hpp"
#include "services/user-service/src/store/exports.hpp"
#include "shared/types/personal_data.hpp"

namespace tt::user {

struct ExportConfig {
    std::string site_url;
    std::string link_key;  ///< signs download links, 32 bytes
    /// A part that is away is asked for again after this, doubled each time, up to the maximum.
    std::chrono::milliseconds first_retry{30'000};
    std::chrono::milliseconds max_retry{15 * 60'000};
    /// Then the file is made without it.
    std::chrono::seconds patience = std::chrono::hours{12};
    std::chrono::seconds lifetime = std::chrono::days{7};
    /// Whoever asks again within this time after having asked is shown the same file.
    std::chrono::seconds fresh_for = std::chrono::hours{24};
};

/// What the exports need of the process.
struct ExportEnvironment {
    db::Database site;
    storage::ObjectStore& objects;
    mail::Mailer& mailer;
    Runtime& runtime;
    const Clock& clock;
};

/// All data of a person in one file, gathered by a job from every service that holds some.
class Exports {
public:
    static constexpr const char* make_queue = "user.export";
    static constexpr const char* mail_queue = "user.export_mail";
    static constexpr const char* erase_queue = "user.erase_objects";
    static constexpr std::chrono::seconds link_lifetime{60};  ///< S045: a link in an address bar lives shortly

    /// The sources outlive the object.
    Exports(ExportEnvironment environment, ExportConfig config, std::vector<PersonalDataSource*> sources);

    /// While one is being made, that one; and as long as a whole one is fresh, that one. Errors: those of hold_profile.
    Task<Result<Export>> request(Principal caller, ExportFormat format);
    Task<ExportList> list(UserId user);
    /// Error: export_not_found (404).
    Task<Result<Export>> find(UserId user, Uuid id);

    struct File {
        storage::OpenObject object;
        std::string content_type;
    };
    /// Errors: link_invalid, link_expired (403), export_not_found (404).
    Task<Result<File>> open(std::string path, std::string expires, std::string signature, UserId user, Uuid id);

    /// Handle jobs of the queues.
    Task<void> make(jobs::Job job);
    Task<void> send_mail(jobs::Job job);
    Task<void> remove_objects(jobs::Job job);
    /// Removes files whose time is over.
    Task<void> clean_up();
    /// The account is gone: rows now, files by a job after the commit.
    Task<void> erase(db::Tx& tx, UserId user);

private:
    struct Gathered;
    struct Wish;
    Task<std::optional<store::ExportRow>> add_or_find(db::Tx& tx, Wish wish);
    Task<std::optional<std::vector<PersonalDataPart>>> ask(PersonalDataSource& source, PersonalDataOwner owner);
    Task<Gathered> gather(store::ExportRow row, std::string email, bool is_patient);
    Task<void> postpone(store::ExportRow row, std::vector<ExportPart> parts, int round);
    Task<void> finish(store::ExportRow row, Gathered gathered);
    Task<bool> claim(UserId user, Uuid id, std::string key);
    Task<void> remove_expired(store::ExpiredExport expired);
    Task<std::string> write_file(ExportFormat format, Gathered gathered, UserId user, Time made_at);
    Export shown(const store::ExportRow& row) const;

    ExportEnvironment environment_;
    ExportConfig config_;
    storage::UrlSigner signer_;
    std::vector<PersonalDataSource*> sources_;
};

}  // namespace tt::user
