#include "platform/storage/url_signer.hpp"

#include <gtest/gtest.h>

namespace platform::storage {
namespace {

constexpr std::string_view path = "/media/0123/film.webm";
const Time now = Time{std::chrono::seconds{1'800'000'123}};

struct Parts {
    std::string path, expires, signature;
};

Parts split(const std::string& url) {
    const auto question = url.find("?exp=");
    const auto ampersand = url.find("&sig=");
    return {url.substr(0, question), url.substr(question + 5, ampersand - question - 5), url.substr(ampersand + 5)};
}

UrlSigner signer() {
    return UrlSigner({std::string(32, 's')});
}

TEST(UrlSigner, AcceptsWhatItSigned) {
    const auto link = split(signer().sign(path, now));
    EXPECT_EQ(link.path, path);
    EXPECT_TRUE(signer().verify(link.path, link.expires, link.signature, now));
}

TEST(UrlSigner, TheLinkIsTheSameWithinItsWindowSoThatCachesKeepIt) {
    EXPECT_EQ(signer().sign(path, now), signer().sign(path, now + std::chrono::minutes{1}));
}

TEST(UrlSigner, LivesAtLeastItsLifetimeAndAtMostTwice) {
    const auto link = split(signer().sign(path, now, std::chrono::hours{1}));
    const auto valid_at = [&](std::chrono::seconds later) {
        return signer().verify(path, link.expires, link.signature, now + later).has_value();
    };
    EXPECT_TRUE(valid_at(std::chrono::hours{1}));
    EXPECT_FALSE(valid_at(std::chrono::hours{2} + std::chrono::seconds{1}));
}

TEST(UrlSigner, ExpiresOnTheSecond) {
    const auto link = split(signer().sign(path, now));
    const Time end{std::chrono::seconds{std::stoll(link.expires)}};
    EXPECT_TRUE(signer().verify(path, link.expires, link.signature, end - std::chrono::seconds{1}));
    const auto late = signer().verify(path, link.expires, link.signature, end);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().reason, "link_expired");
}

TEST(UrlSigner, RefusesEveryChange) {
    const auto link = split(signer().sign(path, now));
    const auto reason = [&](std::string_view p, std::string_view e, std::string_view s) {
        const auto result = signer().verify(p, e, s, now);
        return result ? std::string("accepted") : result.error().reason;
    };
    EXPECT_EQ(reason("/media/0123/other.webm", link.expires, link.signature), "link_invalid");
    EXPECT_EQ(reason(path, std::to_string(std::stoll(link.expires) + 1), link.signature), "link_invalid");
    EXPECT_EQ(reason(path, "0" + link.expires, link.signature), "link_invalid");
    EXPECT_EQ(reason(path, "+" + link.expires, link.signature), "link_invalid");
    EXPECT_EQ(reason(path, "", link.signature), "link_invalid");
    EXPECT_EQ(reason(path, link.expires, ""), "link_invalid");
    EXPECT_EQ(reason(path, link.expires, link.signature.substr(1)), "link_invalid");
    EXPECT_EQ(reason(path, link.expires, std::string(64, '0')), "link_invalid");
}

TEST(UrlSigner, AnOldSecretStillVerifiesAfterRotation) {
    const auto link = split(signer().sign(path, now));
    const UrlSigner rotated({std::string(32, 'n'), std::string(32, 's')});
    EXPECT_TRUE(rotated.verify(path, link.expires, link.signature, now));
    const UrlSigner retired({std::string(32, 'n')});
    EXPECT_FALSE(retired.verify(path, link.expires, link.signature, now));
}

TEST(UrlSigner, ShortSecretsAreRefusedAtStart) {
    EXPECT_THROW(UrlSigner({"short"}), std::invalid_argument);
    EXPECT_THROW(UrlSigner({}), std::invalid_argument);
}

}  // namespace
}  // namespace platform::storage
