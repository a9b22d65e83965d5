#include "platform/crypto/request_signature.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <thread>
#include <vector>

namespace platform::crypto {
namespace {

class SettableClock final : public Clock {
public:
    Time now() const override { return now_; }
    void advance(std::chrono::seconds by) { now_ += by; }

private:
    Time now_{std::chrono::seconds(1'800'000'000)};
};

const std::string academy_key(32, 'a');

std::optional<std::string> find_test_key(std::string_view id) {
    return id == "academy" ? std::optional(academy_key) : std::nullopt;
}

struct RequestSignature : ::testing::Test {
    SettableClock clock;
    RequestVerifier verifier{find_test_key, clock};
    SignedRequest request{.method = "POST",
                          .path = "/internal/v1/things",
                          .query = "after=7&x=%20",
                          .content_digest = content_digest(R"({"hello": "world"})")};

    SignatureFields sign() const { return sign_request(request, "academy", academy_key, clock.now()); }
    std::string outcome(const SignedRequest& received, const SignatureFields& fields) {
        const auto signer = verifier.verify(received, fields);
        return signer ? *signer : signer.error().reason;
    }
};

TEST_F(RequestSignature, DigestIsTheOneOfRfc9530) {
    // RFC 9530 appendix B.1 gives the digest of this very content.
    EXPECT_EQ(content_digest("{\"hello\": \"world\"}\n"), "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    EXPECT_EQ(content_digest(""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
}

TEST_F(RequestSignature, TheSignedTextIsTheOneOfRfc9421) {
    const auto fields = sign();
    const std::string params = fields.signature_input.substr(3);
    const std::string base =
        "\"@method\": POST\n\"@path\": /internal/v1/things\n\"@query\": ?after=7&x=%20\n"
        "\"content-digest\": " +
        request.content_digest + "\n\"@signature-params\": " + params;
    EXPECT_EQ(fields.signature, "tt=:" + base64_encode(hmac_sha256(academy_key, base)) + ":");
    EXPECT_TRUE(params.starts_with(
        R"(("@method" "@path" "@query" "content-digest");created=1800000000;keyid="academy";alg="hmac-sha256";nonce=")"))
        << params;
}

TEST_F(RequestSignature, TellsWhoSigned) {
    EXPECT_EQ(outcome(request, sign()), "academy");
}

TEST_F(RequestSignature, CoversEveryPart) {
    for (const auto part :
         {&SignedRequest::method, &SignedRequest::path, &SignedRequest::query, &SignedRequest::content_digest}) {
        SignedRequest changed = request;
        changed.*part += "x";
        EXPECT_EQ(outcome(changed, sign()), "signature_invalid") << changed.*part;
    }
}

TEST_F(RequestSignature, IsGoodForFiveMinutes) {
    const auto fields = sign();
    clock.advance(std::chrono::seconds(301));
    EXPECT_EQ(outcome(request, fields), "signature_expired");
    const auto early = sign();
    clock.advance(std::chrono::seconds(-301));
    EXPECT_EQ(outcome(request, early), "signature_expired");
    const auto fresh = sign();
    clock.advance(std::chrono::seconds(300));
    EXPECT_EQ(outcome(request, fresh), "academy");
}

TEST_F(RequestSignature, WorksOnce) {
    const auto early = sign();
    EXPECT_EQ(outcome(request, early), "academy");
    EXPECT_EQ(outcome(request, early), "signature_replayed");
    // Remembered over the change of periods for as long as the time of the signature allows it.
    clock.advance(std::chrono::seconds(590));
    const auto late = sign();
    EXPECT_EQ(outcome(request, late), "academy");
    clock.advance(std::chrono::seconds(20));
    EXPECT_EQ(outcome(request, sign()), "academy");
    EXPECT_EQ(outcome(request, late), "signature_replayed");
    EXPECT_EQ(outcome(request, early), "signature_expired");
}

TEST_F(RequestSignature, OnlyOneOfParallelCopiesPasses) {
    const auto fields = sign();
    std::atomic<int> passed{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { passed += verifier.verify(request, fields).has_value() ? 1 : 0; });
    }
    threads.clear();
    EXPECT_EQ(passed, 1);
}

TEST_F(RequestSignature, OtherSpellingsAreRefused) {
    const auto good = sign();
    const auto replaced = [&](std::string_view from, std::string_view to) {
        SignatureFields changed = good;
        changed.signature_input.replace(changed.signature_input.find(from), from.size(), to);
        return changed;
    };
    const SignatureFields cases[] = {
        replaced("academy", "site"),
        replaced("\"@query\" ", ""),
        replaced("hmac-sha256", "hmac-md5"),
        replaced("created=1800000000", "created=x"),
        replaced(";alg=", ";expires=1;alg="),
        replaced("tt=", "sig1="),
        replaced("nonce=\"", "nonce=\"\\"),
        {good.content_digest, "", ""},
        {good.content_digest, good.signature_input, "tt=::"},
        {good.content_digest, good.signature_input, "tt=:!:"},
        {good.content_digest, good.signature_input + "," + good.signature_input, good.signature},
        {good.content_digest, good.signature_input + std::string(2000, ';'), good.signature},
    };
    for (const auto& fields : cases) EXPECT_EQ(outcome(request, fields), "signature_invalid") << fields.signature_input;
    EXPECT_EQ(outcome(request, good), "academy");
}

}  // namespace
}  // namespace platform::crypto
