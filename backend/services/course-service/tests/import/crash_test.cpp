#include "services/course-service/tests/import/import_kit.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <csignal>
#include <cstdlib>
#include <thread>

extern char** environ;

// An import killed at any moment: the catalogue has all of the course or nothing of it.
namespace tt::course::import {
namespace {

using testing::ImportKit;

constexpr int html_components = 300;

testing::Files large_course() {
    std::string unit;
    for (int i = 0; i < html_components; ++i)
        unit += "<html url_name=\"h" + std::to_string(i) + "\"><p>Paragraph " + std::to_string(i) + "</p></html>";
    auto files = testing::small_course(unit);
    for (int i = 0; i < 40; ++i)
        files["static/file-" + std::to_string(i) + ".txt"] =
            std::string(20'000, static_cast<char>('a' + i % 26)) + std::to_string(i);
    return files;
}

/// Only as a child of the test below: imports and ends.
TEST(ImportChild, DISABLED_Imports) {
    const std::string url = std::getenv("TT_CHILD_DATABASE");
    const std::filesystem::path scratch = std::getenv("TT_CHILD_FOLDER");
    testing::TestRuntime runtime(1);
    db::Pool pool(runtime.get(), testing::pool_config(url));
    const SystemClock clock;
    Importer importer(runtime.get(), pool.database("svc_course"), storage::FileDirectory(scratch / "objects"),
                      scratch / "work", clock);
    runtime.run(importer.import_archive(scratch / "large.tar.gz"));
    runtime.stop();
}

pid_t spawn_child(const ImportKit& kit) {
    ::setenv("TT_CHILD_DATABASE", kit.database.url_as("tt_academy").c_str(), 1);
    ::setenv("TT_CHILD_FOLDER", kit.scratch.path().c_str(), 1);
    std::string program = "/proc/self/exe";
    std::string filter = "--gtest_filter=ImportChild.DISABLED_Imports";
    std::string disabled = "--gtest_also_run_disabled_tests";
    std::string brief = "--gtest_brief=1";
    char* arguments[] = {program.data(), filter.data(), disabled.data(), brief.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0)
        throw std::runtime_error("cannot start the child");
    return child;
}

TEST(ImportCrash, AKilledImportLeavesAllOrNothing) {
    ImportKit kit;
    testing::write_archive(large_course(), kit.scratch.path() / "large.tar.gz");
    int killed_before_the_end = 0;
    for (int delay_ms = 60; delay_ms <= 1500 && kit.count("public.courses") == 0; delay_ms += 60) {
        const pid_t child = spawn_child(kit);
        std::this_thread::sleep_for(std::chrono::milliseconds{delay_ms});
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        // The server ends the killed session's transaction when it notices; a running one would show no rows anyway.
        const int blocks = kit.count("academy.lesson_blocks");
        const int done = kit.count("academy.imports WHERE status = 'done'");
        EXPECT_TRUE(blocks == 0 || blocks == html_components) << blocks << " blocks after " << delay_ms << " ms";
        EXPECT_EQ(done, blocks == 0 ? 0 : 1);
        EXPECT_EQ(kit.count("academy.course_versions"), done);
        if (done == 0) ++killed_before_the_end;
    }
    EXPECT_GT(killed_before_the_end, 0);
    const auto report = kit.import(kit.scratch.path() / "large.tar.gz");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(kit.count("academy.lesson_blocks"), html_components);
    kit.database.exec("UPDATE academy.imports SET updated_at = now() - interval '1 hour' WHERE status = 'running'");
    kit.runtime.run(kit.service.fail_stale());
    EXPECT_EQ(kit.count("academy.imports WHERE status = 'running'"), 0);
}

}  // namespace
}  // namespace tt::course::import
