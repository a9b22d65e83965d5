#include "platform/db/connection.hpp"

#include "platform/db/context_text.hpp"
#include "platform/db/errors.hpp"
#include "platform/db/notices.hpp"
#include "platform/db/quote.hpp"
#include "platform/db/result_error.hpp"
#include "platform/db/session_options.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span.hpp"

#include <libpq-fe.h>
#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform::db {
namespace {

using asio::posix::descriptor_base;

// Prepared texts of BEGIN, COMMIT, SET LOCAL and the like per connection: the roles, the methods and the busiest
// routes.
constexpr std::size_t max_controls = 128;

// Of one flight, so that none of its own texts is evicted before it has run.
constexpr std::size_t max_repeating_steps = max_controls * 3 / 4;

// Bytes of a repeating SET LOCAL; a session keeps max_controls of them on either side of the link.
constexpr std::size_t max_repeating_text = 1024;

// What a statement may send or bring before its session is worth less than its memory.
constexpr std::size_t large_bytes = 4u << 20u;

/// Classes of errors only: a message may quote a value.
void note_failure(trace::Span& span, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const SqlError& error) {
        span.set("db.response.status_code", error.sqlstate);
        span.fail(error.sqlstate);
    } catch (const DeadlineExceeded&) {
        span.fail("timeout");
    } catch (const std::exception&) {
        span.fail("unavailable");
    }
}

}  // namespace

Connection::Connection(Executor executor, const PoolConfig& config)
    : executor_(executor),
      config_(config),
      descriptor_(executor),
      queries_(config.statement_cache_size, 's'),
      controls_(max_controls, 'c') {}

Connection::~Connection() {
    close();
}

void Connection::close() {
    if (descriptor_.is_open()) descriptor_.release();  // libpq owns the socket
    if (connection_ != nullptr) PQfinish(connection_);
    connection_ = nullptr;
}

Task<void> Connection::connect() {
    const std::string options = startup_options(config_);
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
    const bool is_kept = setting.repeats && scratch_.size() <= max_repeating_text;
    if (is_kept && steps_.size() < max_repeating_steps) {
        queue_control(scratch_);
    } else {
        queue_unnamed(scratch_);
    }
}

void Connection::queue_begin(const Context& context) {
    check_time_left(context);
    queue_control(begin_text(context));
    if (is_bound(context)) {
        queue_context_call(context, false);
    } else {
        queue_set_locals(context);
    }
}

void Connection::queue_flight_begin(const Context& context) {
    is_ended_by_flight_ = context.read_only && context.isolation.empty() && is_bound(context);
    if (!is_ended_by_flight_) return queue_begin(context);
    check_time_left(context);
    queue_context_call(context, true);
}

void Connection::queue_flight_end() {
    if (!is_ended_by_flight_) queue_commit();
}

void Connection::check_time_left(const Context& context) const {
    if (context.deadline && *context.deadline <= std::chrono::steady_clock::now()) {
        throw DeadlineExceeded("no time left for the database");
    }
}

/// A role alone is set by a prepared SET LOCAL for less than a call costs.
bool Connection::is_bound(const Context& context) const {
    const bool has_settings =
        !context.settings.empty() || !context.login_settings.empty() || !context.search_path.empty();
    return has_settings && !config_.is_sharded;
}

void Connection::queue_context_call(const Context& context, bool begins_read) {
    write_context_call(context, begins_read, call_);
    const int count = static_cast<int>(call_.values.size());
    int ok = 0;
    if (prepares()) {
        const auto& entry = prepared(controls_, {}, Query{"transaction", call_.text});
        ok = PQsendQueryPrepared(connection_, entry.name.c_str(), count, call_.values.data(), nullptr, nullptr, 0);
    } else {
        ok = PQsendQueryParams(connection_, call_.text.c_str(), count, nullptr, call_.values.data(), nullptr, nullptr,
                               0);
    }
    sent(ok, Step{Kind::control, nullptr, "transaction"});
}

void Connection::queue_set_locals(const Context& context) {
    for (const auto& setting : context.login_settings) queue_setting(setting);
    if (!context.role.empty()) {
        scratch_ = "SET LOCAL ROLE ";
        append_role(scratch_, context.role);
        queue_control(scratch_);
    }
    if (!context.search_path.empty()) {
        scratch_ = "SET LOCAL search_path TO ";
        append_names(scratch_, context.search_path);
        queue_control(scratch_);
    }
    for (const auto& setting : context.settings) queue_setting(setting);
}

void Connection::queue(Query query, const Params& params, std::string_view role) {
    values_.clear();
    std::size_t bytes = 0;
    for (const auto& param : params) {
        values_.push_back(param ? param->c_str() : nullptr);
        bytes += param ? param->size() : 0;
    }
    if (bytes > large_bytes) has_grown_ = true;
    const int count = static_cast<int>(values_.size());
    if (!prepares()) {
        scratch_ = query.text;
        const int ok =
            PQsendQueryParams(connection_, scratch_.c_str(), count, nullptr, values_.data(), nullptr, nullptr, 0);
        return sent(ok, Step{Kind::query, nullptr, query.name});
    }
    StatementCache::Entry& entry = prepared(queries_, role, query);
    if (entry.duration == nullptr) entry.duration = &duration_of(query.name);
    const int ok = PQsendQueryPrepared(connection_, entry.name.c_str(), count, values_.data(), nullptr, nullptr, 0);
    sent(ok, Step{Kind::query, &entry, query.name});
}

metrics::Histogram& Connection::duration_of(std::string_view query) const {
    const metrics::Labels labels{{"pool", config_.name}, {"query", std::string(query)}};
    return metrics::histogram("db_query_duration_seconds", labels);
}

