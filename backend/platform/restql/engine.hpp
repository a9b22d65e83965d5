#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/context.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/exchange.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace platform::restql {

/// The data API of one database, on the wire of PostgREST 16 (docs/api/data-api.md).
///
///     parse → plan → query → one transaction → respond
///
/// Every request runs in its own transaction as the caller's role. A read travels in one flush; a write is committed
/// only after its outcome is known to be what the client asked for.
class Engine {
public:
    /// `replica`: GET and HEAD run there, unless the client sends X-Read-Primary to read its own writes.
    /// `runtime`: a catalogue of thousands of relations is put together on its CPU pool instead of the io thread.
    Engine(db::Database database, Options options, std::optional<db::Database> replica = {},
           Runtime* runtime = nullptr);

    /// Reads the catalogue and swaps it in; requests go on with the old one meanwhile.
    Task<void> load_schema();
    std::shared_ptr<const SchemaCache> schema() const;
    /// New options count from the next request on. A change of schemas needs load_schema().
    void set_options(Options options);

    /// `path` is what follows the API's root in request.path(), percent-encoded, with its leading slash. Never throws
    /// for what the database refuses: that is an answer.
    Task<http::Response> handle(http::Request& request, std::string path, Caller caller);

private:
    struct State {
        Options options;
        std::shared_ptr<const SchemaCache> schema;
    };
    std::shared_ptr<const State> state() const;
    void publish(std::shared_ptr<const State> next);

    Databases databases_;
    Runtime* runtime_;
    mutable std::mutex mutex_;
    std::shared_ptr<const State> state_;
};

}  // namespace platform::restql
