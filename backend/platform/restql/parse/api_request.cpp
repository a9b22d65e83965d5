#include "platform/restql/parse/api_request.hpp"

#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/parse/range.hpp"
#include "platform/restql/parse/target.hpp"

#include <span>
#include <utility>

namespace platform::restql {
namespace {

/// A CSV body repeats the columns' names in every row once it is JSON.
constexpr std::size_t csv_growth = 8;

bool reads_body(Action action) {
    return action == Action::insert || action == Action::update || action == Action::put || action == Action::call;
}

ApiError body_too_large(const Options::Limits& limits) {
    return {.status = 413,
            .code = "PGRST102",
            .message = "The request body is larger than " + std::to_string(limits.body_bytes) + " bytes",
            .hint = "Send the rows in several requests."};
}

class RequestParser {
public:
    RequestParser(http::Request& http, const Options& options)
        : http_(http), options_(options), budget_{.limits = options.limits} {}

    ApiResult<ApiRequest> run(std::string_view path) {
        using Step = ApiResult<void> (RequestParser::*)();
        request_.preferences = parse_preferences(http_.headers, options_.tx_allow_override);
        if (auto done = target(path); !done) return std::move(done).error();
        for (const Step step : {&RequestParser::media_types, &RequestParser::query, &RequestParser::windows,
                                &RequestParser::payload, &RequestParser::embedded_windows}) {
            if (auto done = (this->*step)(); !done) return std::move(done).error();
        }
        return std::move(request_);
    }

private:
    bool is_query() const { return http_.method_text == "QUERY"; }

    ApiResult<void> target(std::string_view path) {
        auto target = parse_target(path, options_);
        if (!target) return std::move(target).error();
        auto profile = parse_profile(http_.method_text, http_.headers, options_);
        if (!profile) return std::move(profile).error();
        const auto action = parse_action(target->kind, http_.method_text, options_);
        if (!action) return action.error();
        request_.action = *action;
        request_.is_head = http_.method_text == "HEAD";
        request_.name = std::move(target->name);
        request_.schema = std::move(profile->schema);
        request_.schema_was_negotiated = profile->was_negotiated;
        return {};
    }

    /// Never fails: a type that nobody knows is refused where it is needed.
    ApiResult<void> media_types() {
        request_.accepts = parse_accept(http_.header("Accept"));
        for (auto& type : request_.accepts) admit(type);
        if (const auto sent = http_.headers.find("Content-Type")) request_.content_type = parse_media_type(*sent);
        admit(request_.content_type);
        return {};
    }

    void admit(MediaType& type) const {
        if (type.kind == MediaType::Kind::ndjson && !options_.ndjson) type.kind = MediaType::Kind::other;
    }

    ApiResult<void> query() {
        std::string text(http_.query());
        if (is_query()) {
            if (auto added = add_query_body(text); !added) return std::move(added).error();
        }
        auto parameters = decode_parameters(text);
        if (!parameters) return std::move(parameters).error();
        parameters_ = std::move(*parameters);
        auto query = parse_query(parameters_, request_.action == Action::call_read, budget_);
        if (!query) return std::move(query).error();
        request_.query = std::move(*query);
        if (!is_query()) request_.query.canonical = canonical_query(parameters_);
        return {};
    }

    /// QUERY: the body holds parameters as the URL does.
    ApiResult<void> add_query_body(std::string& text) {
        const bool is_form = request_.content_type.kind == MediaType::Kind::form;
        if (!is_form && !http_.body.empty()) {
            return ApiError{.status = 400,
                            .code = "PGRST102",
                            .message = "Content-Type not acceptable: " + mime(request_.content_type),
                            .hint = "Send the parameters of QUERY as application/x-www-form-urlencoded."};
        }
        if (http_.body.size() > options_.limits.body_bytes) return body_too_large(options_.limits);
        if (!text.empty() && !http_.body.empty()) text += '&';
        text += http_.body;
        http_.body = {};
        return {};
    }

    ApiResult<void> windows() {
        auto windows = parse_windows(parameters_, http_.method_text, http_.headers);
        if (!windows) return std::move(windows).error();
        request_.window = windows->root;
        request_.has_limit_zero = windows->has_limit_zero;
        embedded_ = std::move(windows->embedded);
        return {};
    }

    ApiResult<void> payload() {
        if (!reads_body(request_.action)) return {};
        if (http_.body.size() > options_.limits.body_bytes) return body_too_large(options_.limits);
        const PayloadRules rules{
            .is_call = request_.action == Action::call,
            .has_columns = request_.query.columns.has_value() && request_.action != Action::put,
            .text_bytes = options_.limits.body_bytes * csv_growth,
        };
        auto payload = parse_payload(request_.content_type, std::exchange(http_.body, {}), rules);
        if (!payload) return std::move(payload).error();
        request_.payload = std::move(*payload);
        return {};
    }

    ApiResult<void> embedded_windows() {
        for (const auto& [key, window] : embedded_) {
            auto parsed = parse_key(key, budget_);
            if (!parsed) return std::move(parsed).error();
            if (!parsed->path.empty()) request_.query.windows.push_back({std::move(parsed->path), window});
        }
        return {};
    }

    http::Request& http_;
    const Options& options_;
    Budget budget_;
    ApiRequest request_{};
    std::vector<QueryParameter> parameters_{};
    std::vector<std::pair<std::string, Window>> embedded_{};
};

}  // namespace

ApiResult<ApiRequest> parse_request(http::Request& request, std::string_view path, const Options& options) {
    return RequestParser(request, options).run(path);
}

}  // namespace platform::restql
