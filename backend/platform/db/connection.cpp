#include "platform/db/connection.hpp"

#include "platform/db/errors.hpp"
#include "platform/db/quote.hpp"
#include "platform/db/result_error.hpp"
#include "platform/metrics/metrics.hpp"

#include <libpq-fe.h>
#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform::db {
namespace {

using asio::posix::descriptor_base;

// What parsing of results relies on, and jit off: it costs tens of milliseconds on plans that run for one.
constexpr const char* session_options =
    "-c bytea_output=hex -c extra_float_digits=1 -c standard_conforming_strings=on -c jit=off";
constexpr const char* format_options = " -c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601";

// A client that holds a transaction open without a word for this long is stuck.
constexpr const char* idle_in_transaction_option = " -c idle_in_transaction_session_timeout=30s";

void ignore_notice(void*, const PGresult*) {}

/// Error: std::invalid_argument for an isolation level that PostgreSQL does not have.
std::string begin_text(const Context& context) {
    std::string text = "BEGIN";
    if (context.isolation == "serializable" || context.isolation == "repeatable read" ||
        context.isolation == "read committed" || context.isolation == "read uncommitted") {
        text += " ISOLATION LEVEL " + context.isolation;
    } else if (!context.isolation.empty()) {
        throw std::invalid_argument("not an isolation level: " + context.isolation);
    }
    if (context.read_only) text += " READ ONLY";
    return text;
}

}  // namespace

Connection::Connection(Executor executor, const PoolConfig& config)
    : executor_(executor), config_(config), descriptor_(executor), cache_(config.statement_cache_size) {}

Connection::~Connection() {
    close();
}

void Connection::close() {
    if (descriptor_.is_open()) descriptor_.release();  // libpq owns the socket
    if (connection_ != nullptr) PQfinish(connection_);
    connection_ = nullptr;
}

Task<void> Connection::connect() {
    const std::string options = std::string(session_options) + (config_.fixes_formats ? format_options : "") +
                                idle_in_transaction_option +
                                " -c statement_timeout=" + std::to_string(config_.query_timeout.count());
    const char* const names[] = {"dbname", "options", "application_name", "client_encoding", nullptr};
    const char* const values[] = {config_.conninfo.c_str(), options.c_str(), config_.name.c_str(), "UTF8", nullptr};
    deadline_ = std::chrono::steady_clock::now() + config_.connect_timeout;
    connection_ = PQconnectStartParams(names, values, 1);
    if (connection_ == nullptr) throw Unavailable("out of memory for a database connection");
    PQsetNoticeReceiver(connection_, ignore_notice, nullptr);

    auto status = PQstatus(connection_) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED) throw Unavailable(PQerrorMessage(connection_));
        // libpq may change the socket between polls (next host, TLS), so it is handed to Asio for one wait each.
        descriptor_.assign(PQsocket(connection_));
        const auto what = status == PGRES_POLLING_READING ? descriptor_base::wait_read : descriptor_base::wait_write;
        co_await wait(what);
        descriptor_.release();
        status = PQconnectPoll(connection_);
    }
    if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) lost();
    cancel_ = std::shared_ptr<pg_cancel>(PQgetCancel(connection_), PQfreeCancel);
    descriptor_.assign(PQsocket(connection_));
    deadline_ = Deadline::max();
}

void Connection::queue_setting(const Setting& setting) {
    scratch_ = "SET LOCAL ";
    append_name(scratch_, setting.name);
    scratch_ += " TO ";
    append_literal(scratch_, setting.value);
    queue_unnamed(scratch_);
}

void Connection::queue_search_path(const std::vector<std::string>& schemas) {
    scratch_ = "SET LOCAL search_path TO ";
    for (const auto& schema : schemas) {
        if (&schema != &schemas.front()) scratch_ += ", ";
        append_name(scratch_, schema);
    }
    queue_control(scratch_);
}