void Connection::queue_commit() {
    queue_control("COMMIT", Kind::commit);
}

void Connection::queue_rollback() {
    queue_control("ROLLBACK");
}

StatementCache::Entry& Connection::prepared(StatementCache& cache, std::string_view role, Query query) {
    if (auto* entry = cache.find(role, query.text)) return *entry;
    if (const auto evicted = cache.evict()) queue_unnamed("DEALLOCATE " + *evicted);
    StatementCache::Entry& entry = cache.add(role, query.text);
    const int ok = PQsendPrepare(connection_, entry.name.c_str(), entry.text.c_str(), 0, nullptr);
    sent(ok, Step{Kind::parse, &entry, query.name});
    return entry;
}

void Connection::queue_control(std::string_view text, Kind kind) {
    if (!prepares()) return queue_unnamed(std::string(text), kind);
    StatementCache::Entry& entry = prepared(controls_, {}, Query{"transaction", text});
    const int ok = PQsendQueryPrepared(connection_, entry.name.c_str(), 0, nullptr, nullptr, nullptr, 0);
    sent(ok, Step{kind, nullptr, "transaction"});
}

void Connection::queue_unnamed(const std::string& text, Kind kind) {
    const int ok = PQsendQueryParams(connection_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0);
    sent(ok, Step{kind, nullptr, "transaction"});
}

void Connection::sent(int ok, Step step) {
    in_flight_ = true;
    if (ok != 1) lost();
    steps_.push_back(step);
}

Task<void> Connection::flight(std::optional<Deadline> deadline) {
    trace::Span span(flight_name(), trace::Kind::client);
    if (span.is_recording()) describe(span);
    const auto start = std::chrono::steady_clock::now();
    const bool is_limited = config_.query_timeout.count() > 0;
    deadline_ =
        std::min(deadline.value_or(Deadline::max()), is_limited ? start + config_.query_timeout : Deadline::max());
    rows_.clear();
    failure_ = nullptr;
    co_await send_all();
    co_await take_replies();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (const Step& step : steps_) {
        if (step.kind != Kind::query) continue;
        metrics::Histogram& duration = step.entry ? *step.entry->duration : duration_of(step.query);
        duration.observe(seconds);
    }
    finish_flight();
    if (failure_ && span.is_recording()) note_failure(span, failure_);
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

std::string_view Connection::flight_name() const {
    bool has_commit = false;
    for (const Step& step : steps_) {
        if (step.kind == Kind::query) return step.query;
        has_commit = has_commit || step.kind == Kind::commit;
    }
    return has_commit ? "COMMIT" : "ROLLBACK";
}

void Connection::describe(trace::Span& span) const {
    span.set("db.system.name", "postgresql");
    span.set("db.namespace", config_.name);
    span.set("db.query.summary", std::string(flight_name()));
    const auto queries = std::ranges::count(steps_, Kind::query, &Step::kind);
    if (queries > 1) span.set("db.operation.batch.size", std::int64_t{queries});
}

void Connection::finish_flight() {
    if (std::exchange(has_failed_parse_, false)) {
        queries_.remove_failed();
        controls_.remove_failed();
    }
    steps_.clear();
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
    // As an operation of its own: the two waits below end on a turn that works for nobody.
    co_await asio::co_spawn(executor_, wait_both_ways(), use_awaitable);
}

Task<void> Connection::wait_both_ways() {
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
            forget_prepared(step);
            return;
        default:
            fail(step, result);
            return;
    }
    if (PQresultMemorySize(result) > large_bytes) has_grown_ = true;
    if (step.kind == Kind::query) rows_.push_back(std::move(owner));
    // COMMIT of a failed transaction succeeds, as a ROLLBACK.
    if (step.kind == Kind::commit && std::string_view(PQcmdStatus(result)) != "COMMIT") {
        SqlError error("commit: the transaction had failed before (25P02)");
        error.sqlstate = "25P02";
        failure_ = std::make_exception_ptr(error);
    }
}

void Connection::forget_prepared(const Step& step) {
    if (step.kind != Kind::parse) return;
    step.entry->has_failed = true;
    has_failed_parse_ = true;
}

void Connection::fail(const Step& step, const pg_result* result) {
    const auto error = error_of(result, step.query);
    if (ends_session(result) || PQstatus(connection_) == CONNECTION_BAD) {
        is_broken_ = true;
        std::rethrow_exception(error);
    }
    forget_prepared(step);
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
    return !is_broken_ && !has_grown_ && !in_flight_ && PQstatus(connection_) == CONNECTION_OK;
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

void Connection::hang_up_unless_open() const {
    if (connection_ == nullptr || PQstatus(connection_) == CONNECTION_OK) return;
    const int socket = PQsocket(connection_);
    if (socket >= 0) ::shutdown(socket, SHUT_RDWR);
}

void Connection::abort_wait() {
    has_timed_out_ = true;
    descriptor_.cancel();
}

std::shared_ptr<CancelRequest> Connection::take_cancel() {
    if (is_being_cancelled() || PQstatus(connection_) != CONNECTION_OK) return nullptr;
    cancel_request_ = std::make_shared<CancelRequest>();
    cancel_request_->target = cancel_;
    return cancel_request_;
}

void Connection::lost() {
    is_broken_ = true;
    // libpq has closed its socket: by the time this object goes, the number may be another connection's.
    if (descriptor_.is_open() && PQsocket(connection_) < 0) descriptor_.release();
    throw Unavailable("database connection lost");
}

}  // namespace platform::db
