#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/user-service/tests/user_kit.hpp"

namespace tt::user::testing {
namespace {

// 2 x 1 pixels, red and blue.
std::string small_png() {
    return *crypto::base64_decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAAMYMAA8AAf8+Y2eXAAAAAElFTkSuQmCC");
}

// One pixel, white or with less red in it: pictures of different content.
std::string small_gif(unsigned char red = 0xff) {
    std::string gif = *crypto::base64_decode("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==");
    gif[13] = static_cast<char>(red);  // the first colour of the table
    return gif;
}

/// A store without room.
class FullStore final : public storage::ObjectStore {
public:
    Task<storage::StoredObject> put_file(std::filesystem::path, std::string) override { return refuse(""); }
    Task<storage::StoredObject> put_bytes(std::string bytes, std::string) override { return refuse(std::move(bytes)); }
    Task<std::optional<storage::OpenObject>> open(std::string) override { co_return std::nullopt; }
    Task<bool> remove(std::string) override { co_return false; }

    std::string refused;

private:
    Task<storage::StoredObject> refuse(std::string bytes) {
        refused = crypto::sha256_hex(bytes);
        throw std::runtime_error("no room");
        co_return storage::StoredObject{};
    }
};

class AvatarTest : public UserTest {
protected:
    static Answer put(const Principal& who, std::string body, std::string content_type = "image/png") {
        return kit().call({.method = "PUT",
                           .target = "/api/v1/profile/avatar",
                           .body = std::move(body),
                           .caller = who,
                           .content_type = std::move(content_type)});
    }
    static Answer remove(const Principal& who) {
        return kit().call({.method = "DELETE", .target = "/api/v1/profile/avatar", .caller = who});
    }
    static std::string path_of(const Answer& profile) {
        const std::string url = profile.str("avatar_url");
        const std::string site = "http://site.test";
        return url.starts_with(site) ? url.substr(site.size()) : "";
    }
    static Answer fetch(const std::string& path) { return kit().call({.target = path}); }
};

TEST_F(AvatarTest, IsShownInTheProfileAndToEverybody) {
    const auto ada = person(UserId::make());
    const auto profile = put(ada, small_gif(), "image/gif");
    ASSERT_EQ(profile.status, 200U) << profile.text;
    const auto path = path_of(profile);
    ASSERT_TRUE(path.starts_with("/media/avatars/")) << profile.text;
    EXPECT_EQ(path_of(kit().call({.caller = ada})), path);
    const auto picture = fetch(path);
    ASSERT_EQ(picture.status, 200U);
    EXPECT_EQ(picture.text.substr(8, 4), "WEBP");
    EXPECT_EQ(path, "/media/avatars/" + crypto::sha256_hex(picture.text) + ".webp") << "named by its content";
    EXPECT_EQ(picture.headers.find("Cache-Control").value_or(""), "public, max-age=31536000, immutable");
    EXPECT_EQ(picture.headers.find("Content-Type").value_or(""), "image/webp");
    EXPECT_EQ(picture.headers.find("X-Content-Type-Options").value_or(""), "nosniff");
    EXPECT_EQ(picture.headers.find("Cross-Origin-Resource-Policy").value_or(""), "cross-origin");
    EXPECT_EQ(kit().profile_events(*ada.user_id), "1,2");
}

TEST_F(AvatarTest, TheContentDecidesNotTheHeader) {
    const auto ada = person(UserId::make());
    EXPECT_EQ(put(ada, small_gif(), "text/html").status, 200U);
    // S083
    const auto svg = put(ada, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/png");
    EXPECT_EQ(svg.status, 415U);
    EXPECT_EQ(svg.code(), "unsupported_image");
    EXPECT_EQ(put(ada, small_png().substr(0, 40)).code(), "image_unreadable");
    EXPECT_EQ(put(ada, "").code(), "unsupported_image");
    EXPECT_EQ(put({}, small_gif()).status, 401U);
}

TEST_F(AvatarTest, AFormWithOneFileWillDo) {
    const auto ada = person(UserId::make());
    const auto form = [](const std::string& parts) { return parts + "--b--\r\n"; };
    const auto file = "--b\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"../../me.svg\"\r\n\r\n" +
                      small_gif() + "\r\n";
    const std::string type = "multipart/form-data; boundary=b";
    EXPECT_EQ(put(ada, form(file), type).status, 200U);
    EXPECT_EQ(put(ada, form("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n"), type).code(),
              "bad_multipart");
    EXPECT_EQ(put(ada, form(file + file), type).code(), "bad_multipart");
    EXPECT_EQ(put(ada, "garbage", type).code(), "bad_multipart");
}

TEST_F(AvatarTest, GoesAwayWhenItIsRemoved) {
    const auto ada = person(UserId::make());
    const auto path = path_of(put(ada, small_gif(10)));
    const auto without = remove(ada);
    ASSERT_EQ(without.status, 200U);
    EXPECT_TRUE(without.body.at("avatar_url").is_null());
    EXPECT_EQ(remove(ada).status, 200U) << "without one, too";
    EXPECT_EQ(fetch(path).status, 200U) << "caches and pages have a day";
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(25));
    EXPECT_EQ(fetch(path).status, 404U);
}

TEST_F(AvatarTest, OnePictureOfTwoPeopleStaysWhileOneShowsIt) {
    const auto ada = person(UserId::make());
    const auto bob = person(UserId::make());
    const auto path = path_of(put(ada, small_gif(100)));
    EXPECT_EQ(path_of(put(bob, small_gif(100))), path);
    remove(ada);
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    EXPECT_EQ(fetch(path).status, 200U);
    remove(bob);
    kit().clock.advance(std::chrono::hours(25));
    put(ada, small_gif(100));  // at the last moment
    kit().runtime.run(kit().clean_up());
    EXPECT_EQ(fetch(path).status, 200U);
    kit().clock.advance(-std::chrono::hours(50));
}

TEST_F(AvatarTest, WhatAnUploadLeftHalfWayIsGoneADayLater) {
    const auto ada = person(UserId::make());
    const auto shown = path_of(put(ada, small_gif(30)));
    FullStore store;
    Profiles profiles(kit().pool.database("svc_user"), "http://site.test");
    Avatars avatars(kit().pool.database("svc_user"), profiles, store, kit().runtime.get(), kit().clock);
    EXPECT_THROW(kit().runtime.run(avatars.put(ada, small_gif(180))), std::runtime_error);
    const std::string is_public = "SELECT count(*) FROM account.avatars WHERE key = '" + store.refused + "'";
    EXPECT_EQ(kit().scalar(is_public), "1");
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    EXPECT_EQ(kit().scalar(is_public), "0");
    EXPECT_EQ(fetch(shown).status, 200U) << "looked at, and kept";
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(50));
    EXPECT_EQ(fetch(shown).status, 200U);
}

TEST_F(AvatarTest, ACleanUpTakesAllThereIs) {
    kit().database.exec(
        "INSERT INTO account.avatars (key, created_at, dropped_at) SELECT encode(sha256(n::text::bytea), 'hex'), "
        "now(), "
        "now() FROM generate_series(1, 250) n");
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(25));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.avatars a, generate_series(1, 250) n WHERE key = "
                           "encode(sha256(n::text::bytea), 'hex')"),
              "0");
}

TEST_F(AvatarTest, NoOtherObjectOfTheStoreIsPublic) {
    const auto secret = kit().runtime.run(kit().objects.put_bytes("a film that costs money", "video/mp4"));
    EXPECT_EQ(fetch("/media/avatars/" + secret.key + ".webp").status, 404U);
    EXPECT_EQ(fetch("/media/avatars/" + secret.key).status, 404U);
    EXPECT_EQ(fetch("/media/avatars/..%2f..%2fetc%2fpasswd.webp").status, 400U);
    EXPECT_EQ(fetch("/media/avatars/.webp").status, 404U);
}

}  // namespace
}  // namespace tt::user::testing
