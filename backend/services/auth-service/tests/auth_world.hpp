#pragma once

#include "platform/db/pool.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/auth-service/src/service.hpp"
#include "shared/middleware/authenticate.hpp"
#include "shared/middleware/error_shapes.hpp"

#include <boost/json.hpp>
#include <mutex>
#include <string>
#include <vector>

namespace tt::auth {

/// Keeps what would have been sent.
class RecordingMailer final : public mail::Mailer {
public:
    Task<void> send(mail::Message message) override;
    std::vector<mail::Message> sent_to(const std::string& email) const;
    /// Waits for the worker; empty when none came within five seconds.
    std::string wait_for_text(const std::string& email, std::size_t nth = 1) const;

private:
    mutable std::mutex mutex_;
    std::vector<mail::Message> sent_;
};

struct Answer {
    unsigned status = 0;
    boost::json::value body;
    std::string text;
    http::Headers headers;

    const boost::json::value& operator[](std::string_view name) const { return body.at(name); }
    std::string str(std::string_view name) const;
    /// error_code of the old body or code of the new one.
    std::string code() const;
};

struct Call {
    http::Method method = http::Method::get;
    std::string target;
    std::string body{};
    std::string bearer{};
    std::string api_version{};
    std::string cookie{};  // "name=value"
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// The algorithm with a hundredth of the memory: sanitizers make it slow.
crypto::PasswordConfig cheap_passwords();

/// The service on a real database behind the real middleware; two io threads, so that races are real.
class AuthWorld {
public:
    /// `database_port` is where the test server is reached; 0 = directly.
    explicit AuthWorld(AuthConfig config, std::uint16_t database_port = 0,
                       crypto::PasswordConfig passwords = cheap_passwords());
    ~AuthWorld();

    Answer call(Call call);
    std::future<Answer> start(Call call, std::size_t thread) {
        return runtime.start(dispatch(std::move(call)), thread);
    }
    /// The same call `times` at once, spread over the io threads.
    std::vector<Answer> call_at_once(const Call& call, std::size_t times);

    /// Whether, within five seconds, so many transactions or more wait for a lock that another one holds.
    bool comes_to_wait(int transactions);

    Answer post(std::string target, std::string body, std::string bearer = "");
    Answer get(std::string target, std::string bearer = "");
    Answer put(std::string target, std::string body, std::string bearer);
    Answer sign_up(const std::string& email, const std::string& password = "correct horse");
    Answer sign_in(const std::string& email, const std::string& password = "correct horse");
    Answer refresh(const std::string& token);
    /// The account's password becomes "password", kept with parameters that are ours no longer.
    void give_old_hash(const std::string& email);

    crypto::Envelope envelope{{std::string(32, 'k')}};
    platform::testing::TestDb database{std::string("site")};
    platform::testing::FakeClock clock;
    RecordingMailer mailer;
    platform::testing::TestRuntime runtime{2};
    db::Pool pool;
    crypto::PasswordHasher hasher;
    AuthService service;
    crypto::JwksCache jwks;
    Authenticator authenticator;
    http::Router router;
    jobs::Worker worker;

private:
    Task<Answer> dispatch(Call call);
};

/// Strict defaults with cheap time limits for tests; autoconfirm as asked.
AuthConfig test_config(bool autoconfirm);

}  // namespace tt::auth
