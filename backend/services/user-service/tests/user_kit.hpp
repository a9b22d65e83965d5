#pragma once

#include "platform/db/pool.hpp"
#include "platform/events/relay.hpp"
#include "platform/http/router.hpp"
#include "platform/storage/file_store.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/user-service/src/service.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>
#include <map>
#include <mutex>

namespace tt::user::testing {

using namespace platform::testing;

struct Call {
    std::string method = "GET";
    std::string target = "/api/v1/profile";
    std::string body{};
    Principal caller{};
    std::string if_match{};
    std::string content_type = "application/json";
};

struct Answer {
    unsigned status = 0;
    std::string text;
    boost::json::value body;
    std::string etag;
    http::Headers headers{};

    std::string code() const;
    /// A text member of the body, or "".
    std::string str(std::string_view name) const;
};

Principal person(UserId id, std::string display_name = "Ada");
Principal service_key();

/// Auth as the service knows it.
class FakeAccounts final : public auth::AccountDirectory {
public:
    void add(UserId user, std::string email, bool is_confirmed = true);
    Task<Result<auth::AccountCard>> account(UserId user) override;
    Task<Result<void>> enter_organization(UserId user, SessionId session, auth::SessionOrganization where) override;
    std::vector<std::string> part_names() const override { return auth::account_part_names(); }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

    /// "organisation role" of the last call, or "".
    std::string entered(UserId user) const;

    std::atomic<int> asked{0};  ///< for the data of a person

private:
    mutable std::mutex mutex_;
    std::map<UserId, auth::AccountCard> cards_;
    std::map<UserId, std::string> entered_;
};

/// Another service, which can be away.
class FakeSource final : public PersonalDataSource {
public:
    std::vector<std::string> part_names() const override { return {"progress", "certificates"}; }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

    std::atomic<bool> is_away{false};
    std::atomic<int> asked{0};
};

class RecordingMailer final : public mail::Mailer {
public:
    Task<void> send(mail::Message message) override;
    /// Waits for the worker; nothing when none came within ten seconds.
    std::optional<mail::Message> wait_for(const std::string& email, std::size_t nth = 1) const;
    std::size_t count(const std::string& email) const;

private:
    mutable std::mutex mutex_;
    std::vector<mail::Message> sent_;
};

/// The service on a real database with its jobs and events; two io threads, so that races are real.
class UserKit {
public:
    UserKit();
    ~UserKit();
    /// Ends jobs, events and threads; the destructor does it, too.
    void stop();

    Answer call(Call call);
    std::vector<Answer> call_at_once(const Call& call, std::size_t times);
    std::vector<Answer> call_all_at_once(const std::vector<Call>& calls);
    std::string scalar(const std::string& sql) const { return database.scalar(sql); }
    /// What the scheduler does every hour.
    Task<void> clean_up();
    /// As auth's outbox has it.
    void tell_created(UserId user, const std::string& display_name);
    void tell(const std::string& topic, UserId user, const boost::json::object& payload);
    /// What `sql` gives once it gives `expected`, or after 10 s.
    std::string eventually(const std::string& sql, const std::string& expected) const;
    std::string profile_events(UserId user) const;
    /// A person with an account of that address and a profile.
    Principal member(const std::string& email, bool is_confirmed = true);

    FakeClock clock{SystemClock().now()};
    FakeAccounts accounts;
    FakeSource academy;
    RecordingMailer mailer;
    TestRuntime runtime{2};
    TestDb database{std::string("site")};
    std::filesystem::path folder;
    storage::FileStore objects;
    db::Pool pool;
    UserService service;
    http::Router router;
    jobs::Worker worker;
    events::Bus bus;
    events::Relay relay;

private:
    bool is_stopped_ = false;
    std::vector<Answer> finish(std::vector<std::future<Answer>> running);
};

class UserTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<UserKit>(); }
    static void TearDownTestSuite() { kit_.reset(); }
    static UserKit& kit() { return *kit_; }

private:
    static inline std::unique_ptr<UserKit> kit_;
};

}  // namespace tt::user::testing
