#include "services/course-service/tests/import/demo_course.hpp"

#include "platform/json/json.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <numeric>

// Every row of the expected yield of the demo course (../shared/reference/academy.md §5.4), one test each.
namespace tt::course::import {
namespace {

using testing::ScratchFolder;

struct Counted {
    std::vector<const LessonDraft*> lessons;
    std::vector<std::string> lesson_paths;
    std::vector<const BlockDraft*> blocks;
    std::vector<const QuizDraft*> quizzes;
    std::vector<const QuestionDraft*> questions;
    std::size_t sections = 0;
    std::size_t graded_sections = 0;
};

class DemoCourse : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        const auto archive = testing::demo_course_archive();
        if (!archive) return;
        scratch_ = new ScratchFolder;
        std::filesystem::create_directory(scratch_->path() / "course");
        const auto unpacked = platform::archive::extract(*archive, scratch_->path() / "course");
        ASSERT_TRUE(unpacked) << unpacked.error().message;
        const storage::FileDirectory store(scratch_->path() / "objects");
        const auto folder = CourseFolder::find(scratch_->path() / "course");
        ASSERT_TRUE(folder) << folder.error().message;
        auto course = read_olx(*folder, store);
        ASSERT_TRUE(course) << course.error().message;
        course_ = new OlxCourse(std::move(*course));
        counted_ = new Counted;
        for (const auto& module : course_->draft.modules) count(module, module.title);
    }
    static void TearDownTestSuite() {
        delete counted_;
        delete course_;
        delete scratch_;
    }
    void SetUp() override {
        if (!testing::demo_course_archive()) GTEST_SKIP() << testing::skip_message;
        ASSERT_NE(course_, nullptr);
    }

    static void count(const ModuleDraft& module, const std::string& path) {
        for (const auto& section : module.sections) {
            ++counted_->sections;
            if (section.grade_category) ++counted_->graded_sections;
            count(section, path + " › " + section.title);
        }
        for (const auto& lesson : module.lessons) {
            counted_->lessons.push_back(&lesson);
            counted_->lesson_paths.push_back(path + " › " + lesson.title);
            for (const auto& block : lesson.blocks) count(block);
        }
    }
    static void count(const BlockDraft& block) {
        counted_->blocks.push_back(&block);
        for (const auto& child : block.children) count(child);
        if (!block.quiz) return;
        counted_->quizzes.push_back(&*block.quiz);
        for (const auto& question : block.quiz->questions) counted_->questions.push_back(&question);
    }

