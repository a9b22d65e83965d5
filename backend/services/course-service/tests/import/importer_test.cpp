#include "services/course-service/tests/import/import_kit.hpp"

#include <chrono>
#include <fstream>

namespace tt::course::import {
namespace {

using testing::Files;
using testing::ImportKit;
using testing::small_course;

const std::string quiz_unit =
    R"(<html url_name="h"><p>Hi</p></html><problem url_name="p"><numericalresponse answer="1"/></problem>)";

class ImporterTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ImportKit; }
    static void TearDownTestSuite() { delete kit_; }
    static ImportKit& kit() { return *kit_; }

    /// A course of its own for this test, so that tests do not meet in the catalogue.
    static Files course(const std::string& name, const std::string& unit = quiz_unit) {
        auto files = small_course(unit);
        files["course.xml"] = R"(<course url_name="run1" org="Org" course=")" + name + R"("/>)";
        return files;
    }
    static boost::json::object report_of(const Result<std::string>& result) {
        EXPECT_TRUE(result) << result.error().reason << ": " << result.error().message;
        return boost::json::parse(result.value()).as_object();
    }
    static std::string refusal(const std::filesystem::path& archive) {
        const int courses = kit().count("public.courses");
        const auto result = kit().import(archive);
        EXPECT_EQ(kit().count("public.courses"), courses);
        if (result) return "accepted";
        EXPECT_FALSE(result.error().message.empty());
        EXPECT_EQ(kit().database.scalar(
                      "SELECT status || ' ' || (error->>'code') FROM academy.imports ORDER BY id DESC LIMIT 1"),
                  "failed " + result.error().reason);
        EXPECT_TRUE(std::filesystem::is_empty(kit().scratch.path() / "work/unpacked"));
        return result.error().reason;
    }

    static inline ImportKit* kit_ = nullptr;
};

TEST_F(ImporterTest, AnImportedCourseIsPublishedAndItsReportKept) {
    const auto report = report_of(kit().import_files(course("Published")));
    const std::string id(report.at("course").at("id").as_string());
    EXPECT_EQ(kit().database.scalar("SELECT status FROM public.courses WHERE id = '" + id + "'"), "published");
    EXPECT_EQ(kit().count("public.lessons WHERE course_id = '" + id + "' AND status = 'published'"), 1);
    EXPECT_EQ(kit().count("public.quiz_questions q JOIN academy.quizzes z ON z.id = q.quiz_id WHERE z.course_id = '" +
                          id + "'"),
              1);
    EXPECT_EQ(kit().database.scalar("SELECT status || percent FROM academy.imports WHERE course_id = '" + id + "'"),
              "done100");
    EXPECT_EQ(
        kit().database.scalar("SELECT report->>'source_sha256' FROM academy.imports WHERE course_id = '" + id + "'"),
        report.at("source_sha256").as_string());
    EXPECT_EQ(report.at("counts").at("created").at("lessons"), 1);
}

TEST_F(ImporterTest, TheSecondTimeNothingChanges) {
    report_of(kit().import_files(course("Twice")));
    const auto again = report_of(kit().import_files(course("Twice")));
    EXPECT_EQ(again.at("changed"), false);
    for (const auto& [kind, count] : again.at("counts").at("created").as_object()) EXPECT_EQ(count, 0) << kind;
    for (const auto& [kind, count] : again.at("counts").at("updated").as_object()) EXPECT_EQ(count, 0) << kind;
    EXPECT_EQ(again.at("counts").at("unchanged").at("questions"), 1);
}

TEST_F(ImporterTest, AChangedCourseChangesOnlyWhatDiffers) {
    report_of(kit().import_files(course("Changed")));
    const auto again = report_of(kit().import_files(course(
        "Changed",
        R"(<html url_name="h"><p>New</p></html><problem url_name="p"><numericalresponse answer="1"/></problem>)")));
    EXPECT_EQ(again.at("counts").at("updated").at("blocks"), 1);
    EXPECT_EQ(again.at("counts").at("unchanged").at("questions"), 1);
    EXPECT_EQ(again.at("counts").at("created").at("blocks"), 0);
}

