#include "platform/restql/plan/negotiate.hpp"

#include "platform/core/text.hpp"

#include <optional>

namespace platform::restql {
namespace {

class Negotiator {
public:
    Negotiator(const SchemaCache& schema, const Options& options, const ApiRequest& request,
               const QualifiedName& subject, bool has_default_select)
        : schema_(schema),
          options_(options),
          subject_(subject),
          has_default_select_(has_default_select),
          may_stream_(options.ndjson && request.action == Action::read) {}

    /// How the subject is shown as `type`, or nothing when it cannot be.
    std::optional<BodyFormat> format_of(const MediaType& type) const {
        switch (type.kind) {
            case MediaType::Kind::object:
                return BodyFormat{BodyFormat::Kind::object, nullptr, type};
            case MediaType::Kind::object_stripped:
                return BodyFormat{BodyFormat::Kind::object_stripped, nullptr, type};
            case MediaType::Kind::array_stripped:
                return BodyFormat{BodyFormat::Kind::json_stripped, nullptr, type};
            case MediaType::Kind::plan:
                return explained(type);
            case MediaType::Kind::ndjson:
                if (may_stream_) return BodyFormat{BodyFormat::Kind::ndjson, nullptr, type};
                return from_handler(type);
            default:
                return from_handler(type);
        }
    }

private:
    std::optional<BodyFormat> explained(const MediaType& type) const {
        if (!options_.plan_enabled) return std::nullopt;
        auto format = format_of(type.explained ? *type.explained : MediaType{});
        if (format) format->media = type;
        return format;
    }

    /// Handlers of the subject's own rows come first, then those of any rows, then what every database can do.
    std::optional<BodyFormat> from_handler(const MediaType& type) const {
        const std::string name = lower_ascii(mime(type));
        if (has_default_select_) {
            if (const auto* any = schema_.handler(&subject_, "*/*")) return handled(*any);
            if (const auto* own = schema_.handler(&subject_, name)) return handled(*own);
        }
        if (const auto* general = schema_.handler(nullptr, name)) return handled(*general);
        return built_in(type);
    }

    static BodyFormat handled(const MediaHandler& handler) {
        return {BodyFormat::Kind::handler, &handler, parse_media_type(handler.produces)};
    }

    std::optional<BodyFormat> built_in(const MediaType& type) const {
        switch (type.kind) {
            case MediaType::Kind::json:
            case MediaType::Kind::any:
                return BodyFormat{BodyFormat::Kind::json, nullptr, {}};
            case MediaType::Kind::csv:
                return BodyFormat{BodyFormat::Kind::csv, nullptr, type};
            case MediaType::Kind::geojson:
                if (!schema_.is_type("geometry")) return std::nullopt;
                return BodyFormat{BodyFormat::Kind::geojson, nullptr, type};
            default:
                return std::nullopt;
        }
    }

    const SchemaCache& schema_;
    const Options& options_;
    const QualifiedName& subject_;
    bool has_default_select_;
    bool may_stream_;
};

bool is_write(Action action) {
    return action == Action::insert || action == Action::update || action == Action::put || action == Action::remove;
}

bool has_body(const ApiRequest& request) {
    if (is_write(request.action)) return request.preferences.returns == Return::representation;
    return !request.is_head;
}

ApiError not_available(const std::vector<MediaType>& accepts) {
    std::string list;
    for (const auto& type : accepts) list += (list.empty() ? "" : ", ") + mime(type);
    return {.status = 406, .code = "PGRST107", .message = "None of these media types are available: " + list};
}

}  // namespace

ApiResult<BodyFormat> negotiate(const SchemaCache& schema, const Options& options, const ApiRequest& request,
                                const QualifiedName& subject, bool has_default_select) {
    const Negotiator negotiator(schema, options, request, subject, has_default_select);
    for (const auto& type : request.accepts) {
        auto format = negotiator.format_of(type);
        if (!format) continue;
        if (!has_body(request)) format->kind = BodyFormat::Kind::none;
        return std::move(*format);
    }
    return not_available(request.accepts);
}

}  // namespace platform::restql