    static std::map<std::string, int> blocks_by_kind() {
        std::map<std::string, int> kinds;
        for (const auto* block : counted_->blocks) ++kinds[block->kind];
        return kinds;
    }
    static const CourseDraft& draft() { return course_->draft; }
    static const Findings& findings() { return course_->findings; }
    static const QuizDraft* quiz_of(const std::string& problem) {
        for (const auto* quiz : counted_->quizzes) {
            if (quiz->import_key == problem) return quiz;
        }
        return nullptr;
    }
    /// Titles of the lessons whose shown text holds `word`.
    static std::vector<std::string> lessons_with(const std::string& word) {
        std::vector<std::string> paths;
        for (std::size_t i = 0; i < counted_->lessons.size(); ++i) {
            std::string text;
            for (const auto& block : counted_->lessons[i]->blocks)
                text += markup::sanitize(block.content_html.value_or("")).text + " ";
            std::ranges::transform(text, text.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            if (text.find(word) != std::string::npos) paths.push_back(counted_->lesson_paths[i]);
        }
        return paths;
    }
    static std::vector<int> correct_indexes(const QuestionDraft& question) {
        const auto key = boost::json::parse(question.answer_key.text).as_object();
        std::vector<int> indexes;
        for (std::size_t i = 0; i < question.options.size(); ++i) {
            const boost::json::value id(question.options[i].id);
            const bool is_single = key.contains("option") && key.at("option") == id;
            const bool is_among = key.contains("options") && std::ranges::find(key.at("options").as_array(), id) !=
                                                                 key.at("options").as_array().end();
            if (is_single || is_among) indexes.push_back(static_cast<int>(i));
        }
        return indexes;
    }

    static inline ScratchFolder* scratch_ = nullptr;
    static inline OlxCourse* course_ = nullptr;
    static inline Counted* counted_ = nullptr;
};

TEST_F(DemoCourse, TitleAndLanguage) {
    EXPECT_EQ(draft().title, "Open edX Demo Course");
    EXPECT_EQ(draft().language, "en");
}

TEST_F(DemoCourse, ModulesOfBothDepths) {
    EXPECT_EQ(draft().modules.size(), 6U);
    EXPECT_EQ(counted_->sections, 17U);
}

TEST_F(DemoCourse, LessonsNoneOfThemEmpty) {
    EXPECT_EQ(counted_->lessons.size(), 58U);
    EXPECT_EQ(std::ranges::count_if(counted_->lessons, [](const auto* lesson) { return lesson->blocks.empty(); }), 0);
}

TEST_F(DemoCourse, LessonsWithAQuiz) {
    const auto has_quiz = [](const LessonDraft* lesson) {
        return std::ranges::any_of(lesson->blocks, [](const auto& block) { return block.quiz.has_value(); });
    };
    EXPECT_EQ(std::ranges::count_if(counted_->lessons, has_quiz), 9);
}

TEST_F(DemoCourse, Blocks) {
    EXPECT_EQ(counted_->blocks.size(), 313U);
    const std::map<std::string, int> expected{{"html", 266}, {"video", 11}, {"quiz", 15},      {"discussion", 1},
                                              {"poll", 1},   {"survey", 1}, {"assignment", 3}, {"unsupported", 15}};
    EXPECT_EQ(blocks_by_kind(), expected);
}

TEST_F(DemoCourse, VideosOnYouTubeAndWithAFile) {
    int youtube = 0;
    int with_file = 0;
    for (const auto* block : counted_->blocks) {
        if (block->kind != "video") continue;
        const auto content = boost::json::parse(block->content.text).as_object();
        if (content.contains("youtube_id")) ++youtube;
        if (!content.at("sources").as_array().empty()) ++with_file;
    }
    EXPECT_EQ(youtube, 10);
    EXPECT_EQ(with_file, 1);
}

TEST_F(DemoCourse, UnsupportedBlocksAreListedByType) {
    std::map<std::string, int> types;
    for (const auto& item : findings().unsupported) ++types[item.type];
    const std::map<std::string, int> expected{{"problem", 9},           {"lti", 2},  {"drag-and-drop-v2", 1},
                                              {"staffgradedxblock", 1}, {"done", 1}, {"annotatable", 1}};
    EXPECT_EQ(types, expected);
    for (const auto& item : findings().unsupported) {
        EXPECT_NE(item.path.find(" › "), std::string::npos) << item.type;
        EXPECT_FALSE(item.reason.empty() || item.detail.empty() || item.source.empty()) << item.type;
    }
}

TEST_F(DemoCourse, QuestionsByType) {
    std::map<std::string, int> types;
    for (const auto* question : counted_->questions) ++types[question->type];
    const std::map<std::string, int> expected{
        {"single_choice", 9}, {"multiple_choice", 2}, {"dropdown", 9}, {"numeric", 3}, {"short_text", 4}};
    EXPECT_EQ(counted_->questions.size(), 27U);
    EXPECT_EQ(types, expected);
}

TEST_F(DemoCourse, OptionsAndCorrectOptions) {
    std::size_t options = 0;
    std::size_t correct = 0;
    for (const auto* question : counted_->questions) {
        options += question->options.size();
        correct += correct_indexes(*question).size();
    }
    EXPECT_EQ(options, 78U);
    EXPECT_EQ(correct, 23U);
}

TEST_F(DemoCourse, UnsupportedResponses) {
    const std::map<std::string, int> expected{
        {"custom", 4}, {"formula", 2}, {"image", 1}, {"schematic", 1}, {"numeric_with_script", 1}, {"none", 1}};
    EXPECT_EQ(findings().unsupported_responses, expected);
}

TEST_F(DemoCourse, OnePoolOfSixDrawsTwo) {
    std::vector<const QuizDraft*> pools;
    std::ranges::copy_if(counted_->quizzes, std::back_inserter(pools),
                         [](const auto* quiz) { return quiz->questions.front().pool_key.has_value(); });
    ASSERT_EQ(pools.size(), 1U);
    EXPECT_EQ(pools[0]->questions.size(), 6U);
    EXPECT_EQ(pools[0]->draw_count, 2);
}

TEST_F(DemoCourse, NoProblemOutsideThePoolLimitsAttempts) {
    EXPECT_EQ(findings().problems_without_attempt_limit, 23);
    for (const auto* quiz : counted_->quizzes) EXPECT_EQ(quiz->max_attempts, 0) << quiz->title;
}

TEST_F(DemoCourse, ProblemsWithHintsAndSolutions) {
    EXPECT_EQ(findings().problems_with_hints, 3);
    EXPECT_EQ(findings().problems_with_solutions, 16);
}

TEST_F(DemoCourse, GradeCategoriesAndPassMark) {
    ASSERT_EQ(draft().grade_categories.size(), 3U);
    const std::vector<std::string> weights{"0.3", "0.35", "0.35"};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(draft().grade_categories[i].weight, weights[i]);
        EXPECT_EQ(draft().grade_categories[i].drop_lowest, 0);
        EXPECT_EQ(draft().grade_categories[i].min_count, 1);
    }
    EXPECT_TRUE(draft().grade_categories[0].name.starts_with("Basic"));
    EXPECT_EQ(draft().pass_percent, "50");
    EXPECT_EQ(counted_->graded_sections, 3U);
}

