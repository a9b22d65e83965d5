#pragma once

#include "platform/app/service.hpp"
#include "platform/db/database.hpp"
#include "platform/http/static_files.hpp"
#include "platform/mail/mailer.hpp"
#include "services/content-service/contract/personal_data.hpp"
#include "services/content-service/src/blog.hpp"
#include "services/content-service/src/contact.hpp"
#include "services/content-service/src/growth.hpp"
#include "services/content-service/src/newsletter.hpp"
#include "shared/types/personal_data.hpp"

#include <filesystem>
#include <string>

namespace tt::content {

struct ContentConfig {
    std::string site_url;       ///< public origin of the website, no trailing slash
    std::string academy_url;    ///< public origin of the academy, for links to recommended courses
    std::string link_key;       ///< secret of newsletter links, 32 bytes
    std::string contact_inbox;  ///< where contact messages are mailed to; empty: they only wait in the table
};

/// The website's content: blog, newsletter, growth quiz, contact.
class ContentService final : public app::Service, public PersonalDataSource {
public:
    ContentService(db::Database site, mail::Mailer& mailer, const Clock& clock, ContentConfig config);

    std::string_view name() const override { return "content"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;
    void work(jobs::Worker& worker) override;
    void schedule(jobs::Scheduler& scheduler) override;

    /// What search engines and link previews are told about a page of the website; nothing for unknown pages.
    Task<std::optional<http::PageMeta>> page(const http::Request& request);
    std::vector<std::string> part_names() const override { return personal_data_parts(); }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;
    /// Loads posts/*.md and growth-quiz.json of a seed folder. Returns how many things changed.
    Task<Result<std::size_t>> seed(std::filesystem::path folder);

private:
    db::Database site_;
    ContentConfig config_;
    Blog blog_;
    Newsletter newsletter_;
    Growth growth_;
    Contact contact_;
};

}  // namespace tt::content
