#include "services/course-service/tests/support/course_kit.hpp"

#include <set>

namespace tt::course::testing {
namespace {

class Catalogue : public CourseTest {
protected:
    static void SetUpTestSuite() {
        CourseTest::SetUpTestSuite();
        add("growth", "Growth Marketing Foundations", "beginner", "en", "open", "Find the step that leaks");
        add("seo", "Search Engine Optimisation", "intermediate", "en", "open", "Be found by customers");
        add("mail", "E-Mail, die gelesen wird", "beginner", "de", "open", "Schreiben für den Posteingang");
        add("ads", "Paid Advertising", "advanced", "en", "paid", "Spend marketing budgets well");
        add("closed", "Brand Strategy", "all", "en", "closed", "Positioning that lasts");
    }

    static void add(const std::string& key, std::string title, std::string level, std::string language,
                    std::string mode, std::string subtitle) {
        auto draft = sample_draft(key);
        draft.title = std::move(title);
        draft.level = std::move(level);
        draft.language = std::move(language);
        draft.enrollment_mode = std::move(mode);
        draft.subtitle = std::move(subtitle);
        if (draft.enrollment_mode == "paid") draft.price = PriceDraft{9900, "EUR"};
        kit().publish(draft);
        kit().clock.advance(std::chrono::minutes(1));
    }

    static boost::json::value get(const std::string& query) {
        const auto response = kit().call("GET", "/api/v1/courses" + query);
        EXPECT_EQ(response.status, 200u) << query << text_of(response);
        return json_of(response);
    }