TEST_F(ImporterTest, HostileArchivesAreRefusedWithTheReason) {
    using platform::archive::testing::ArchiveBuilder;
    const auto file = kit().scratch.path() / "hostile.tar.gz";
    const auto with = [&](auto add) {
        std::filesystem::remove(file);
        ArchiveBuilder builder(file);
        add(builder);
        builder.close();
        return refusal(file);
    };
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("course.xml", "<course/>").symlink("static/x", "/etc/passwd"); }),
              "archive_unsafe_entry");
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("/etc/cron.d/x", "x"); }), "archive_unsafe_entry");
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("a/../../x", "x"); }), "archive_unsafe_entry");
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("static/a", "x").file("static/a", "y"); }), "archive_unsafe_entry");
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("static/zeros", std::string(64U << 20, '\0')); }),
              "archive_too_large");
    EXPECT_EQ(with([](ArchiveBuilder& b) {
                  b.file("course.xml", "<!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><course>&x;</course>");
              }),
              "xml_doctype_refused");
    EXPECT_EQ(with([](ArchiveBuilder& b) { b.file("readme.txt", "hello"); }), "not_a_course");
    EXPECT_EQ(with([](ArchiveBuilder& b) {
                  b.file("course.xml", "<course url_name='r' org='o' course='Empty'/>")
                      .file("course/r.xml", "<course display_name='E'/>");
              }),
              "course_empty");
    std::ofstream(file, std::ios::binary) << "\x1f\x8b garbage";
    EXPECT_EQ(refusal(file), "archive_unreadable");
    EXPECT_EQ(kit().runtime.run(kit().importer.import_archive("/nowhere.tar.gz")).error().reason, "file_not_found");
}

TEST_F(ImporterTest, AnImportThatWasEndedMeanwhileLeavesNothing) {
    testing::write_archive(course("Ended"), kit().scratch.path() / "ended.tar.gz");
    const int courses = kit().count("public.courses");
    const auto result =
        kit().runtime.run(kit().importer.run(uuid_v7(), kit().scratch.path() / "ended.tar.gz", "ended.tar.gz", {}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "import_ended");
    EXPECT_EQ(kit().count("public.courses"), courses);
}

TEST_F(ImporterTest, UploadsAreForAdministratorsAndArchives) {
    const auto upload = [&](const std::string& bytes, std::vector<std::string> roles) {
        http::Request request;
        request.method = http::Method::post;
        request.method_text = "POST";
        request.target = "/api/v1/admin/imports";
        request.body_file = kit().scratch.path() / "upload";
        std::ofstream(request.body_file, std::ios::binary) << bytes;
        request.headers.set("x-filename", "..%2Fmy%20course.tar.gz");
        return kit().send(std::move(request), std::move(roles));
    };
    EXPECT_EQ(upload("\x1f\x8b", {}).status, 401U);
    EXPECT_EQ(upload("\x1f\x8b", {"student"}).status, 403U);
    const auto text = upload("hello", {"admin"});
    EXPECT_EQ(text.status, 415U);
    EXPECT_EQ(testing::code_of(text), "not_an_archive");
    const auto accepted = upload("\x1f\x8b", {"admin"});
    ASSERT_EQ(accepted.status, 202U);
    const std::string status_path(*accepted.headers.find("location"));
    EXPECT_EQ(kit().get(status_path, {"student"}).status, 403U);
    const auto status = kit().get(status_path, {"admin"});
    ASSERT_EQ(status.status, 200U);
    const auto body = boost::json::parse(std::get<std::string>(status.body)).as_object();
    EXPECT_EQ(body.at("status"), "queued");
    EXPECT_EQ(body.at("file_name"), "my course.tar.gz");
    EXPECT_EQ(kit().get("/api/v1/admin/imports/" + to_string(uuid_v7()), {"admin"}).status, 404U);
    EXPECT_EQ(kit().get("/api/v1/admin/imports", {"admin"}).status, 200U);
}

class ImportJobs : public ImporterTest {
protected:
    /// Queues an archive as an upload does and returns the job a worker would get.
    static jobs::Job queue(const Files& files) {
        const auto file = kit().scratch.path() / ("upload-" + to_string(uuid_v4()));
        testing::write_archive(files, file);
        const Uuid id = kit().runtime.run(kit().service.enqueue(file, "x.tar.gz", UserId::make()));
        return {uuid_v7(), "course.import", R"({"import_id":")" + to_string(id) + "\"}", 1};
    }
    static std::string status_of(const jobs::Job& job) {
        const auto id = std::string(boost::json::parse(job.payload).at("import_id").as_string());
        return kit().database.scalar(
            "SELECT status || ' ' || coalesce(error->>'code', '') FROM academy.imports WHERE id = '" + id + "'");
    }
    static bool archives_are_gone() { return std::filesystem::is_empty(kit().scratch.path() / "work/archives"); }
    static void SetUpTestSuite() { ImporterTest::SetUpTestSuite(); }
};

TEST_F(ImportJobs, AJobImportsAndDropsTheArchive) {
    const auto job = queue(course("Job"));
    EXPECT_EQ(status_of(job), "queued ");
    kit().runtime.run(kit().service.run_job(job));
    EXPECT_EQ(status_of(job), "done ");
    EXPECT_TRUE(archives_are_gone());
}

