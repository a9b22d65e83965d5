#include "services/course-service/src/seed/seed_loader.hpp"

#include "platform/storage/file_store.hpp"
#include "services/course-service/tests/support/course_kit.hpp"

#include <fstream>

namespace tt::course::testing {
namespace {

class SeedLoader : public CourseTest {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("seed-" + to_string(uuid_v4()));
        std::filesystem::create_directories(folder_ / "seed" / "media");
        objects_ = std::make_unique<storage::FileStore>(folder_ / "objects", kit().runtime.get());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    auto load(std::filesystem::path folder) {
        return kit().run(load_seed(kit().academy, *objects_, std::move(folder), kit().clock.now()));
    }
    void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / "seed" / name) << text; }

    std::filesystem::path folder_;
    std::unique_ptr<storage::FileStore> objects_;
};

const std::filesystem::path seeds = std::filesystem::path(TT_SOURCE_DIR) / "database/seeds/academy";

TEST_F(SeedLoader, TheSampleCourseIsWholeAndLoadsTwice) {
    const auto first = load(seeds / "growth-marketing-foundations");
    ASSERT_TRUE(first.has_value()) << first.error().message;
    EXPECT_EQ(first->modules.created, 3);
    EXPECT_EQ(first->lessons.created, 9);
    EXPECT_EQ(first->questions.created, 12);
    const auto second = load(seeds / "growth-marketing-foundations");
    EXPECT_FALSE(second.value().changed());
    EXPECT_EQ(kit().structure(first->course_id).version_no, 1);
}

TEST_F(SeedLoader, TheSampleCourseIsSearchableAndItsFilesAreThere) {
    const auto report = load(seeds / "growth-marketing-foundations");
    const auto list = json_of(kit().call("GET", "/api/v1/courses?q=cohort"));
    EXPECT_EQ(list.at("items").at(0).at("slug").as_string(), "growth-marketing-foundations");
    EXPECT_TRUE(list.at("items").at(0).at("thumbnail_url").is_null()) << "it wears the cover the academy draws";
    const auto structure = kit().structure(report.value().course_id);
    const auto lesson = kit().call("GET", "/api/v1/lessons/" + to_string(structure.lessons[0].id));
    EXPECT_EQ(text_of(lesson).find("asset:"), std::string::npos) << "every file name became an address";
    EXPECT_NE(text_of(lesson).find("growth-loop.png?exp="), std::string::npos);
}

TEST_F(SeedLoader, TheFilmOfTheSampleCourseHasCaptionsAndALength) {
    const auto report = load(seeds / "growth-marketing-foundations");
    const auto structure = kit().structure(report.value().course_id);
    const auto lesson = json_of(kit().call("GET", "/api/v1/lessons/" + to_string(structure.lessons[0].id)));
    const auto& video = lesson.at("blocks").at(0).at("video");
    EXPECT_EQ(video.at("sources").at(0).at("type").as_string(), "video/mp4");
    EXPECT_NE(video.at("captions").at(0).at("url").as_string().find("the-growth-loop.en.vtt?exp="),
              boost::json::string::npos);
    EXPECT_EQ(structure.lessons[0].blocks[0].duration_ms, 53335);
}

TEST_F(SeedLoader, EveryQuestionOfTheSampleCourseHasAKey) {
    const auto report = load(seeds / "growth-marketing-foundations");
    for (const auto& quiz : kit().structure(report.value().course_id).quizzes) {
        const auto keys = kit().run(kit().catalogue.answer_keys(quiz.questions));
        ASSERT_TRUE(keys.has_value());
        EXPECT_EQ(keys->size(), quiz.questions.size());
        const auto definition = kit().run(kit().catalogue.quiz(quiz.id)).value();
        EXPECT_EQ(definition.questions.size(), quiz.questions.size());
    }
}

TEST_F(SeedLoader, SaysWhatIsWrongWithAFolder) {
    EXPECT_EQ(load(folder_ / "nothing").error().reason, "seed_unreadable");
    write("course.json", R"({"title":"x","colour":"red"})");
    const auto unknown_member = load(folder_ / "seed");
    EXPECT_EQ(unknown_member.error().reason, "seed_unreadable");
    EXPECT_NE(unknown_member.error().message.find("/colour"), std::string::npos) << unknown_member.error().message;
    write("course.json", R"({"title":"x"})");
    EXPECT_EQ(load(folder_ / "seed").error().reason, "course_invalid");
    write("course.json", R"({"assets":[{"key":"missing.png"}]})");
    EXPECT_NE(load(folder_ / "seed").error().message.find("missing.png"), std::string::npos);
}

}  // namespace
}  // namespace tt::course::testing