    static std::vector<std::string> slugs(const boost::json::value& list) {
        std::vector<std::string> slugs;
        for (const auto& item : list.at("items").as_array()) slugs.emplace_back(item.at("slug").as_string());
        return slugs;
    }
};

using Slugs = std::vector<std::string>;

TEST_F(Catalogue, ListsTheNewestFirst) {
    const auto list = get("");
    EXPECT_EQ(slugs(list), (Slugs{"course-closed", "course-ads", "course-mail", "course-seo", "course-growth"}));
    EXPECT_EQ(list.at("total").as_int64(), 5);
    EXPECT_TRUE(list.at("next_cursor").is_null());
    const auto& card = list.at("items").at(4);
    EXPECT_EQ(card.at("lesson_count").as_int64(), 3);
    EXPECT_EQ(card.at("quiz_count").as_int64(), 1);
    EXPECT_EQ(card.at("duration_seconds").as_int64(), 360);
    EXPECT_TRUE(card.at("price").is_null());
    EXPECT_EQ(list.at("items").at(1).at("price").at("amount_minor").as_int64(), 9900);
}

TEST_F(Catalogue, SortsByTitle) {
    EXPECT_EQ(slugs(get("?sort=title")),
              (Slugs{"course-closed", "course-mail", "course-growth", "course-ads", "course-seo"}));
}

TEST_F(Catalogue, FindsWordsInAnyForm) {
    EXPECT_EQ(slugs(get("?q=foundation")), Slugs{"course-growth"});
    EXPECT_EQ(slugs(get("?q=customer")), Slugs{"course-seo"});
    EXPECT_EQ(slugs(get("?q=posteingang")), Slugs{"course-mail"});
}

TEST_F(Catalogue, ATitleBeatsASubtitle) {
    EXPECT_EQ(slugs(get("?q=marketing")), (Slugs{"course-growth", "course-ads"}));
}

TEST_F(Catalogue, ForgivesTypingErrors) {
    EXPECT_EQ(slugs(get("?q=growht%20marketting")), Slugs{"course-growth"});
    EXPECT_EQ(slugs(get("?q=advertizing")), Slugs{"course-ads"});
    EXPECT_EQ(slugs(get("?q=optimization")), Slugs{"course-seo"});
}

TEST_F(Catalogue, FindsNothingForNonsense) {
    for (const char* q : {"xylophone", "%22%22%22", "%25", "_", "%27%3B--", "!!!", "a%20%26%20%7C"}) {
        const auto list = get(std::string("?q=") + q);
        EXPECT_EQ(list.at("total").as_int64(), static_cast<std::int64_t>(list.at("items").as_array().size())) << q;
    }
}

TEST_F(Catalogue, FiltersNarrowAndFacetsTellWhatEachWouldLeave) {
    const auto list = get("?language=en&price=free");
    EXPECT_EQ(slugs(list), (Slugs{"course-closed", "course-seo", "course-growth"}));
    EXPECT_EQ(list.at("total").as_int64(), 3);
    EXPECT_EQ(boost::json::serialize(list.at("facets").at("price")),
              R"([{"value":"free","count":3},{"value":"paid","count":1}])");
    EXPECT_EQ(boost::json::serialize(list.at("facets").at("language")),
              R"([{"value":"en","count":3},{"value":"de","count":1}])");
    EXPECT_EQ(list.at("facets").at("level").as_array().size(), 3u);
}

TEST_F(Catalogue, SeveralValuesOfOneFilterWiden) {
    EXPECT_EQ(slugs(get("?level=beginner,advanced&language=en")), (Slugs{"course-ads", "course-growth"}));
}

TEST_F(Catalogue, PagesDoNotOverlapAndLeaveNothingOut) {
    for (const std::string sort : {"newest", "title", "relevance"}) {
        Slugs all;
        std::string cursor;
        for (int page = 0; page < 10; ++page) {
            const auto list = get("?limit=2&sort=" + sort + cursor);
            for (const auto& slug : slugs(list)) all.push_back(slug);
            if (list.at("next_cursor").is_null()) break;
            cursor = "&cursor=" + std::string(list.at("next_cursor").as_string());
        }
        EXPECT_EQ(all.size(), 5u) << sort;
        EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 5u) << sort;
    }
}

TEST_F(Catalogue, RefusesWhatItDoesNotUnderstand) {
    for (const char* query : {"?level=expert", "?price=cheap", "?sort=random", "?limit=0", "?limit=101", "?limit=x",
                              "?cursor=abc", "?unknown=1", "?q=%FF%FE"}) {
        const auto response = kit().call("GET", std::string("/api/v1/courses") + query);
        EXPECT_EQ(response.status, 400u) << query;
    }
}

TEST_F(Catalogue, ACursorBelongsToItsSort) {
    const auto list = get("?limit=1&sort=newest");
    const std::string cursor(list.at("next_cursor").as_string());
    EXPECT_EQ(kit().call("GET", "/api/v1/courses?sort=title&cursor=" + cursor).status, 400u);
}

TEST_F(Catalogue, ShowsACourse) {
    const auto response = kit().call("GET", "/api/v1/courses/course-growth");
    ASSERT_EQ(response.status, 200u);
    const auto page = json_of(response);
    EXPECT_EQ(page.at("title").as_string(), "Growth Marketing Foundations");
    EXPECT_EQ(page.at("outcomes").as_array().size(), 2u);
    EXPECT_TRUE(page.at("my_enrollment").is_null());
    const auto& chapter = page.at("syllabus").at(0);
    EXPECT_EQ(chapter.at("lessons").at(0).at("is_preview").as_bool(), true);
    EXPECT_EQ(chapter.at("children").at(0).at("lessons").as_array().size(), 2u) << "the draft lesson is no part of it";
    EXPECT_EQ(text_of(response).find("paris"), std::string::npos) << "no question reaches the page";
}

TEST_F(Catalogue, ShowsMyEnrollmentToMe) {
    const auto user = UserId::make();
    const auto course = kit().run(kit().catalogue.course_by_slug("course-growth")).value();
    kit().run(kit().catalogue.enroll(user, course)).value();
    const auto mine = json_of(kit().call("GET", "/api/v1/courses/course-growth", "", user));
    EXPECT_EQ(mine.at("my_enrollment").at("status").as_string(), "active");
    const auto other = json_of(kit().call("GET", "/api/v1/courses/course-growth", "", UserId::make()));
    EXPECT_TRUE(other.at("my_enrollment").is_null());
}

TEST_F(Catalogue, UnlistedIsReachableByAddressOnlyAndPrivateNotAtAll) {
    auto unlisted = kit().unique_draft();
    unlisted.visibility = "unlisted";
    kit().publish(unlisted);
    EXPECT_EQ(kit().call("GET", "/api/v1/courses/" + unlisted.slug).status, 200u);
    EXPECT_EQ(get("").at("total").as_int64(), 5);
    auto hidden = kit().unique_draft();
    hidden.visibility = "private";
    kit().publish(hidden);
    EXPECT_EQ(kit().call("GET", "/api/v1/courses/" + hidden.slug).status, 404u);
    EXPECT_EQ(kit().call("GET", "/api/v1/courses/nothing-here").status, 404u);
    const auto malformed = kit().call("GET", "/api/v1/courses/%FF").status;
    EXPECT_TRUE(malformed == 400 || malformed == 404) << malformed;
}

}  // namespace
}  // namespace tt::course::testing