void Connection::queue_begin(const Context& context) {
    queue_control(begin_text(context));
    for (const auto& setting : context.login_settings) queue_setting(setting);
    if (!context.role.empty()) {
        scratch_ = "SET LOCAL ROLE ";
        append_role(scratch_, context.role);
        queue_control(scratch_);
    }
    if (!context.search_path.empty()) queue_search_path(context.search_path);
    for (const auto& setting : context.settings) queue_setting(setting);
    if (context.deadline) {
        using std::chrono::milliseconds;
        const auto left = std::chrono::ceil<milliseconds>(*context.deadline - std::chrono::steady_clock::now());
        // Zero would mean "no limit".
        const auto timeout = std::clamp(left, milliseconds(1), config_.query_timeout);
        queue_unnamed("SET LOCAL statement_timeout TO " + std::to_string(timeout.count()));
    }
}

void Connection::queue(Query query, const Params& params, std::string_view role) {
    StatementCache::Entry& entry = prepared(role, query.text, query.name);
    values_.clear();
    for (const auto& param : params) values_.push_back(param ? param->c_str() : nullptr);
    const int ok = PQsendQueryPrepared(connection_, entry.name.c_str(), static_cast<int>(values_.size()),
                                       values_.data(), nullptr, nullptr, 0);
    sent(ok, Step{Kind::query, &entry, query.name});
}

void Connection::queue_commit() {
    queue_control("COMMIT", Kind::commit);
}

void Connection::queue_rollback() {
    queue_control("ROLLBACK");
}

StatementCache::Entry& Connection::prepared(std::string_view role, std::string_view text, std::string_view query) {
    if (auto* entry = cache_.find(role, text)) return *entry;
    if (const auto evicted = cache_.evict()) queue_unnamed("DEALLOCATE " + *evicted);
    StatementCache::Entry& entry = cache_.add(role, text);
    entry.duration =
        &metrics::histogram("db_query_duration_seconds", {{"pool", config_.name}, {"query", std::string(query)}});
    const int ok = PQsendPrepare(connection_, entry.name.c_str(), entry.text.c_str(), 0, nullptr);
    sent(ok, Step{Kind::parse, &entry, query});
    return entry;
}

void Connection::queue_control(std::string_view text, Kind kind) {
    StatementCache::Entry& entry = prepared({}, text, "transaction");
    const int ok = PQsendQueryPrepared(connection_, entry.name.c_str(), 0, nullptr, nullptr, nullptr, 0);
    sent(ok, Step{kind, nullptr, "transaction"});
}

void Connection::queue_unnamed(const std::string& text) {
    const int ok = PQsendQueryParams(connection_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0);
    sent(ok, Step{Kind::control, nullptr, "transaction"});
}

void Connection::sent(int ok, Step step) {
    in_flight_ = true;
    if (ok != 1) lost();
    steps_.push_back(step);
}

