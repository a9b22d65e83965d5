#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace platform::restql {

/// How one data API behaves. The names follow PostgREST's configuration; `limits` and the extensions are ours.
struct Options {
    std::vector<std::string> schemas{"public"};  ///< exposed; the first is the default
    std::vector<std::string> extra_search_path{"public"};
    std::optional<std::string> anonymous_role{};
    std::optional<std::int64_t> max_rows{};  ///< of every level of a read
    bool plan_enabled = false;               ///< application/vnd.pgrst.plan
    bool aggregates_enabled = false;
    bool tx_rollback = false;                  ///< db-tx-end rollback…
    bool tx_allow_override = false;            ///< …-allow-override: Prefer: tx=
    std::optional<std::string> pre_request{};  ///< schema.function or function
    std::optional<std::string> root_spec{};
    std::vector<std::string> hoisted_settings{"statement_timeout", "plan_filter.statement_cost_limit",
                                              "default_transaction_isolation"};
    std::vector<std::pair<std::string, std::string>> app_settings{};  ///< app.settings.x = y
    /// Looked up with the schema: sends_headers then only holds when something of the database reads them.
    bool sends_headers_when_read = false;
    bool sends_headers = true;        ///< request.headers and request.cookies are set for SQL
    bool legacy_target_names = true;  ///< filters may name an aliased embed by its relation
    bool verbose_errors = true;       ///< details and hint are told
    bool timing_enabled = false;      ///< Server-Timing
    enum class OpenApi : std::uint8_t { follow_privileges, ignore_privileges, disabled };
    OpenApi openapi = OpenApi::follow_privileges;
    bool openapi_security = false;
    bool openapi31 = false;  ///< also the newer document, to who accepts it by name
    std::optional<std::string> openapi_server_url{};

    struct Limits {
        std::size_t body_bytes = 32u << 20u;
        std::size_t embed_depth = 32;
        std::size_t embeds = 256;
        std::size_t select_items = 4096;
        std::size_t conditions = 4096;
        std::size_t list_items = 100'000;
        std::optional<std::int64_t> inserted_rows{};            ///< of one request
        std::optional<std::int64_t> anonymous_inserted_rows{};  ///< of one request without a token
        std::size_t batch_operations = 100;
        std::optional<std::size_t> anonymous_batch_operations{};  ///< a batch counts as one request
        std::optional<double> plan_cost{};                        ///< refuses a read that EXPLAIN prices higher
        std::optional<std::int64_t> anonymous_read_ms{};          ///< a stranger's statement is cancelled after this
        std::optional<std::int64_t> read_ms{};
    };
    Limits limits{};

    /// Whom the row and time limits do not bind: a service of the platform itself.
    std::optional<std::string> trusted_role{};
    bool requires_filter = false;         ///< refuses PATCH and DELETE without a filter
    bool forbids_self_embedding = false;  ///< a relation may not repeat below itself more than once
    bool ndjson = false;                  ///< application/x-ndjson in and out
    bool query_method = false;            ///< QUERY with the parameters in the body
    bool etags = false;                   ///< ETag and If-None-Match
    bool keyset = false;                  ///< Link: rel="next" and after=
    bool batch = false;                   ///< POST / with several operations in one transaction
};

}  // namespace platform::restql
