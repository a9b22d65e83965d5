#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/people.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/audit_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {

struct AuditSearch {
    std::optional<std::string> action;  // several: separated by commas
    std::optional<std::string> outcome;
    std::optional<Uuid> user_id;
    std::optional<Time> from;
    std::optional<Time> to;
    std::optional<Uuid> before;
    std::optional<int> limit;
    std::optional<std::string> format;  // of an export: ndjson (default) or csv
};
BOOST_DESCRIBE_STRUCT(AuditSearch, (), (action, outcome, user_id, from, to, before, limit, format))

struct AuditItem {
    Uuid id;
    Time created_at{};
    std::string action;
    std::string outcome;
    std::string actor_kind;
    std::optional<UserId> actor_id;
    std::string actor_name;
    std::optional<UserId> subject_id;
    std::string subject_name;
    std::string target;
    std::string ip_address;
    std::string user_agent;
    boost::json::value details;
};
BOOST_DESCRIBE_STRUCT(AuditItem, (),
                      (id, created_at, action, outcome, actor_kind, actor_id, actor_name, subject_id, subject_name,
                       target, ip_address, user_agent, details))

struct AuditItems {
    std::vector<AuditItem> items;
    std::optional<Uuid> next_before;
};
BOOST_DESCRIBE_STRUCT(AuditItems, (), (items, next_before))

