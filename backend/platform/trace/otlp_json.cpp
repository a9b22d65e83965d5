#include "platform/trace/otlp_json.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace platform::trace {
namespace {

namespace json = boost::json;

// STATUS_CODE_ERROR; a span without a status is one that went well.
constexpr int status_error = 2;

json::object text_attribute(std::string_view key, std::string_view value) {
    return {{"key", key}, {"value", {{"stringValue", value}}}};
}

json::object attribute(const Attribute& attribute) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) return text_attribute(attribute.key, *text);
    return {{"key", attribute.key}, {"value", {{"intValue", std::to_string(std::get<std::int64_t>(attribute.value))}}}};
}

json::object span_object(const TraceId& trace_id, const SpanRecord& span) {
    json::object object{{"traceId", to_hex(trace_id)}, {"spanId", to_hex(span.id)}};
    if (span.parent_id != 0) object["parentSpanId"] = to_hex(span.parent_id);
    object["name"] = span.name;
    object["kind"] = static_cast<int>(span.kind);
    object["startTimeUnixNano"] = std::to_string(span.start_ns);
    object["endTimeUnixNano"] = std::to_string(span.end_ns);
    json::array attributes;
    for (const auto& fact : span.attributes) attributes.push_back(attribute(fact));
    object["attributes"] = std::move(attributes);
    if (span.link) {
        object["links"] =
            json::array{{{"traceId", to_hex(span.link->trace_id)}, {"spanId", to_hex(span.link->span_id)}}};
    }
    if (span.is_error) object["status"] = {{"code", status_error}};
    return object;
}

}  // namespace

std::string to_otlp_json(const Resource& resource, std::span<const FinishedTrace> traces) {
    json::array spans;
    for (const auto& trace : traces) {
        for (const auto& span : trace.spans) spans.push_back(span_object(trace.id, span));
    }
    json::array facts{text_attribute("service.name", resource.service_name),
                      text_attribute("service.version", resource.service_version),
                      text_attribute("service.instance.id", resource.service_instance_id)};
    json::object scope_spans{{"scope", {{"name", "platform/trace"}}}, {"spans", std::move(spans)}};
    json::object resource_spans{{"resource", {{"attributes", std::move(facts)}}},
                                {"scopeSpans", json::array{std::move(scope_spans)}}};
    return json::serialize(json::object{{"resourceSpans", json::array{std::move(resource_spans)}}});
}

std::int64_t rejected_spans(std::string_view response_body) {
    boost::system::error_code error;
    const json::value body = json::parse(response_body, error);
    const auto* object = error ? nullptr : body.if_object();
    const auto* partial = object ? object->if_contains("partialSuccess") : nullptr;
    const auto* count = partial && partial->is_object() ? partial->get_object().if_contains("rejectedSpans") : nullptr;
    if (!count) return 0;
    if (count->is_int64()) return count->get_int64();
    std::int64_t rejected = 0;
    if (const auto* text = count->if_string()) std::from_chars(text->data(), text->data() + text->size(), rejected);
    return rejected;
}

}  // namespace platform::trace
