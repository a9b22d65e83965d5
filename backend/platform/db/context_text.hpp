#pragma once

#include "platform/db/query.hpp"

#include <string>
#include <vector>

namespace platform::db {

/// BEGIN with what the context asks for. Error: std::invalid_argument for an isolation level PostgreSQL does not have.
std::string begin_text(const Context& context);

/// One statement that sets all of a context, each setting for the transaction alone: the equivalent of a row of
/// SET LOCALs at a fifth of the cost (ADR 0007). It answers one number.
struct ContextCall {
    std::string text;                 ///< the names; equal for contexts of one shape, so that it stays prepared
    std::vector<const char*> values;  ///< bound; they refer to the context and to `search_path`
    std::string search_path;
};

/// Writes the call for `context` into `call`, whose memory is used again. `begins_read`: for a transaction without a
/// BEGIN, which only reads. Error: std::invalid_argument for a NUL byte, which the wire would cut a value short at, and
/// for the role "none", which means the login role.
void write_context_call(const Context& context, bool begins_read, ContextCall& call);

}  // namespace platform::db
