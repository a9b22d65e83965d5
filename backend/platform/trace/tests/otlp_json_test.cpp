#include "platform/trace/otlp_json.hpp"

#include <gtest/gtest.h>

namespace platform::trace {
namespace {

const TraceId trace_id = parse_traceparent("00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b173-01")->trace_id;

TEST(OtlpJson, IsExactlyTheProtocolsMapping) {
    const SpanRecord query{.id = 0x0b,
                           .parent_id = 0xeee19b7ec3c1b174,
                           .kind = Kind::client,
                           .is_error = true,
                           .name = "find \"it\"",
                           .start_ns = 1'544'712'660'300'000'000,
                           .end_ns = 1'544'712'660'600'000'000,
                           .attributes = {{"db.system.name", "postgresql"}, {"error.type", "23505"}}};
    const SpanRecord request{.id = 0xeee19b7ec3c1b174,
                             .kind = Kind::server,
                             .name = "GET /things/{id}",
                             .start_ns = 1'544'712'660'000'000'000,
                             .end_ns = 1'544'712'661'000'000'001,
                             .attributes = {{"http.response.status_code", std::int64_t{500}}},
                             .link = SpanContext{{0x0a, 0x0b}, 0x0c, true}};
    const Resource resource{"shop", "1.2", "one"};
    const std::vector<FinishedTrace> traces{{trace_id, {query, request}}};
    EXPECT_EQ(to_otlp_json(resource, traces),
              R"({"resourceSpans":[{"resource":{"attributes":[)"
              R"({"key":"service.name","value":{"stringValue":"shop"}},)"
              R"({"key":"service.version","value":{"stringValue":"1.2"}},)"
              R"({"key":"service.instance.id","value":{"stringValue":"one"}}]},)"
              R"("scopeSpans":[{"scope":{"name":"platform/trace"},"spans":[)"
              R"({"traceId":"5b8efff798038103d269b633813fc60c","spanId":"000000000000000b",)"
              R"("parentSpanId":"eee19b7ec3c1b174","name":"find \"it\"","kind":3,)"
              R"("startTimeUnixNano":"1544712660300000000","endTimeUnixNano":"1544712660600000000","attributes":[)"
              R"({"key":"db.system.name","value":{"stringValue":"postgresql"}},)"
              R"({"key":"error.type","value":{"stringValue":"23505"}}],"status":{"code":2}},)"
              R"({"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",)"
              R"("name":"GET /things/{id}","kind":2,)"
              R"("startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000001","attributes":[)"
              R"({"key":"http.response.status_code","value":{"intValue":"500"}}],)"
              R"("links":[{"traceId":"000000000000000a000000000000000b","spanId":"000000000000000c"}]}]}]}]})");
}

TEST(OtlpJson, APartialSuccessSaysHowManyWereRefused) {
    EXPECT_EQ(rejected_spans(R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"full"}})"), 3);
    EXPECT_EQ(rejected_spans(R"({"partialSuccess":{"rejectedSpans":4}})"), 4);
    for (const char* body : {"", "{}", "[]", "null", "<html>", R"({"partialSuccess":{}})", R"({"partialSuccess":1})",
                             R"({"partialSuccess":{"rejectedSpans":"many"}})"}) {
        EXPECT_EQ(rejected_spans(body), 0) << body;
    }
}

}  // namespace
}  // namespace platform::trace
