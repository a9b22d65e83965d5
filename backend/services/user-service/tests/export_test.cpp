#include "platform/archive/archive_reader.hpp"
#include "services/user-service/tests/user_kit.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace tt::user::testing {
namespace {

namespace fs = std::filesystem;

class ExportTest : public UserTest {
protected:
    void TearDown() override { kit().academy.is_away = false; }

    static Answer request(const Principal& who, std::string body = "{}") {
        return kit().call({.method = "POST", .target = "/api/v1/exports", .body = std::move(body), .caller = who});
    }
    static Answer find(const Principal& who, const std::string& id) {
        return kit().call({.target = "/api/v1/exports/" + id, .caller = who});
    }
    /// The export once it has this status, or what it is after ten seconds.
    static Answer wait(const Principal& who, const std::string& id, const std::string& status) {
        Answer answer;
        for (int i = 0; i < 200; ++i) {
            answer = find(who, id);
            if (answer.str("status") == status) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return answer;
    }
    static Answer download(const Answer& made) {
        const std::string url = made.str("download_url");
        return kit().call({.target = url.substr(std::string("http://site.test").size())});
    }
    static std::string part_status(const Answer& made, std::string_view name) {
        for (const auto& part : made.body.at("parts").as_array()) {
            if (part.at("name").as_string() == name) return std::string(part.at("status").as_string());
        }
        return "none";
    }
};

TEST_F(ExportTest, EverythingInOneJson) {
    const auto ada = kit().member("ada-json@example.com");
    const auto asked = request(ada, R"({"format":"json"})");
    ASSERT_EQ(asked.status, 202U) << asked.text;
    EXPECT_EQ(asked.headers.find("Location").value_or(""), "/api/v1/exports/" + asked.str("id"));
    const auto made = wait(ada, asked.str("id"), "ready");
    ASSERT_EQ(made.str("status"), "ready") << made.text;
    EXPECT_EQ(made.body.at("progress_percent").as_int64(), 100);
    const auto file = download(made);
    ASSERT_EQ(file.status, 200U) << file.text;
    EXPECT_EQ(static_cast<std::int64_t>(file.text.size()), made.body.at("bytes").as_int64());
    const auto& data = file.body.at("data").as_object();
    for (const auto* part : {"account", "passkeys", "sessions", "audit", "profile", "preferences", "organizations",
                             "progress", "certificates"}) {
        EXPECT_TRUE(data.contains(part)) << part;
    }
    EXPECT_EQ(data.at("profile").at("email").as_string(), "ada-json@example.com");
    EXPECT_EQ(data.at("account").at("owner").as_string(), "ada-json@example.com");
    EXPECT_EQ(file.headers.find("Cache-Control").value_or(""), "private, no-store");
    EXPECT_NE(std::string(file.headers.find("Content-Disposition").value_or("")).find("attachment"), std::string::npos);
    EXPECT_TRUE(kit().mailer.wait_for("ada-json@example.com"));
}

TEST_F(ExportTest, OrAsAZip) {
    const auto ada = kit().member("ada-zip@example.com");
    const auto made = wait(ada, request(ada).str("id"), "ready");
    const auto file = download(made);
    ASSERT_EQ(file.status, 200U);
    const fs::path folder = fs::temp_directory_path() / ("export_" + to_string(uuid_v4()));
    fs::create_directories(folder / "out");
    std::ofstream(folder / "all.zip", std::ios::binary) << file.text;
    const auto extracted = archive::extract(folder / "all.zip", folder / "out");
    ASSERT_TRUE(extracted) << extracted.error().message;
    EXPECT_EQ(extracted->files.size(), 10U) << "nine parts and README.txt";
    std::ostringstream profile;
    profile << std::ifstream(folder / "out/profile.json").rdbuf();
    EXPECT_EQ(boost::json::parse(profile.str()).at("email").as_string(), "ada-zip@example.com");
    fs::remove_all(folder);
}

TEST_F(ExportTest, WhileTheAcademyIsAwayItSaysSoAndGoesOnLater) {
    const auto ada = kit().member("ada-away@example.com");
    kit().academy.is_away = true;
    const auto id = request(ada).str("id");
    auto waiting = wait(ada, id, "waiting");
    ASSERT_EQ(waiting.str("status"), "waiting") << waiting.text;
    EXPECT_EQ(part_status(waiting, "progress"), "unavailable");
    EXPECT_EQ(part_status(waiting, "profile"), "done");
    EXPECT_FALSE(waiting.body.at("retry_at").is_null());
    EXPECT_TRUE(waiting.body.at("download_url").is_null());
    EXPECT_GT(waiting.body.at("progress_percent").as_int64(), 0);
    EXPECT_LT(waiting.body.at("progress_percent").as_int64(), 100);
    kit().academy.is_away = false;
    const auto ready = wait(ada, id, "ready");
    EXPECT_EQ(ready.str("status"), "ready") << ready.text;
    EXPECT_EQ(part_status(ready, "progress"), "done");
}

TEST_F(ExportTest, AfterTwelveHoursItIsMadeWithoutWhatIsMissing) {
    const auto ada = kit().member("ada-patient@example.com");
    kit().academy.is_away = true;
    const auto id = request(ada, R"({"format":"json"})").str("id");
    wait(ada, id, "waiting");
    // Not by the clock: a try under way would put the next one off until then.
    kit().database.exec("UPDATE account.exports SET requested_at = requested_at - interval '12 hours' WHERE id = '" +
                        id + "'");
    const auto made = wait(ada, id, "incomplete");
    ASSERT_EQ(made.str("status"), "incomplete") << made.text;
    const auto file = download(made);
    ASSERT_EQ(file.status, 200U) << file.text;
    EXPECT_EQ(file.body.at("missing").as_array().size(), 2U);
}

TEST_F(ExportTest, SixteenRequestsAtOnceAreOneExport) {
    const auto ada = kit().member("ada-once@example.com");
    kit().academy.is_away = true;  // so that none is finished in between
    const Call call{.method = "POST", .target = "/api/v1/exports", .body = "{}", .caller = ada};
    std::string id;
    for (const auto& answer : kit().call_at_once(call, 16)) {
        ASSERT_EQ(answer.status, 202U) << answer.text;
        if (id.empty()) id = answer.str("id");
        EXPECT_EQ(answer.str("id"), id);
    }
    kit().academy.is_away = false;
    EXPECT_EQ(wait(ada, id, "ready").str("status"), "ready");
}

TEST_F(ExportTest, ForADayAFileIsNotMadeAgain) {
    const auto ada = kit().member("ada-day@example.com");
    const auto zip = request(ada).str("id");
    ASSERT_EQ(wait(ada, zip, "ready").str("status"), "ready");
    EXPECT_EQ(request(ada).str("id"), zip);
    const auto json = request(ada, R"({"format":"json"})").str("id");
    EXPECT_NE(json, zip) << "of another format there is none";
    ASSERT_EQ(wait(ada, json, "ready").str("status"), "ready");
    EXPECT_EQ(request(ada).str("id"), zip);
    kit().clock.advance(std::chrono::hours(24));
    const auto next = request(ada).str("id");
    EXPECT_NE(next, zip);
    EXPECT_EQ(wait(ada, next, "ready").str("status"), "ready");
    kit().clock.advance(-std::chrono::hours(24));
}

TEST_F(ExportTest, WhoHasAnsweredIsNotAskedAgainWhileAnotherIsAway) {
    const auto ada = kit().member("ada-again@example.com");
    kit().academy.is_away = true;
    const int accounts_asked = kit().accounts.asked, academy_asked = kit().academy.asked;
    const auto id = request(ada).str("id");
    for (int i = 0; i < 200 && kit().academy.asked < academy_asked + 4; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_GE(kit().academy.asked, academy_asked + 4);
    EXPECT_EQ(kit().accounts.asked, accounts_asked + 1);
    kit().academy.is_away = false;
    EXPECT_EQ(wait(ada, id, "ready").str("status"), "ready");
    EXPECT_EQ(kit().accounts.asked, accounts_asked + 2) << "for the file";
}

/// Runs `before` ahead of each copy it stores.
class WatchedStore final : public storage::ObjectStore {
public:
    explicit WatchedStore(storage::ObjectStore& store) : store_(store) {}
    Task<storage::StoredObject> put_file(std::filesystem::path file, std::string type) override {
        return store_.put_file(std::move(file), std::move(type));
    }
    Task<storage::StoredObject> put_bytes(std::string bytes, std::string type) override {
        if (auto run = std::exchange(before, nullptr)) co_await run();
        auto stored = co_await store_.put_bytes(std::move(bytes), std::move(type));
        keys.push_back(stored.key);
        co_return stored;
    }
    Task<std::optional<storage::OpenObject>> open(std::string key) override { return store_.open(std::move(key)); }
    Task<bool> remove(std::string key) override { return store_.remove(std::move(key)); }

    std::function<Task<void>()> before;
    std::vector<std::string> keys;

private:
    storage::ObjectStore& store_;
};

TEST_F(ExportTest, OfTwoRunnersOneLeavesItsFile) {
    const auto ada = kit().member("ada-runners@example.com");
    WatchedStore store(kit().objects);
    Exports exports({kit().pool.database("svc_user"), store, kit().mailer, kit().runtime.get(), kit().clock},
                    {.site_url = "http://site.test", .link_key = std::string(32, 'k')}, {&kit().accounts});
    const auto id = uuid_v7();
    kit().database.exec("INSERT INTO account.exports (user_id, id, format, status, parts, requested_at) VALUES ('" +
                        to_string(*ada.user_id) + "', '" + to_string(id) + "', 'json', 'queued', '[]', now())");
    const std::string payload =
        R"({"user_id":")" + to_string(*ada.user_id) + R"(","id":")" + to_string(id) + R"(","round":0})";
    const auto run = [&] { return exports.make({.id = uuid_v7(), .queue = Exports::make_queue, .payload = payload}); };
    // The second begins while the first, which has lost its lease, is about to store its copy; a moment later, so that
    // their copies differ.
    store.before = [&]() -> Task<void> {
        kit().clock.advance(std::chrono::seconds(1));
        co_await run();
    };
    kit().runtime.run(run());
    kit().clock.advance(-std::chrono::seconds(1));
    ASSERT_EQ(store.keys.size(), 2U);
    const std::string row = " FROM account.exports WHERE id = '" + to_string(id) + "'";
    EXPECT_EQ(kit().scalar("SELECT status" + row), "ready");
    const std::string kept = kit().scalar("SELECT object_key" + row);
    for (const auto& key : store.keys) {
        EXPECT_EQ(kit().runtime.run(kit().objects.open(key)).has_value(), key == kept) << key;
    }
    EXPECT_NE(std::ranges::find(store.keys, kept), store.keys.end());
}

TEST_F(ExportTest, ACleanUpTakesAllThereIs) {
    const auto ada = kit().member("ada-heap@example.com");
    kit().database.exec(
        "INSERT INTO account.exports (user_id, id, format, status, parts, object_key, requested_at, expires_at) SELECT "
        "'" +
        to_string(*ada.user_id) +
        "', gen_random_uuid(), 'zip', 'ready', '[]', encode(sha256(n::text::bytea), 'hex'), now(), now() FROM "
        "generate_series(1, 250) n");
    kit().clock.advance(std::chrono::hours(1));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(1));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.exports WHERE status <> 'expired' AND user_id = '" +
                           to_string(*ada.user_id) + "'"),
              "0");
}

