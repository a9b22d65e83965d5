#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/context.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/exchange.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace platform::restql {

/// Several operations in one transaction, all or none (beyond the original; Options::batch):
///
///     POST /  [{"method": "POST", "path": "/books", "headers": {"Prefer": "…"}, "body": {…}}, …]
///     200     [{"status": 201, "headers": {…}, "body": …}, …]
///
/// Each operation sees what those before it did. The first that fails undoes all, and its error is the answer, with its
/// index in the header Batch-Operation. The transaction is the batch's own: request.method and request.path in SQL are
/// those of the batch, and so is the schema.
class Batch {
public:
    Batch(const Databases& databases, std::shared_ptr<const SchemaCache> schema, const Options& options,
          http::Request& request, Caller caller);

    Task<ApiResult<http::Response>> run();

private:
    struct Operation;
    Task<ApiResult<std::vector<Operation>>> read_operations(db::Tx& tx);
    Task<ApiResult<std::string>> run_one(db::Tx& tx, Operation operation);

    const Databases& databases_;
    std::shared_ptr<const SchemaCache> schema_;
    const Options& options_;
    http::Request& request_;
    Caller caller_;
    std::int64_t inserted_ = 0;  ///< by all operations so far
};

}  // namespace platform::restql