TEST_F(DemoCourse, CaptionTracks) {
    const std::map<std::string, int> expected{{"en", 5}, {"es", 1}};
    EXPECT_EQ(findings().caption_languages, expected);
    EXPECT_EQ(findings().caption_cues, 2709);
    std::size_t tracks = 0;
    for (const auto& asset : draft().assets) tracks += asset.captions.size();
    EXPECT_EQ(tracks, 6U);
}

TEST_F(DemoCourse, StaticFilesAndReferences) {
    EXPECT_EQ(findings().static_files, 124);
    EXPECT_EQ(findings().static_bytes, 19'774'903U);
    EXPECT_EQ(findings().static_refs.size(), 62U);
    EXPECT_TRUE(findings().unresolved_static_refs.empty());
}

TEST_F(DemoCourse, JumpLinks) {
    EXPECT_EQ(findings().links_rewritten, 47);
    for (const auto& link : findings().unresolved_links)
        EXPECT_EQ(link.message.find("jump_to"), std::string::npos) << link.message;
}

TEST_F(DemoCourse, ScriptsAreRemovedAndCounted) {
    EXPECT_EQ(findings().html_files_with_scripts, 64);
    EXPECT_GE(findings().removed.scripts, 64U);
    EXPECT_EQ(findings().removed.event_handlers, 178U);
    for (const auto* block : counted_->blocks) {
        const std::string html = block->content_html.value_or("");
        EXPECT_EQ(html.find("<script"), std::string::npos) << block->import_key;
        EXPECT_EQ(html.find("=\"/static/"), std::string::npos) << block->import_key;
        EXPECT_EQ(html.find("jump_to_id"), std::string::npos) << block->import_key;
    }
}

TEST_F(DemoCourse, Images) {
    std::size_t images = 0;
    for (const auto* block : counted_->blocks) {
        if (block->kind == "html") images += markup::sanitize(block->content_html.value_or("")).report.images;
    }
    EXPECT_EQ(images, 46U);
    EXPECT_TRUE(findings().images_without_alt.empty());
}

TEST_F(DemoCourse, SearchProbesFindExactlyTheirLesson) {
    EXPECT_EQ(lessons_with("rutherfordium"),
              std::vector<std::string>{
                  "Module 3: Ace the Assessments! › Specialty Assessment Tools › Interactive Periodic Table"});
    EXPECT_EQ(lessons_with("transcriptions"),
              std::vector<std::string>{"Module 2: Crafting Captivating Content › Videos › Transcripts and Subtitles"});
}

TEST_F(DemoCourse, SpotChecksOfTheKeys) {
    const std::map<std::string, std::vector<int>> expected{{"870b16e640d541af94a308caac834d2e", {0}},
                                                           {"ef8c3814d2ce47c6927a8310bba4b849", {4}},
                                                           {"b1ddf9b3553941cfa55b3cc8a56ab1a0", {0, 2}},
                                                           {"0135258373e648f2b57a80ae06bade61", {1, 3, 4}}};
    for (const auto& [problem, indexes] : expected) {
        const auto* quiz = quiz_of(problem);
        ASSERT_NE(quiz, nullptr) << problem;
        EXPECT_EQ(correct_indexes(quiz->questions.front()), indexes) << problem;
    }
}

TEST_F(DemoCourse, TheCoverIsTheOneOfThePolicyAndPublic) {
    ASSERT_TRUE(draft().thumbnail_asset_key);
    EXPECT_NE(draft().thumbnail_asset_key->find("DemoX-Course-Card.png"), std::string::npos);
    for (const auto& asset : draft().assets)
        EXPECT_EQ(asset.is_public, asset.key == *draft().thumbnail_asset_key) << asset.key;
}

TEST_F(DemoCourse, NoPromptOrOptionShowsWhatIsRight) {
    for (const auto* question : counted_->questions) {
        EXPECT_FALSE(question->prompt_html.empty()) << question->import_key;
        for (const std::string word : {"correct=", "choicehint", "answer=", "<solution", "loncapa"}) {
            EXPECT_EQ(question->prompt_html.find(word), std::string::npos) << question->prompt_html;
        }
    }
}

}  // namespace
}  // namespace tt::course::import
