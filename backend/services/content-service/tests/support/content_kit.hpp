#pragma once

#include "platform/db/pool.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/content-service/src/service.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>
#include <filesystem>
#include <future>
#include <mutex>

namespace tt::content::testing {

using namespace platform::testing;

/// Keeps what would have been sent; refuses while `is_down`.
class RecordingMailer final : public mail::Mailer {
public:
    Task<void> send(mail::Message message) override;
    std::vector<mail::Message> sent_to(const std::string& email) const;

    std::atomic<bool> is_down = false;

private:
    mutable std::mutex mutex_;
    std::vector<mail::Message> sent_;
};

struct Call {
    std::string method = "GET";
    std::string target;
    std::string body{};
    std::optional<UserId> user{};
    std::string idempotency_key{};
};

struct Answer {
    unsigned status = 0;
    std::string text;
    boost::json::value body;

    const boost::json::value& operator[](std::string_view name) const { return body.at(name); }
    std::string str(std::string_view name) const;
};

/// The service on a database of its own, called through its router without a network.
class ContentKit {
public:
    ContentKit();
    ~ContentKit();

    Answer call(Call call);
    Answer get(std::string target) { return call({.target = std::move(target)}); }
    Answer post(std::string target, std::string body) { return call({"POST", std::move(target), std::move(body)}); }
    /// The same call `times` at once, spread over the io threads.
    std::vector<Answer> call_at_once(const Call& call, std::size_t times);

    template <class T>
    T run(Task<T> task) {
        return runtime.run(std::move(task));
    }

    std::string scalar(const std::string& sql) const { return database.scalar(sql); }
    std::string count_jobs(std::string_view queue, const std::string& email) const;
    /// Loads database/seeds/site.
    std::size_t seed();
    /// A post as an editor would write it in the database.
    void add_post(const std::string& slug, const std::string& published_at, const std::string& tags = "{}",
                  const std::string& status = "published", const std::string& content = "Text");

    TestRuntime runtime{2};
    TestDb database{std::string("site")};
    db::Pool pool;
    db::Database site;
    FakeClock clock;
    RecordingMailer mailer;
    LinkTokens tokens;
    Newsletter newsletter;  ///< as the service's own, for its jobs and schedules
    ContentService service;
    http::Router router;
};

/// One kit per suite: making a database costs more than any test here.
class ContentTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<ContentKit>(); }
    static void TearDownTestSuite() { kit_.reset(); }
    static ContentKit& kit() { return *kit_; }

private:
    static inline std::unique_ptr<ContentKit> kit_;
};

std::filesystem::path seed_folder();

}  // namespace tt::content::testing
