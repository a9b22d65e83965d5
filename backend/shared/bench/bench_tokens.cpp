// bench-tokens: what the check of a token costs a gateway, in nanoseconds of CPU: a token not seen before
// (signature and claims), one seen before, the same against a set of revocations, and that with four threads at once.
#include "platform/http/router.hpp"
#include "shared/middleware/authenticate.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <vector>

namespace {

using namespace tt;

constexpr std::size_t revoked_count = 100'000;
constexpr unsigned thread_count = 4;

class BenchIssuer final : public crypto::JwksSource {
public:
    Task<std::string> fetch_jwks() override {
        co_return boost::json::serialize(boost::json::object{{"keys", boost::json::array{key.public_jwk()}}});
    }
    crypto::Es256Key key = crypto::Es256Key::generate();
};

std::string bench_token(const crypto::Es256Key& key, const Clock& clock) {
    const auto now_s = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    return crypto::sign_jwt(
        key, {{"iss", "http://127.0.0.1:8000/auth/v1"},
              {"sub", to_string(uuid_v7())},
              {"aud", "authenticated"},
              {"exp", now_s + 900},
              {"iat", now_s},
              {"jti", to_string(uuid_v7())},
              {"email", "somebody@example.com"},
              {"phone", ""},
              {"app_metadata", {{"provider", "email"}, {"providers", {"email"}}, {"roles", {"student"}}}},
              {"user_metadata", {{"display_name", "Somebody"}}},
              {"role", "authenticated"},
              {"aal", "aal1"},
              {"amr", boost::json::array{{{"method", "password"}, {"timestamp", now_s}}}},
              {"session_id", to_string(uuid_v4())}});
}

/// Of the CPU, so that neighbours on the machine do not count.
double cpu_nanoseconds() {
    return static_cast<double>(std::clock()) * 1e9 / CLOCKS_PER_SEC;
}

template <class F>
double nanoseconds_each(std::size_t count, F work) {
    const double started = cpu_nanoseconds();
    for (std::size_t i = 0; i < count; ++i) work(i);
    return (cpu_nanoseconds() - started) / static_cast<double>(count);
}

/// What a gateway does with a request that carries a token it knows.
void check_known(crypto::TokenVerifier<KnownToken>& verifier, const RevocationSet& revocations, const Clock& clock,
                 const std::string& token) {
    const auto known = verifier.cached(token);
    if (!known || !revocations.vouches_at(clock.now()) || revocations.is_revoked(*known->session, known->issued_at) ||
        revocations.is_revoked(known->principal.user_id->value, known->issued_at)) {
        std::abort();
    }
}

void fill(RevocationSet& revocations, const Clock& clock) {
    const Time later = clock.now() + std::chrono::hours(1);
    std::vector<Revocation> added;
    for (std::size_t i = 0; i < revoked_count; ++i) added.push_back({uuid_v4(), later, later});
    revocations.adopt({"1", 960, std::move(added)}, clock.now());
}

template <class T>
T run_alone(Task<T> task) {
    asio::io_context context(1);
    std::optional<T> value;
    asio::co_spawn(context.get_executor(), std::move(task), [&](std::exception_ptr failure, T result) {
        if (!failure) value.emplace(std::move(result));
    });
    context.run();
    return std::move(value.value());
}

}  // namespace

int main() {
    const SystemClock clock;
    BenchIssuer issuer;
    crypto::JwksCache jwks(issuer, {}, clock);
    const crypto::JwtPolicy policy{.issuer = "http://127.0.0.1:8000/auth/v1", .audience = "authenticated"};
    crypto::TokenVerifier<KnownToken> verifier(jwks, policy, clock, thread_count, known_token_of);

    std::vector<std::string> fresh;
    for (int i = 0; i < 4000; ++i) fresh.push_back(bench_token(issuer.key, clock));
    if (!run_alone(verifier.verify(fresh[0]))) std::abort();
    const double uncached = nanoseconds_each(fresh.size() - 1, [&](std::size_t i) {
        if (!run_alone(verifier.verify(fresh[i + 1]))) std::abort();
    });

    RevocationSet revocations;
    revocations.adopt({"1", 960, {}}, clock.now());
    constexpr std::size_t rounds = 2'000'000;
    const double cached = nanoseconds_each(rounds, [&](std::size_t i) {
        if (!verifier.cached(fresh[i % 1000])) std::abort();
    });
    fill(revocations, clock);
    const double against_set =
        nanoseconds_each(rounds, [&](std::size_t i) { check_known(verifier, revocations, clock, fresh[i % 1000]); });
    const double set_alone = nanoseconds_each(rounds, [&](std::size_t i) {
        Uuid subject;
        subject.bytes[15] = static_cast<std::uint8_t>(i);
        if (revocations.is_revoked(subject, clock.now())) std::abort();
    });

    std::printf("token not seen before    %8.0f ns\n", uncached);
    std::printf("token seen before        %8.0f ns\n", cached);
    std::printf("... and not revoked      %8.0f ns (of %zu that are)\n", against_set, revoked_count);
    std::printf("one look into the set    %8.0f ns\n", set_alone);

    std::vector<std::jthread> threads;
    const double started = cpu_nanoseconds();
    for (unsigned t = 0; t < thread_count; ++t) {
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < rounds; ++i) {
                Uuid subject;
                subject.bytes[15] = static_cast<std::uint8_t>(i * 7);
                if (revocations.is_revoked(subject, Time{})) std::abort();
            }
        });
    }
    threads.clear();
    std::printf("one look, %u threads      %8.0f ns of a core\n", thread_count,
                (cpu_nanoseconds() - started) / (thread_count * static_cast<double>(rounds)));
    return 0;
}
