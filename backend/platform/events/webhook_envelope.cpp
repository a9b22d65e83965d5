#include "platform/events/webhook_envelope.hpp"

#include "platform/json/json.hpp"
#include "platform/trace/context.hpp"

#include <boost/json/serialize.hpp>

namespace platform::events {

struct Envelope {
    std::string id;
    std::string type;
    Time timestamp;
    int version = 1;
    std::string source;
    std::string subject;
    std::optional<std::string> trace;
    json::Raw data;
};
BOOST_DESCRIBE_STRUCT(Envelope, (), (id, type, timestamp, version, source, subject, trace, data))

}  // namespace platform::events

template <>
inline constexpr platform::json::Rule platform::json::rule<&platform::events::Envelope::trace>{.omit_when_null = true};

namespace platform::events {
namespace {

constexpr std::string_view id_prefix = "evt_";

Error invalid(std::string pointer, std::string detail) {
    return Error{Code::invalid_argument,
                 "validation_failed",
                 "This is not an event.",
                 {{std::move(pointer), std::move(detail)}}};
}

const boost::json::string* text_of(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
}

}  // namespace

std::string envelope_id(const Uuid& event) {
    return std::string(id_prefix) + to_string(event);
}

std::string write_envelope(const Event& event, std::string_view source) {
    return json::write(Envelope{.id = envelope_id(event.id),
                                .type = event.topic,
                                .timestamp = event.created_at,
                                .source = std::string(source),
                                .subject = event.subject,
                                .trace = event.trace,
                                .data = {event.payload}});
}

Result<NewEvent> parse_envelope(std::string_view body) {
    const auto parsed = json::parse_value(body);
    if (parsed.has_error()) return parsed.error();
    const auto* object = parsed->if_object();
    if (object == nullptr) return invalid("", "must be an object");
    const auto* id_text = text_of(*object, "id");
    if (id_text == nullptr || !id_text->starts_with(id_prefix)) return invalid("/id", "must be evt_ and a UUID");
    const auto id = parse_uuid(std::string_view(*id_text).substr(id_prefix.size()));
    if (!id) return invalid("/id", "must be evt_ and a UUID");
    const auto* type = text_of(*object, "type");
    if (type == nullptr || type->empty()) return invalid("/type", "must be a string");
    const auto* data = object->if_contains("data");
    if (data == nullptr || !data->is_object()) return invalid("/data", "must be an object");
    const auto* subject = text_of(*object, "subject");
    NewEvent event{.topic = std::string(*type), .payload = boost::json::serialize(*data), .id = *id};
    if (subject != nullptr) event.subject = std::string(*subject);
    const auto* trace = text_of(*object, "trace");
    if (trace != nullptr && trace::parse_traceparent(*trace)) event.trace = std::string(*trace);
    return event;
}

}  // namespace platform::events
