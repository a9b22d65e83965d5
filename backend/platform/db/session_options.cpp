#include "platform/db/session_options.hpp"

#include "platform/db/pool.hpp"
#include "platform/db/quote.hpp"

#include <libpq-fe.h>
#include <cstdlib>

namespace platform::db {
namespace {

// What parsing of results relies on, and jit off: it costs tens of milliseconds on plans that run for one.
constexpr const char* session_options = "-c bytea_output=hex -c extra_float_digits=1 -c standard_conforming_strings=on";
constexpr const char* format_options = " -c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c jit=off";

// A client that holds a transaction open without a word for this long is stuck.
constexpr const char* idle_in_transaction_option = " -c idle_in_transaction_session_timeout=30s";

// How soon the server notices that nobody is left to take the answer, and ends the statement.
constexpr const char* hung_up_option = " -c client_connection_check_interval=1s";

/// The options of a startup packet are split at white space unless a backslash precedes it.
void append_option(std::string& options, std::string_view name, std::string_view value) {
    options += " -c ";
    options += name;
    options += '=';
    for (const char c : value) {
        if (c == '\\' || std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos) options += '\\';
        options += c;
    }
}

/// The options that the URL or the environment ask for; ours come after them and would otherwise replace them.
std::string options_of(const std::string& conninfo) {
    std::string options;
    if (const char* environment = std::getenv("PGOPTIONS")) options = environment;
    PQconninfoOption* const list = PQconninfoParse(conninfo.c_str(), nullptr);
    for (const auto* option = list; option && option->keyword; ++option) {
        if (option->val && std::string_view(option->keyword) == "options") options = option->val;
    }
    PQconninfoFree(list);
    return options.empty() ? options : options + " ";
}

}  // namespace

std::string startup_options(const PoolConfig& config) {
    std::string options = options_of(config.conninfo) + session_options;
    if (config.fixes_formats) options += format_options;
    options += idle_in_transaction_option;
    options += hung_up_option;
    if (config.query_timeout.count() > 0) {
        append_option(options, "statement_timeout", std::to_string(config.query_timeout.count()));
    }
    return options;
}

}  // namespace platform::db
