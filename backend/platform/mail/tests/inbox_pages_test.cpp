#include "platform/http/router.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <filesystem>

namespace platform::mail {
namespace {

struct InboxPages : ::testing::Test {
    std::filesystem::path directory =
        std::filesystem::temp_directory_path() / ("tt-inbox-pages-" + std::to_string(getpid()));
    platform::testing::FakeClock clock;
    platform::testing::TestRuntime runtime;
    DevInbox inbox{runtime.get(), {.directory = directory}, clock};
    http::Router router;

    InboxPages() { inbox.mount(router, "/mail"); }
    ~InboxPages() override {
        runtime.stop();
        std::filesystem::remove_all(directory);
    }
    void receive(const std::string& to, const std::string& subject, const std::string& html) {
        const std::string bytes = "Subject: " + subject + "\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html;
        inbox.store().add("from@example.com", {to}, bytes, clock.now());
    }
    Task<http::Response> dispatch(http::Method method, std::string target) {
        http::Request request;
        request.method = method;
        request.target = std::move(target);
        co_return co_await router.dispatch(request);
    }
    http::Response call(http::Method method, std::string target) {
        return runtime.run(dispatch(method, std::move(target)));
    }
    boost::json::value api(std::string target) {
        return boost::json::parse(std::get<std::string>(call(http::Method::get, std::move(target)).body));
    }
    std::string page(std::string target) {
        return std::get<std::string>(call(http::Method::get, std::move(target)).body);
    }
};

TEST_F(InboxPages, ApiListsFiltersAndClears) {
    receive("ada@example.com", "one", "<p>1</p>");
    receive("bob@example.com", "two", "<a href=\"https://example.com/?a=1&amp;b=2\">x</a>");
    const auto all = api("/mail/api/v1/messages").at("items").as_array();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].at("subject"), "two") << "the newest comes first";
    EXPECT_EQ(all[0].at("links").at(0), "https://example.com/?a=1&b=2");
    EXPECT_EQ(api("/mail/api/v1/messages?to=ADA%40example.com").at("items").as_array().size(), 1U);
    EXPECT_EQ(api("/mail/api/v1/messages?limit=1").at("items").as_array().size(), 1U);
    const std::string id(all[0].at("id").as_string());
    EXPECT_EQ(api("/mail/api/v1/messages/" + id).at("to").at(0), "bob@example.com");
    EXPECT_EQ(call(http::Method::get, "/mail/api/v1/messages/unknown").status, 404U);
    EXPECT_EQ(call(http::Method::delete_, "/mail/api/v1/messages").status, 204U);
    EXPECT_TRUE(api("/mail/api/v1/messages").at("items").as_array().empty());
}

TEST_F(InboxPages, HostileMailCannotLeaveItsFrame) {
    receive("ada@example.com", "<script>alert(1)</script>", "<script>alert(2)</script><b>hi</b>");
    const std::string id = inbox.store().list("", 1)[0].id;
    const std::string list = page("/mail/");
    EXPECT_EQ(list.find("<script"), std::string::npos);
    EXPECT_NE(list.find("&lt;script&gt;alert(1)"), std::string::npos);
    const std::string mail = page("/mail/messages/" + id);
    EXPECT_EQ(mail.find("<script"), std::string::npos);
    EXPECT_NE(mail.find("sandbox=\"allow-popups"), std::string::npos);
    const http::Response content = call(http::Method::get, "/mail/messages/" + id + "/html");
    const std::string policy(content.headers.find("content-security-policy").value_or(""));
    EXPECT_NE(policy.find("sandbox"), std::string::npos);
    EXPECT_EQ(policy.find("allow-scripts"), std::string::npos);
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
}

TEST_F(InboxPages, EmptyInboxSaysSo) {
    EXPECT_NE(page("/mail/").find("No mail yet"), std::string::npos);
    EXPECT_EQ(call(http::Method::get, "/mail/messages/x").status, 404U);
}

}  // namespace
}  // namespace platform::mail
