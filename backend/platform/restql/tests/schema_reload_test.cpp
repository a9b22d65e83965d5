#include "platform/restql/schema/reload.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace platform::restql {
namespace {

using namespace std::chrono_literals;

/// A reloader on a database of its own, with loads that are only counted.
class Reload : public ::testing::Test {
protected:
    ~Reload() override {
        if (!reloader_) return;
        reloader_->stop();
        run_.get();
        runtime_.stop();
    }

    void start(bool listens = true) {
        reloader_ = std::make_unique<SchemaReloader>(
            ReloadConfig{.conninfo = database_.url(), .channel = "schema_reload_test", .listens = listens},
            [this] { return load(schemas_); }, [this] { return load(settings_); });
        run_ = runtime_.start(reloader_->run());
    }
    Task<void> load(std::atomic<int>& count) {
        if (failures_ > 0) {
            --failures_;
            throw std::runtime_error("the catalogue is away");
        }
        ++count;
        co_return;
    }
    void notify(const std::string& message) const { database_.exec("NOTIFY schema_reload_test, '" + message + "'"); }
    static bool comes_true(const std::function<bool()>& fact) {
        for (int i = 0; i < 500; ++i) {
            if (fact()) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
    void wait_until_idle() {
        ASSERT_TRUE(comes_true([this] { return schemas_ > 0 && !reloader_->is_pending(); }));
        std::this_thread::sleep_for(200ms);
    }

    platform::testing::TestDb database_{std::string("site")};
    platform::testing::TestRuntime runtime_;
    std::atomic<int> schemas_{0}, settings_{0}, failures_{0};
    std::unique_ptr<SchemaReloader> reloader_;
    std::future<void> run_;
};

TEST_F(Reload, ANotificationReloadsTheSchema) {
    start();
    wait_until_idle();
    const int before = schemas_;
    notify("reload schema");
    EXPECT_TRUE(comes_true([&] { return schemas_ == before + 1; }));
    notify("");
    EXPECT_TRUE(comes_true([&] { return schemas_ == before + 2; }));
    EXPECT_EQ(settings_, 0);
}

TEST_F(Reload, ANotificationReloadsTheSettings) {
    start();
    wait_until_idle();
    notify("reload config");
    EXPECT_TRUE(comes_true([&] { return settings_ == 1; }));
}

TEST_F(Reload, ManyNotificationsAreOneReload) {
    start();
    wait_until_idle();
    const int before = schemas_;
    // In one transaction, so that they arrive together: as many reloads as round trips would be right otherwise.
    database_.exec(
        "DO $$ BEGIN FOR i IN 1..50 LOOP PERFORM pg_notify('schema_reload_test', repeat(' ', i)); END LOOP;"
        " PERFORM pg_notify('schema_reload_test', ''), pg_notify('schema_reload_test', 'reload schema'); END $$");
    EXPECT_TRUE(comes_true([&] { return schemas_ > before && !reloader_->is_pending(); }));
    std::this_thread::sleep_for(300ms);
    EXPECT_LE(schemas_, before + 2);
}

TEST_F(Reload, AFailedLoadIsTriedAgain) {
    failures_ = 2;
    start();
    EXPECT_TRUE(comes_true([&] { return schemas_ >= 1 && !reloader_->is_pending(); }));
    EXPECT_EQ(failures_, 0);
}

TEST_F(Reload, WithoutListeningATriggerLoads) {
    start(false);
    reloader_->trigger();
    EXPECT_TRUE(comes_true([&] { return schemas_ == 1; }));
    std::this_thread::sleep_for(200ms);
    notify("reload schema");
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(schemas_, 1);
    reloader_->trigger();
    EXPECT_TRUE(comes_true([&] { return schemas_ == 2; }));
}

TEST_F(Reload, ALostSessionIsReplacedAndWhatWasMissedIsLoaded) {
    start();
    wait_until_idle();
    const int before = schemas_;
    database_.exec(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        "pg_backend_pid()");
    EXPECT_TRUE(comes_true([&] { return schemas_ > before; }));
    wait_until_idle();
    const int again = schemas_;
    notify("reload schema");
    EXPECT_TRUE(comes_true([&] { return schemas_ > again; }));
}

}  // namespace
}  // namespace platform::restql