struct AuditVerification {
    bool is_intact = true;
    std::int64_t first_seq = 0;
    std::int64_t last_seq = 0;
    std::int64_t checked = 0;
    std::int64_t unsealed = 0;
    std::string head_hash;
    std::string break_reason;
    std::int64_t break_seq = 0;
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(AuditVerification, (),
                      (is_intact, first_seq, last_seq, checked, unsealed, head_hash, break_reason, break_seq,
                       next_after))

struct AuditVerifyQuery {
    std::optional<std::int64_t> after;
};
BOOST_DESCRIBE_STRUCT(AuditVerifyQuery, (), (after))

namespace {

namespace bj = boost::json;

constexpr int default_audit_page = 50;
constexpr int largest_audit_page = 500;
constexpr std::int64_t audit_export_page = 1000;
constexpr std::string_view audit_csv_head =
    "id,created_at,action,outcome,actor_kind,actor_id,subject_id,target,ip_address,user_agent,details\r\n";

Error bad_search(std::string pointer, std::string detail) {
    return Error{Code::invalid_argument,
                 "validation_failed",
                 "The query is not valid",
                 {{std::move(pointer), std::move(detail)}}};
}

std::vector<std::string> split_actions(std::string_view text) {
    std::vector<std::string> actions;
    while (!text.empty()) {
        const auto comma = text.find(',');
        actions.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return actions;
}

Result<AuditQuery> audit_query_of(const AuditSearch& search) {
    const std::string outcome = search.outcome.value_or("");
    if (!outcome.empty() && outcome != "success" && outcome != "failure") {
        return bad_search("/outcome", "must be success or failure");
    }
    const int limit = search.limit.value_or(default_audit_page);
    if (limit < 1 || limit > largest_audit_page) return bad_search("/limit", "must be 1 to 500");
    AuditQuery query;
    query.actions = split_actions(search.action.value_or(""));
    query.outcome = outcome;
    if (search.user_id) query.person = UserId{*search.user_id};
    query.from = search.from;
    query.to = search.to;
    query.before = search.before;
    query.limit = limit;
    return query;
}

AuditItem audit_item(const AuditView& view) {
    const AuditRow& row = view.entry;
    return {row.id,
            row.created_at,
            row.action,
            row.outcome,
            row.actor_kind,
            row.actor_id,
            view.actor_name,
            row.subject_id,
            view.subject_name,
            row.target,
            row.ip,
            row.user_agent,
            bj::parse(row.details.text)};
}

Task<Result<http::Reply<AuditItems>>> get_audit(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_permitted(auth, request, permission::audit_read);
    if (!actor) co_return actor.error();
    const auto search = http::parse_query<AuditSearch>(request);
    if (!search) co_return search.error();
    const auto query = audit_query_of(*search);
    if (!query) co_return query.error();
    const AuditPage page = co_await auth.administration().audit_log().search(*query);
    http::Reply<AuditItems> reply;
    for (const AuditView& view : page.items) reply.body.items.push_back(audit_item(view));
    reply.body.next_before = page.next;
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<Result<http::Reply<AuditVerification>>> get_verification(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_permitted(auth, request, permission::audit_read);
    if (!actor) co_return actor.error();
    const auto asked = http::parse_query<AuditVerifyQuery>(request);
    if (!asked) co_return asked.error();
    const AuditReport report = co_await auth.administration().audit_chain().verify(asked->after.value_or(0));
    http::Reply<AuditVerification> reply;
    reply.body = {report.break_reason.empty(),
                  report.first_seq,
                  report.last_seq,
                  report.checked,
                  report.unsealed,
                  report.head_hash,
                  report.break_reason,
                  report.break_seq,
                  report.next_seq};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

std::string csv_line(const AuditRow& row) {
    const std::string values[] = {to_string(row.id),
                                  to_rfc3339(row.created_at),
                                  row.action,
                                  row.outcome,
                                  row.actor_kind,
                                  row.actor_id ? to_string(*row.actor_id) : "",
                                  row.subject_id ? to_string(*row.subject_id) : "",
                                  row.target,
                                  row.ip,
                                  row.user_agent,
                                  row.details.text};
    std::string line;
    for (const std::string& value : values) {
        if (!line.empty()) line += ',';
        line += audit_csv_value(value);
    }
    return line + "\r\n";
}

std::string json_line(const AuditRow& row) {
    return json::write(audit_item({row})) + '\n';
}

Task<void> write_export(AuditLog& log, AuditQuery query, bool is_csv, http::BodySink& sink) {
    if (is_csv) co_await sink.write(std::string(audit_csv_head));
    Uuid after;
    query.limit = audit_export_page;
    for (;;) {
        const auto rows = co_await log.export_page(query, after);
        std::string chunk;
        for (const AuditRow& row : rows) chunk += is_csv ? csv_line(row) : json_line(row);
        if (!chunk.empty()) co_await sink.write(std::move(chunk));
        if (rows.size() < static_cast<std::size_t>(audit_export_page)) co_return;
        after = rows.back().id;
    }
}

Task<http::Response> get_export(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_permitted(auth, request, permission::audit_read);
    if (!actor) co_return http::render_error(actor.error(), request);
    const auto search = http::parse_query<AuditSearch>(request);
    if (!search) co_return http::render_error(search.error(), request);
    const auto query = audit_query_of(*search);
    if (!query) co_return http::render_error(query.error(), request);
    const std::string format = search->format.value_or("ndjson");
    if (format != "ndjson" && format != "csv") {
        co_return http::render_error(bad_search("/format", "must be ndjson or csv"), request);
    }
    co_await auth.administration().note_export(*actor, format);
    const bool is_csv = format == "csv";
    AuditLog& log = auth.administration().audit_log();
    const AuditQuery asked = *query;
    http::Response response;
    response.headers.set("Content-Type", is_csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    response.headers.set("Content-Disposition", "attachment; filename=\"audit." + format + '"');
    response.headers.set("Cache-Control", "no-store");
    response.body =
        http::Stream{[&log, asked, is_csv](http::BodySink& sink) { return write_export(log, asked, is_csv, sink); }};
    co_return response;
}

Result<AuthoredQuery> authored_query_of(const http::Request& request) {
    AuthoredQuery query;
    const std::string scoped = request.query_param("query").value_or("");
    if (!scoped.empty()) {
        const auto colon = scoped.find(':');
        const std::string scope = scoped.substr(0, colon);
        const bool is_known = scope == "author" || scope == "action" || scope == "type";
        if (colon == std::string::npos || !is_known) {
            return Error{Code::invalid_argument, "validation_failed", "Invalid query scope: " + scoped};
        }
        const std::string value = scoped.substr(colon + 1);
        if (scope == "author") query.author = value;
        if (scope == "action") query.actions = audit_actions_like(value);
        if (scope == "type") query.actions = audit_actions_of_type(value);
        if (scope != "author" && query.actions.empty()) query.actions.emplace_back("");  // matches nothing
    }
    const auto per_page = parse_page_number(request.query_param("per_page"), default_audit_page);
    if (!per_page) return per_page.error();
    const auto page = parse_page_number(request.query_param("page"), 1);
    if (!page) return page.error();
    query.limit = std::clamp<std::uint64_t>(*per_page, 1, largest_audit_page);
    query.offset = (std::clamp<std::uint64_t>(*page, 1, std::uint64_t{1} << 32) - 1) * query.limit;
    return query;
}

bj::object gotrue_entry(const AuditView& view) {
    const AuditRow& row = view.entry;
    bj::object traits = bj::parse(row.details.text).as_object();
    traits["outcome"] = row.outcome;
    if (row.subject_id) traits["user_id"] = to_string(*row.subject_id);
    if (!row.target.empty()) traits["target"] = row.target;
    const std::string actor_id = row.actor_id ? to_string(*row.actor_id) : to_string(Uuid{});
    const std::string username = row.actor_kind == "service" ? "service_role" : view.actor_name;
    return {{"id", to_string(row.id)},
            {"payload", bj::object{{"action", row.action},
                                   {"actor_id", actor_id},
                                   {"actor_username", username},
                                   {"actor_via_sso", false},
                                   {"log_type", audit_log_type(row.action)},
                                   {"traits", std::move(traits)}}},
            {"created_at", to_rfc3339(row.created_at)},
            {"ip_address", row.ip}};
}

Task<http::Response> get_gotrue_audit(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::audit_read);
    if (!actor) co_return refuse(actor.error(), request);
    const auto query = authored_query_of(request);
    if (!query) co_return refuse(query.error(), request);
    const AuditPage page = co_await auth.administration().audit_log().find_authored(*query);
    bj::array entries;
    for (const AuditView& view : page.items) entries.push_back(gotrue_entry(view));
    auto response = http::json_response(200, bj::serialize(entries));
    PageLinks links;
    links.page = query->offset / query->limit + 1;
    links.per_page = query->limit;
    links.total = page.total;
    links.path = "/admin/audit";
    links.query = "per_page=" + std::to_string(query->limit);
    if (const auto scoped = request.query_param("query")) links.query += "&query=" + http::percent_encode(*scoped);
    response.headers.set("Link", link_header(links));
    response.headers.set("X-Total-Count", std::to_string(page.total));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

void mount_audit(http::Router& router, AuthService& auth) {
    const std::vector<std::string> reasons{"401 unauthenticated", "403 permission_required", "403 insufficient_aal",
                                           "400 validation_failed"};
    router.typed<http::NoBody, AuditItems>(
        http::Method::get, "/api/v1/audit",
        [&auth](http::Request& request, http::NoBody) { return get_audit(auth, request); },
        {.operation_id = "search_audit",
         .summary = "Who did what to whom, the newest first",
         .tag = "audit",
         .error_reasons = reasons,
         .query_type = json::type_of<AuditSearch>});
    router.typed<http::NoBody, AuditVerification>(
        http::Method::get, "/api/v1/audit/verify",
        [&auth](http::Request& request, http::NoBody) { return get_verification(auth, request); },
        {.operation_id = "verify_audit",
         .summary = "Whether the hash chain over the log holds",
         .tag = "audit",
         .error_reasons = reasons,
         .query_type = json::type_of<AuditVerifyQuery>});
    router.route(http::Method::get, "/api/v1/audit/export",
                 [&auth](http::Request& request) { return get_export(auth, request); },
                 {.operation_id = "export_audit",
                  .summary = "The log as NDJSON or CSV, the oldest first",
                  .tag = "audit",
                  .error_reasons = reasons,
                  .query_type = json::type_of<AuditSearch>});
    router.route(http::Method::get, "/auth/v1/admin/audit",
                 [&auth](http::Request& request) { return get_gotrue_audit(auth, request); },
                 {.operation_id = "auth_admin_audit",
                  .summary = "The audit log (GoTrue)",
                  .tag = "auth-admin",
                  .error_reasons = {"401 no_authorization", "403 bad_jwt", "403 not_admin", "400 validation_failed"}});
}

}  // namespace tt::auth::api
