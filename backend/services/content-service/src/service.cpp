#include "services/content-service/src/service.hpp"

#include "platform/events/bus.hpp"
#include "platform/json/member.hpp"
#include "services/content-service/src/api/routes.hpp"
#include "services/content-service/src/pages.hpp"
#include "services/content-service/src/personal_data.hpp"
#include "services/content-service/src/seed_files.hpp"
#include "services/content-service/src/store/growth_quiz.hpp"
#include "shared/utils/personal_data.hpp"

#include <boost/json.hpp>

namespace tt::content {
namespace {

constexpr std::chrono::seconds unsent_interval{5};

int int_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value && value->is_int64() ? static_cast<int>(value->as_int64()) : 0;
}

Task<void> on_course_published(db::Tx& tx, events::Event event) {
    const auto body = boost::json::parse(event.payload).as_object();
    store::MirroredCourse course{.course_id = parse_uuid(json::text_member(body, "course_id")).value(),
                                 .slug = json::text_member(body, "slug"),
                                 .title = json::text_member(body, "title"),
                                 .subtitle = json::text_member(body, "subtitle"),
                                 .level = json::text_member(body, "level"),
                                 .duration_seconds = int_member(body, "duration_seconds"),
                                 .lesson_count = int_member(body, "lesson_count"),
                                 .version_no = int_member(body, "version_no")};
    co_await store::mirror_course(tx, std::move(course));
}

}  // namespace

ContentService::ContentService(db::Database site, mail::Mailer& mailer, const Clock& clock, ContentConfig config)
    : site_(site),
      config_(std::move(config)),
      blog_(site, clock),
      newsletter_(site, mailer, clock, config_.site_url, LinkTokens(config_.link_key)),
      growth_(site, clock, config_.academy_url),
      contact_(site, mailer, config_.contact_inbox) {}

void ContentService::mount(http::Router& router) {
    api::mount_blog(router, blog_, config_.site_url);
    api::mount_newsletter(router, newsletter_);
    api::mount_growth_quiz(router, growth_);
    api::mount_contact(router, contact_);
    mount_personal_data(router, "content", *this);
}

void ContentService::subscribe(events::Bus& bus) {
    events::Bus mine = bus.as(site_.role());
    mine.subscribe("content.mirror_course", "course.published", on_course_published);
    mine.subscribe("content.erase_person", "user.deleted", erase_person);
}

void ContentService::work(jobs::Worker& worker) {
    worker.handle(std::string(Newsletter::mail_queue),
                  [this](jobs::Job job) { return newsletter_.send_confirmation(std::move(job)); });
    worker.handle(std::string(Contact::mail_queue),
                  [this](jobs::Job job) { return contact_.send_notice(std::move(job)); });
}

void ContentService::schedule(jobs::Scheduler& scheduler) {
    scheduler.every("content.unsent_confirmations", unsent_interval, [this] { return newsletter_.queue_unsent(); });
}

Task<std::optional<http::PageMeta>> ContentService::page(const http::Request& request) {
    return page_meta(blog_, config_.site_url, std::string(request.path()));
}

Task<PersonalData> ContentService::personal_data(PersonalDataOwner owner) {
    return personal_data_of(site_, std::move(owner));
}

Task<Result<std::size_t>> ContentService::seed(std::filesystem::path folder) {
    return seed_content(blog_, growth_, std::move(folder));
}

}  // namespace tt::content
