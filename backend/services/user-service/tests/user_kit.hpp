#pragma once

#include "platform/db/pool.hpp"
#include "platform/http/router.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/user-service/src/service.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace tt::user::testing {

using namespace platform::testing;

struct Call {
    std::string method = "GET";
    std::string target = "/api/v1/profile";
    std::string body{};
    Principal caller{};
    std::string if_match{};
};

struct Answer {
    unsigned status = 0;
    std::string text;
    boost::json::value body;
    std::string etag;

    std::string code() const { return std::string(body.at("code").as_string()); }
};

Principal person(UserId id, std::string display_name = "Ada");
Principal service_key();

class UserKit {
public:
    UserKit();
    ~UserKit() { runtime.stop(); }

    Answer call(Call call);
    std::vector<Answer> call_at_once(const Call& call, std::size_t times);
    std::string scalar(const std::string& sql) const { return database.scalar(sql); }
    /// As auth's outbox has it.
    void tell_created(UserId user, const std::string& display_name);
    /// What `sql` gives once it gives `expected`, or after 10 s.
    std::string eventually(const std::string& sql, const std::string& expected) const;
    std::string profile_events(UserId user) const;

    TestRuntime runtime{2};
    TestDb database{std::string("site")};
    db::Pool pool;
    UserService service;
    http::Router router;
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
