#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>

namespace platform::restql {

/// How the rows become the body.
struct BodyFormat {
    enum class Kind : std::uint8_t {
        none,  ///< HEAD, or a write without representation
        json,
        json_stripped,
        object,
        object_stripped,
        csv,
        geojson,
        handler,
        ndjson,
    };
    Kind kind = Kind::json;
    const MediaHandler* handler = nullptr;
    MediaType media{};  ///< of the answer; Kind::plan: the statement is explained instead of run

    bool is_explained() const { return media.kind == MediaType::Kind::plan; }
};

/// The first accepted media type that the subject can be shown as (data-api.md §1.9). `has_default_select`: handlers of
/// the relation itself only take its whole rows. Error: PGRST107 (406).
ApiResult<BodyFormat> negotiate(const SchemaCache& schema, const Options& options, const ApiRequest& request,
                                const QualifiedName& subject, bool has_default_select);

}  // namespace platform::restql