TEST_F(ImportJobs, AJobThatRunsTwiceDoesNothingTheSecondTime) {
    const auto job = queue(course("JobTwice"));
    kit().runtime.run(kit().service.run_job(job));
    const auto before = kit().database.scalar("SELECT max(updated_at) FROM academy.imports");
    kit().runtime.run(kit().service.run_job(job));
    EXPECT_EQ(kit().database.scalar("SELECT max(updated_at) FROM academy.imports"), before);
}

TEST_F(ImportJobs, AJobWhoseWorkerDiedStartsOver) {
    const auto job = queue(course("JobDied"));
    kit().database.exec(
        "UPDATE academy.imports SET status = 'running', stage = 'read', percent = 40, attempt = 1 WHERE status = "
        "'queued'");
    kit().runtime.run(kit().service.run_job(job));
    EXPECT_EQ(status_of(job), "done ");
}

TEST_F(ImportJobs, ABadArchiveFailsForGood) {
    const auto job = queue({{"readme.txt", "hello"}});
    kit().runtime.run(kit().service.run_job(job));
    EXPECT_EQ(status_of(job), "failed not_a_course");
    EXPECT_TRUE(archives_are_gone());
}

TEST_F(ImportJobs, AFaultOfOursIsTriedAgainAndThenReported) {
    auto job = queue(course("JobFault"));
    const auto id = std::string(boost::json::parse(job.payload).at("import_id").as_string());
    const auto archive = kit().scratch.path() / "work/archives" / id;
    std::filesystem::rename(archive, archive.string() + ".away");
    EXPECT_ANY_THROW(kit().runtime.run(kit().service.run_job(job)));
    EXPECT_EQ(status_of(job), "running ");
    std::filesystem::rename(archive.string() + ".away", archive);
    kit().runtime.run(kit().service.run_job(job));
    EXPECT_EQ(status_of(job), "done ");

    auto last = queue(course("JobFaultAgain"));
    std::filesystem::remove_all(kit().scratch.path() / "work/archives");
    std::filesystem::create_directory(kit().scratch.path() / "work/archives");
    last.attempt = ImportService::max_attempts;
    kit().runtime.run(kit().service.run_job(last));
    EXPECT_EQ(status_of(last), "failed import_failed");
}

TEST_F(ImportJobs, AnImportNobodyWorksOnIsEnded) {
    const auto job = queue(course("JobStale"));
    kit().database.exec(
        "UPDATE academy.imports SET status = 'running', updated_at = now() - interval '11 minutes' WHERE status = "
        "'queued'");
    kit().runtime.run(kit().service.fail_stale());
    EXPECT_EQ(status_of(job), "failed import_interrupted");
    EXPECT_TRUE(archives_are_gone());
}

TEST_F(ImportJobs, AWorkerRunsAnUploadToItsReport) {
    const auto job = queue(course("Worker"));
    jobs::Worker worker(kit().runtime.get(), kit().pool.database("svc_platform"));
    kit().service.work(worker);
    worker.start();
    for (int i = 0; i < 200 && status_of(job) != "done "; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_EQ(status_of(job), "done ");
    kit().runtime.run(worker.drain());
}

TEST_F(ImporterTest, TheDemoCourseIsImportedTwice) {
    const auto archive = testing::demo_course_archive();
    if (!archive) GTEST_SKIP() << testing::skip_message;
    const auto report = report_of(kit().import(*archive));
    const std::string id(report.at("course").at("id").as_string());
    EXPECT_EQ(report.at("course").at("title"), "Open edX Demo Course");
    EXPECT_EQ(kit().count("public.modules WHERE deleted_at IS NULL AND course_id = '" + id + "'"), 23);
    EXPECT_EQ(kit().count("public.lessons WHERE deleted_at IS NULL AND course_id = '" + id + "'"), 58);
    EXPECT_EQ(kit().count("academy.lesson_blocks WHERE deleted_at IS NULL AND course_id = '" + id + "'"), 313);
    EXPECT_EQ(kit().count("academy.quizzes WHERE deleted_at IS NULL AND course_id = '" + id + "'"), 15);
    EXPECT_EQ(kit().count("public.quiz_questions q JOIN academy.quizzes z ON z.id = q.quiz_id WHERE z.course_id = '" +
                          id + "'"),
              27);
    EXPECT_EQ(kit().count("media.captions"), 6 + kit().count("media.captions WHERE language = 'de'"));
    EXPECT_EQ(report.at("unsupported").as_array().size(), 15U);
    EXPECT_EQ(report.at("images").at("total"), 46);

    const auto again = report_of(kit().import(*archive));
    EXPECT_EQ(again.at("changed"), false);
    RecordProperty("first_import_ms", static_cast<int>(report.at("duration_ms").to_number<int>()));
    RecordProperty("second_import_ms", static_cast<int>(again.at("duration_ms").to_number<int>()));
    std::cout << "demo course: " << report.at("duration_ms") << " ms, again " << again.at("duration_ms") << " ms\n";
}

}  // namespace
}  // namespace tt::course::import
