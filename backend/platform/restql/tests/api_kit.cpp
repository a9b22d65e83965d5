#include "platform/restql/tests/api_kit.hpp"

namespace platform::restql::testing {
namespace {

db::PoolConfig pool_config(const platform::testing::TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_site");
    return config;
}

Task<Answer> serve(Engine& engine, http::Request& request, std::string path, Caller caller) {
    const auto response = co_await engine.handle(request, std::move(path), std::move(caller));
    co_return Answer{response.status, std::string(http::text_of(response.body)), response.headers};
}

}  // namespace

boost::json::value Answer::json() const {
    return boost::json::parse(text);
}

std::string Answer::member(std::string_view name) const {
    boost::system::error_code failure;
    const auto body = boost::json::parse(text, failure);
    const auto* object = failure ? nullptr : body.if_object();
    const auto* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

ApiKit::ApiKit(const std::string& sql, Options options)
    : options_(std::move(options)),
      pool_(runtime_.get(), pool_config(database_)),
      engine_(pool_.database("svc_platform"), options_) {
    database_.exec(sql);
    runtime_.run(engine_.load_schema());
}

ApiKit::~ApiKit() {
    runtime_.stop();
}

Answer ApiKit::send(std::string_view method, std::string target, std::string body, http::Headers headers,
                    Caller caller) {
    http::Request request;
    request.method_text = method;
    request.method = http::parse_method(method);
    request.target = target;
    request.body = std::move(body);
    request.headers = std::move(headers);
    return runtime_.run(serve(engine_, request, target.substr(0, target.find('?')), std::move(caller)));
}

}  // namespace platform::restql::testing
