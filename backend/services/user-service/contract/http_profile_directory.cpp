#include "platform/json/json.hpp"
#include "services/user-service/contract/profile_directory.hpp"

namespace tt::user {
namespace {

constexpr std::string_view path = "/internal/v1/sync/profiles";

class HttpProfileDirectory final : public ProfileDirectory {
public:
    HttpProfileDirectory(http::SigningClient client, std::string site_url)
        : client_(std::move(client)), url_(std::move(site_url) + std::string(path)) {}

    Task<std::vector<ProfileBucket>> profile_buckets() override {
        auto answer = co_await get<ProfileBuckets>("/buckets");
        co_return std::move(answer.items);
    }

    Task<std::vector<SyncedProfile>> profiles_of_bucket(int bucket) override {
        auto answer = co_await get<SyncedProfiles>("?bucket=" + std::to_string(bucket));
        co_return std::move(answer.items);
    }

private:
    template <class Answer>
    Task<Answer> get(std::string suffix) {
        http::ClientRequest request{.url = url_ + suffix};
        const auto response = co_await client_.send(std::move(request));
        if (response.status != 200) throw Unavailable("profile sync: status " + std::to_string(response.status));
        auto answer = json::parse<Answer>(response.body);
        if (!answer) throw Unavailable("profile sync: " + answer.error().message);
        co_return std::move(*answer);
    }

    http::SigningClient client_;
    std::string url_;
};

}  // namespace

std::unique_ptr<ProfileDirectory> make_http_profile_directory(http::SigningClient client, std::string site_url) {
    return std::make_unique<HttpProfileDirectory>(std::move(client), std::move(site_url));
}

}  // namespace tt::user
