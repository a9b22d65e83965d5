#include "services/course-service/tests/support/course_kit.hpp"

#include <set>

namespace tt::course::testing {
namespace {

using Change = void (*)(CourseDraft&);

struct Scenario {
    const char* name;
    Change change;
    unsigned status;
    const char* code;
};

const Scenario scenarios[] = {
    {"Open", [](CourseDraft&) {}, 201, ""},
    {"Unlisted", [](CourseDraft& d) { d.visibility = "unlisted"; }, 201, ""},
    {"Closed", [](CourseDraft& d) { d.enrollment_mode = "closed"; }, 409, "course_not_open"},
    {"InviteOnly", [](CourseDraft& d) { d.enrollment_mode = "invite"; }, 409, "course_not_open"},
    {"Paid", [](CourseDraft& d) { d.enrollment_mode = "paid"; }, 402, "payment_required"},
    {"Private", [](CourseDraft& d) { d.visibility = "private"; }, 404, "course_not_found"},
};

/// The three spellings of the same thing.
struct Door {
    const char* name;
    const char* path;
    const char* member;
};

const Door doors[] = {
    {"Api", "/api/v1/enrollments", "course_id"},
    {"Function", "/functions/v1/enroll", "courseId"},
    {"FunctionsHost", "/enroll", "courseId"},
};

std::string body_for(const Door& door, CourseId course) {
    return std::string("{\"") + door.member + "\":\"" + to_string(course) + "\"}";
}

std::string code_of(const http::Response& response) {
    return std::string(json_of(response).at("code").as_string());
}

class Enrolling : public CourseTest, public ::testing::WithParamInterface<Door> {
protected:
    static std::string rows(UserId user) {
        return kit().database.scalar("SELECT count(*) FROM enrollments WHERE user_id = '" + to_string(user) + "'");
    }
    static std::string events(UserId user) {
        return kit().database.scalar(
            "SELECT count(*) FROM integ.outbox WHERE topic = 'enrollment.created' AND subject = '" + to_string(user) +
            "'");
    }
    http::Response post(std::string body, std::optional<UserId> user) {
        return kit().call("POST", GetParam().path, std::move(body), user);
    }
};

TEST_P(Enrolling, EachCourseAnswersByItsRules) {
    for (const auto& scenario : scenarios) {
        auto draft = kit().unique_draft();
        scenario.change(draft);
        const auto course = kit().publish(draft);
        const auto user = UserId::make();
        const auto response = post(body_for(GetParam(), course), user);
        EXPECT_EQ(response.status, scenario.status) << scenario.name;
        if (response.status == 201) {
            EXPECT_EQ(json_of(response).at("course_id").as_string(), to_string(course)) << scenario.name;
            EXPECT_EQ(json_of(response).at("user_id").as_string(), to_string(user)) << scenario.name;
            EXPECT_EQ(json_of(response).at("status").as_string(), "active") << scenario.name;
        } else {
            EXPECT_EQ(code_of(response), scenario.code) << scenario.name;
            EXPECT_EQ(rows(user), "0") << scenario.name;
        }
    }
}

TEST_P(Enrolling, TwiceGivesTheSameRow) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    const auto first = post(body_for(GetParam(), course), user);
    const auto second = post(body_for(GetParam(), course), user);
    EXPECT_EQ(first.status, 201u);
    EXPECT_EQ(second.status, 200u);
    EXPECT_EQ(json_of(first), json_of(second));
    EXPECT_EQ(events(user), "1");
}

TEST_P(Enrolling, SixteenAtOnceMakeOneRowAndOneEvent) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    std::vector<std::future<http::Response>> calls;
    for (std::size_t i = 0; i < 16; ++i) {
        calls.push_back(kit().start("POST", GetParam().path, body_for(GetParam(), course), user, i % 2));
    }
    int created = 0;
    std::set<std::string> ids;
    for (auto& call : calls) {
        const auto response = call.get();
        EXPECT_TRUE(response.status == 201 || response.status == 200) << response.status;
        if (response.status == 201) ++created;
        ids.insert(std::string(json_of(response).at("id").as_string()));
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(ids.size(), 1u);
    EXPECT_EQ(rows(user), "1");
    EXPECT_EQ(events(user), "1");
}

TEST_P(Enrolling, NobodyIsAskedToSignIn) {
    const auto course = kit().publish(kit().unique_draft());
    const auto response = post(body_for(GetParam(), course), std::nullopt);
    EXPECT_EQ(response.status, 401u);
    EXPECT_EQ(code_of(response), "unauthenticated");
}

TEST_P(Enrolling, AnUnknownOrDraftCourseIsNotFound) {
    const auto user = UserId::make();
    EXPECT_EQ(post(body_for(GetParam(), CourseId::make()), user).status, 404u);
    const auto draft = kit().save(kit().unique_draft()).course_id;
    const auto response = post(body_for(GetParam(), draft), user);
    EXPECT_EQ(response.status, 404u);
    EXPECT_EQ(code_of(response), "course_not_found");
}

TEST_P(Enrolling, ABodyThatIsNoneIsRefused) {
    const std::string member = GetParam().member;
    for (const std::string& body : {std::string("{}"), std::string("[]"), std::string("{"), "{\"" + member + "\":7}",
                                    "{\"" + member + "\":\"not-a-uuid\"}", "{\"" + member + "\":null}"}) {
        const auto response = post(body, UserId::make());
        EXPECT_EQ(response.status, 400u) << body << text_of(response);
    }
}

INSTANTIATE_TEST_SUITE_P(Doors, Enrolling, ::testing::ValuesIn(doors),
                         [](const auto& info) { return std::string(info.param.name); });

class EnrollmentPeriod : public CourseTest {};

TEST_F(EnrollmentPeriod, AccessEndsAfterTheDaysTheCourseGives) {
    auto draft = kit().unique_draft();
    draft.access_days = 30;
    const auto course = kit().publish(draft);
    const auto user = UserId::make();
    const auto enrolled = kit().run(kit().catalogue.enroll(user, course)).value().enrollment;
    EXPECT_EQ(enrolled.expires_at, kit().clock.now() + std::chrono::days(30));
    const std::string outline = "/api/v1/courses/" + draft.slug + "/outline";
    EXPECT_EQ(kit().call("GET", outline, "", user).status, 200u);
    kit().clock.advance(std::chrono::days(30));
    EXPECT_EQ(kit().call("GET", outline, "", user).status, 403u);
}

TEST_F(EnrollmentPeriod, FunctionErrorsAreReadableBySupabaseClients) {
    const auto response = kit().call("POST", "/functions/v1/enroll",
                                     R"({"courseId":")" + to_string(CourseId::make()) + "\"}", UserId::make());
    const auto error = json_of(response);
    EXPECT_EQ(error.at("code").as_string(), "course_not_found");
    EXPECT_FALSE(error.at("error").as_string().empty());
    EXPECT_FALSE(error.at("message").as_string().empty());
}

}  // namespace
}  // namespace tt::course::testing