TEST_F(ExportTest, SomebodyElsesDoesNotExist) {
    const auto ada = kit().member("ada-own@example.com");
    const auto eve = kit().member("eve-own@example.com");
    const auto id = request(ada).str("id");
    wait(ada, id, "ready");
    EXPECT_EQ(find(eve, id).code(), "export_not_found");
    EXPECT_EQ(find(ada, "nonsense").code(), "export_not_found");
    EXPECT_EQ(find({}, id).status, 401U);
    EXPECT_EQ(kit().call({.target = "/api/v1/exports", .caller = eve}).body.at("items").as_array().size(), 0U);
    EXPECT_EQ(kit().call({.target = "/api/v1/exports", .caller = ada}).body.at("items").as_array().size(), 1U);
}

// S045: what is in an address is for one file, for a short while, and no credential of the person.
TEST_F(ExportTest, ALinkIsForOneFileAndAMinuteOrTwo) {
    const auto ada = kit().member("ada-link@example.com");
    const auto eve = kit().member("eve-link@example.com");
    const auto made = wait(ada, request(ada).str("id"), "ready");
    std::string path = made.str("download_url").substr(std::string("http://site.test").size());
    const auto at = [](std::string target) { return kit().call({.target = std::move(target)}); };
    EXPECT_EQ(at(path.substr(0, path.find('?'))).code(), "link_invalid");
    std::string others = path;
    others.replace(path.find(to_string(*ada.user_id)), 36, to_string(*eve.user_id));
    EXPECT_EQ(at(others).code(), "link_invalid");
    EXPECT_EQ(at(path + "0").code(), "link_invalid");
    kit().clock.advance(std::chrono::minutes(3));
    EXPECT_EQ(at(path).code(), "link_expired");
    EXPECT_EQ(download(find(ada, made.str("id"))).status, 200U) << "a fresh link";
    kit().clock.advance(-std::chrono::minutes(3));
}

TEST_F(ExportTest, AfterSevenDaysTheFileIsGone) {
    const auto ada = kit().member("ada-week@example.com");
    const auto made = wait(ada, request(ada).str("id"), "ready");
    const std::string key =
        kit().scalar("SELECT object_key FROM account.exports WHERE user_id = '" + to_string(*ada.user_id) + "'");
    ASSERT_EQ(key.size(), 64U);
    kit().clock.advance(std::chrono::days(7) + std::chrono::hours(1));
    EXPECT_TRUE(find(ada, made.str("id")).body.at("download_url").is_null());
    kit().runtime.run(kit().clean_up());
    EXPECT_EQ(find(ada, made.str("id")).str("status"), "expired");
    EXPECT_FALSE(kit().runtime.run(kit().objects.open(key)));
    kit().clock.advance(-std::chrono::days(7) - std::chrono::hours(1));
}

TEST_F(ExportTest, OnlyKnownFormats) {
    const auto ada = kit().member("ada-format@example.com");
    EXPECT_EQ(request(ada, R"({"format":"exe"})").code(), "validation_failed");
    EXPECT_EQ(request({}).status, 401U);
}

}  // namespace
}  // namespace tt::user::testing
