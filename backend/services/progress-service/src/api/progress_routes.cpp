#include "platform/http/endpoint.hpp"
#include "services/progress-service/src/api/bodies.hpp"
#include "services/progress-service/src/api/routes.hpp"
#include "services/progress-service/src/service.hpp"
#include "shared/types/principal.hpp"

namespace tt::progress::api {
namespace {

using http::Reply;
using http::Request;

Task<Result<Reply<ReportOutcome>>> post_progress(ProgressService& service, Request& request, ProgressBody body) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    ReportOutcome outcome = co_await service.progress().report(*user, to_reports(std::move(body)));
    co_return Reply<ReportOutcome>{200, std::move(outcome), {}};
}

}  // namespace

std::vector<Report> to_reports(ProgressBody body) {
    std::vector<Report> reports;
    reports.reserve(body.events.size());
    for (auto& event : body.events) {
        const VideoData data = event.data.value_or(VideoData{});
        reports.push_back({.event_id = event.event_id,
                           .verb = std::move(event.verb),
                           .course_id = event.course_id,
                           .lesson_id = event.lesson_id,
                           .block_id = event.block_id,
                           .from_ms = data.from_ms,
                           .to_ms = data.to_ms,
                           .position_ms = data.position_ms,
                           .duration_ms = data.duration_ms,
                           .occurred_at = event.occurred_at,
                           .device_id = event.device_id,
                           .client_seq = event.client_seq.value_or(0)});
    }
    return reports;
}

void mount_progress(http::Router& router, ProgressService& service) {
    const auto handler = [&service](Request& request, ProgressBody body) {
        return post_progress(service, request, std::move(body));
    };
    router.typed<ProgressBody, ReportOutcome>(
        http::Method::post, "/api/v1/progress", handler,
        {.operation_id = "report_progress",
         .summary = "Reports what the learner did; each event is answered exactly once",
         .tag = "progress",
         .error_reasons = {"unauthenticated"},
         .rate_bucket = "telemetry"});
    router.typed<ProgressBody, ReportOutcome>(http::Method::post, "/functions/v1/progress", handler,
                                              {.operation_id = "function_progress",
                                               .summary = "Supabase spelling of report_progress",
                                               .tag = "functions",
                                               .rate_bucket = "telemetry"});
}

}  // namespace tt::progress::api
