#include "shared/utils/personal_data.hpp"

#include "platform/core/error.hpp"
#include "platform/http/endpoint.hpp"
#include "shared/types/principal.hpp"

namespace tt {
namespace {

constexpr std::string_view personal_data_path = "/internal/v1/personal-data/";
constexpr std::size_t answer_limit_bytes = 128 << 20;  // a learner's whole log is a few megabytes
constexpr std::chrono::seconds answer_timeout{60};

Task<Result<http::Reply<PersonalData>>> post_personal_data(PersonalDataSource& source, http::Request& request,
                                                           PersonalDataOwner owner) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    http::Reply<PersonalData> reply;
    reply.body = co_await source.personal_data(std::move(owner));
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

class HttpPersonalData final : public PersonalDataSource {
public:
    HttpPersonalData(http::SigningClient client, std::string url, std::vector<std::string> part_names)
        : client_(std::move(client)), url_(std::move(url)), part_names_(std::move(part_names)) {}

    std::vector<std::string> part_names() const override { return part_names_; }

    Task<PersonalData> personal_data(PersonalDataOwner owner) override {
        http::ClientRequest request{.method = "POST", .url = url_, .body = json::write(owner)};
        request.headers.set("Content-Type", "application/json");
        request.timeout = answer_timeout;
        request.max_response_bytes = answer_limit_bytes;
        const auto response = co_await client_.send(std::move(request));
        if (response.status != 200) throw Unavailable("personal data: status " + std::to_string(response.status));
        auto data = json::parse<PersonalData>(response.body);
        if (!data) throw Unavailable("personal data: " + data.error().message);
        co_return std::move(*data);
    }

private:
    http::SigningClient client_;
    std::string url_;
    std::vector<std::string> part_names_;
};

}  // namespace

void mount_personal_data(http::Router& router, std::string name, PersonalDataSource& source) {
    router.typed<PersonalDataOwner, PersonalData>(http::Method::post, std::string(personal_data_path) + name,
                                                  [&source](http::Request& request, PersonalDataOwner owner) {
                                                      return post_personal_data(source, request, std::move(owner));
                                                  },
                                                  {.is_hidden = true});
}

std::unique_ptr<PersonalDataSource> make_http_personal_data(http::SigningClient client, std::string base_url,
                                                            std::string name, std::vector<std::string> part_names) {
    return std::make_unique<HttpPersonalData>(std::move(client), base_url + std::string(personal_data_path) + name,
                                              std::move(part_names));
}

}  // namespace tt
