#include "platform/core/error.hpp"
#include "platform/json/json.hpp"
#include "services/auth-service/contract/account_directory.hpp"
#include "shared/utils/personal_data.hpp"

namespace tt::auth {
namespace {

class HttpAccountDirectory final : public AccountDirectory {
public:
    HttpAccountDirectory(http::SigningClient client, std::string auth_url)
        : client_(client),
          url_(auth_url + "/internal/v1/accounts/"),
          data_(make_http_personal_data(client, auth_url, "account", account_part_names())) {}

    std::vector<std::string> part_names() const override { return account_part_names(); }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override {
        return data_->personal_data(std::move(owner));
    }

    Task<Result<AccountCard>> account(UserId user) override {
        const auto response = co_await send("GET", to_string(user), {});
        if (response.status == 404) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
        if (response.status != 200) throw Unavailable("auth-service answered " + std::to_string(response.status));
        auto card = json::parse<AccountCard>(response.body);
        if (!card) throw Unavailable("auth-service answered unreadably");
        co_return std::move(*card);
    }

    Task<Result<void>> enter_organization(UserId user, SessionId session, SessionOrganization where) override {
        std::string path = to_string(user) + "/sessions/" + to_string(session) + "/organization";
        const auto response = co_await send("PUT", std::move(path), json::write(where));
        if (response.status == 404) {
            co_return Error{Code::not_found, "session_not_found", "The session has ended."};
        }
        if (response.status != 204) throw Unavailable("auth-service answered " + std::to_string(response.status));
        co_return Result<void>();
    }

private:
    Task<http::ClientResponse> send(std::string method, std::string path, std::string body) {
        http::ClientRequest request{.method = std::move(method), .url = url_ + path, .body = std::move(body)};
        if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
        return client_.send(std::move(request));
    }

    http::SigningClient client_;
    std::string url_;
    std::unique_ptr<PersonalDataSource> data_;
};

}  // namespace

std::vector<std::string> account_part_names() {
    return {"account", "passkeys", "sessions", "audit"};
}

std::unique_ptr<AccountDirectory> make_http_account_directory(http::SigningClient client, std::string auth_url) {
    return std::make_unique<HttpAccountDirectory>(std::move(client), std::move(auth_url));
}

}  // namespace tt::auth