Task<void> Connection::flight(std::optional<Deadline> deadline) {
    const auto start = std::chrono::steady_clock::now();
    deadline_ = std::min(deadline.value_or(Deadline::max()), start + config_.query_timeout);
    rows_.clear();
    failure_ = nullptr;
    is_cancelled_ = false;
    co_await send_all();
    co_await take_replies();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (const Step& step : steps_) {
        if (step.kind == Kind::query) step.entry->duration->observe(seconds);
    }
    finish_flight();
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Connection::finish_flight() {
    cache_.remove_failed();
    steps_.clear();
    // A cancel that is still under way could hit the next borrower's statement.
    if (is_cancelled_) is_broken_ = true;
    in_flight_ = false;
    deadline_ = Deadline::max();
}

Task<void> Connection::send_all() {
    if (PQpipelineSync(connection_) != 1) lost();
    while (true) {
        const int left = PQflush(connection_);
        if (left < 0) lost();
        if (left == 0) break;
        co_await wait_either();
        if (PQconsumeInput(connection_) != 1) lost();
    }
}

Task<void> Connection::take_replies() {
    for (const Step& step : steps_) {
        while (PQisBusy(connection_)) co_await wait_reply();
        pg_result* result = PQgetResult(connection_);
        if (result == nullptr) lost();
        settle(step, result);
        if (PQgetResult(connection_) != nullptr) lost();  // one statement, one result
    }
    while (PQisBusy(connection_)) co_await wait_reply();
    pg_result* sync = PQgetResult(connection_);
    const auto status = PQresultStatus(sync);
    PQclear(sync);
    if (status != PGRES_PIPELINE_SYNC) lost();
}

Task<void> Connection::wait_reply() {
    co_await wait(descriptor_base::wait_read);
    if (PQconsumeInput(connection_) != 1) lost();
}

Task<void> Connection::wait(descriptor_base::wait_type what) {
    boost::system::error_code error;
    co_await descriptor_.async_wait(what, asio::redirect_error(use_awaitable, error));
    if (error) interrupted(error);
}

/// The server may itself be blocked until we read its replies, so both directions are watched.
Task<void> Connection::wait_either() {
    using namespace asio::experimental::awaitable_operators;
    try {
        co_await (descriptor_.async_wait(descriptor_base::wait_write, use_awaitable) ||
                  descriptor_.async_wait(descriptor_base::wait_read, use_awaitable));
    } catch (const boost::system::system_error& error) {
        interrupted(error.code());
    }
}

void Connection::interrupted(boost::system::error_code error) {
    is_broken_ = true;
    if (has_timed_out_) throw DeadlineExceeded("the database did not answer in time");
    throw boost::system::system_error(error);
}

void Connection::settle(const Step& step, pg_result* result) {
    Rows owner(result, step.query);
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
            break;
        case PGRES_PIPELINE_ABORTED:
            if (step.kind == Kind::parse) step.entry->has_failed = true;
            return;
        default:
            fail(step, result);
            return;
    }
    if (step.kind == Kind::query) rows_.push_back(std::move(owner));
    // COMMIT of a failed transaction succeeds, as a ROLLBACK.
    if (step.kind == Kind::commit && std::string_view(PQcmdStatus(result)) != "COMMIT") {
        SqlError error("commit: the transaction had failed before (25P02)");
        error.sqlstate = "25P02";
        failure_ = std::make_exception_ptr(error);
    }
}

void Connection::fail(const Step& step, const pg_result* result) {
    const auto error = error_of(result, step.query);
    if (ends_session(result) || PQstatus(connection_) == CONNECTION_BAD) {
        is_broken_ = true;
        std::rethrow_exception(error);
    }
    if (step.kind == Kind::parse) step.entry->has_failed = true;
    if (has_stale_plan(result)) is_broken_ = true;  // a new session prepares it anew
    if (!failure_) failure_ = error;
}

Rows Connection::take_row() {
    Rows rows = std::move(rows_.back());
    rows_.clear();
    return rows;
}

std::vector<Rows> Connection::take_rows() {
    return std::exchange(rows_, {});
}

bool Connection::is_usable() const {
    return !is_broken_ && !in_flight_ && PQstatus(connection_) == CONNECTION_OK;
}

bool Connection::is_in_transaction() const {
    return PQtransactionStatus(connection_) != PQTRANS_IDLE;
}

bool Connection::is_alive() const {
    // An idle session has nothing to say: a byte is the server's farewell, zero its hang-up.
    char byte = 0;
    const auto got = ::recv(PQsocket(connection_), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::abort_wait() {
    has_timed_out_ = true;
    descriptor_.cancel();
}

std::shared_ptr<pg_cancel> Connection::take_cancel() {
    if (is_cancelled_ || PQstatus(connection_) != CONNECTION_OK) return nullptr;
    is_cancelled_ = true;
    return cancel_;
}

void Connection::lost() {
    is_broken_ = true;
    throw Unavailable("database connection lost");
}

}  // namespace platform::db
