#include "platform/json/json.hpp"
#include "services/course-service/src/service.hpp"
#include "services/course-service/src/store/enrollments.hpp"
#include "services/course-service/src/store/learners.hpp"
#include "services/course-service/src/text_member.hpp"

namespace tt::course {

namespace {

using boost::json::object;

// Events of other services may carry more than we need, so they are read member by member.

object payload_of(const events::Event& event) {
    auto payload = json::parse_value(event.payload);
    return payload && payload->is_object() ? payload->get_object() : object();
}

template <class Id>
std::optional<Id> id(const object& payload, std::string_view name) {
    const auto value = text_member(payload, name);
    return value ? Id::parse(*value) : std::nullopt;
}

std::int64_t integer(const object& payload, std::string_view name) {
    const auto* value = payload.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

/// A throw parks the event after its retries, where an operator sees it.
template <class T>
T required(std::optional<T> value, const events::Event& event) {
    if (!value) throw std::runtime_error("event without a subject we know: " + event.topic);
    return *std::move(value);
}

Task<void> mirror_profile(db::Tx& tx, events::Event event, Time now) {
    const object payload = payload_of(event);
    LearnerProfile profile;
    profile.user_id = required(id<UserId>(payload, "user_id"), event);
    profile.display_name = text_member(payload, "display_name");
    profile.locale = text_member(payload, "locale").value_or("en");
    profile.timezone = text_member(payload, "timezone").value_or("UTC");
    profile.version = integer(payload, "version");
    std::vector<LearnerProfile> profiles;
    profiles.push_back(std::move(profile));
    co_await store::upsert_learners(tx, std::move(profiles), now);
}

Task<void> mark_completed(db::Tx& tx, events::Event event) {
    const object payload = payload_of(event);
    const auto user = required(id<UserId>(payload, "user_id"), event);
    const auto course = required(id<CourseId>(payload, "course_id"), event);
    const auto completed_at = parse_rfc3339(text_member(payload, "completed_at").value_or(""));
    const auto version = parse_uuid(text_member(payload, "course_version_id").value_or(""));
    co_await store::complete_enrollment(tx, user, course, completed_at.value_or(event.created_at), version);
}

Task<void> erase_learner(db::Tx& tx, events::Event event, Time now) {
    const auto user = required(id<UserId>(payload_of(event), "user_id"), event);
    co_await store::erase_learner(tx, user, now);
}

Task<void> erase_enrollments(db::Tx& tx, events::Event event) {
    const auto user = required(id<UserId>(payload_of(event), "user_id"), event);
    co_await store::erase_enrollments(tx, user);
}

}  // namespace

void CourseService::subscribe(events::Bus& bus) {
    events::Bus mine = bus.as("svc_course");
    const auto mirror = [this](db::Tx& tx, events::Event event) {
        return mirror_profile(tx, std::move(event), clock_.now());
    };
    mine.subscribe("course.learners", "user.created", mirror);
    mine.subscribe("course.learners", "profile.updated", mirror);
    mine.subscribe("course.completions", "course.completed",
                   [](db::Tx& tx, events::Event event) { return mark_completed(tx, std::move(event)); });
    mine.subscribe("course.learners", "user.deleted", [this](db::Tx& tx, events::Event event) {
        return erase_learner(tx, std::move(event), clock_.now());
    });
    // Attempts point at enrollments, so these go when those are gone.
    mine.subscribe("course.completions", "progress.erased",
                   [](db::Tx& tx, events::Event event) { return erase_enrollments(tx, std::move(event)); });
}

Task<PersonalData> CourseService::personal_data(PersonalDataOwner owner) {
    const auto enrollments = co_await store::enrollments_of(academy_, owner.user_id);
    PersonalData data;
    data.parts.push_back({"enrollments", {json::write(enrollments)}});
    co_return data;
}

}  // namespace tt::course
