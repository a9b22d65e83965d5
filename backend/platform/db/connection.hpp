#pragma once

#include "platform/core/task.hpp"
#include "platform/db/context_text.hpp"
#include "platform/db/pool.hpp"
#include "platform/db/query.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/statement_cache.hpp"

#include <atomic>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/posix/descriptor_base.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace platform::trace {
class Span;
}

struct pg_conn;
struct pg_cancel;

namespace platform::db {

/// A PQcancel on its way, on a thread of its own. Until it is over it may hit whatever the session runs next.
struct CancelRequest {
    std::shared_ptr<pg_cancel> target;
    std::atomic<bool> is_over{false};
};

/// One PostgreSQL session in libpq's non-blocking pipeline mode. Statements are queued without I/O; flight() sends all
/// of them at once and takes in the replies, so a whole transaction costs one round trip. Used by one coroutine at a
/// time, on one thread.
class Connection {
public:
    Connection(Executor executor, const PoolConfig& config);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Error: platform::Unavailable.
    Task<void> connect();

    void queue_begin(const Context& context);
    void queue(Query query, const Params& params, std::string_view role);
    void queue_commit();
    /// BEGIN and COMMIT of a transaction that is all in one flight. One that only reads does without both: the server
    /// ends it with the flight.
    void queue_flight_begin(const Context& context);
    void queue_flight_end();
    void queue_rollback();

    /// Sends what was queued and waits for all replies. Throws the first failure (what follows it in a flight is
    /// skipped by the server). Rows of the queued queries are then in take_rows().
    Task<void> flight(std::optional<Deadline> deadline);
    Rows take_row();
    std::vector<Rows> take_rows();

    /// Connected, no reply outstanding, nothing unread, buffers of ordinary size: worth lending again.
    bool is_usable() const;
    bool is_in_transaction() const;
    bool is_in_flight() const { return in_flight_; }
    /// Asks the kernel whether the server has closed the link while this connection lay idle.
    bool is_alive() const;

    /// Lets go of a session that is still being opened, whose coroutine may never run again: the server would wait a
    /// minute for its password, and a DROP DATABASE for the server.
    void hang_up_unless_open() const;

    /// When the wait in progress must end; far in the future when none is.
    Deadline deadline() const { return deadline_; }
    /// Ends the wait in progress with DeadlineExceeded; the connection is then broken.
    void abort_wait();
    /// For the caller to run on another thread; nullptr while the last one is on its way.
    std::shared_ptr<CancelRequest> take_cancel();
    bool is_being_cancelled() const { return cancel_request_ && !cancel_request_->is_over.load(); }

private:
    enum class Kind : std::uint8_t { parse, control, query, commit };
    struct Step {
        Kind kind;
        StatementCache::Entry* entry;  // of parse and query; null when nothing is kept prepared
        std::string_view query;
    };
    using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

    StatementCache::Entry& prepared(StatementCache& cache, std::string_view role, Query query);
    metrics::Histogram& duration_of(std::string_view query) const;
    void queue_control(std::string_view text, Kind kind = Kind::control);
    void check_time_left(const Context& context) const;
    bool is_bound(const Context& context) const;
    void queue_context_call(const Context& context, bool begins_read);
    void queue_set_locals(const Context& context);
    void queue_setting(const Setting& setting);
    void queue_unnamed(const std::string& text, Kind kind = Kind::control);
    /// Whether statements may be kept on the server at all.
    bool prepares() const { return config_.statement_cache_size > 0; }
    void sent(int ok, Step step);
    /// The query that a flight is known by in traces.
    std::string_view flight_name() const;
    void describe(trace::Span& span) const;
    Task<void> send_all();
    Task<void> wait(asio::posix::descriptor_base::wait_type what);
    Task<void> wait_either();
    Task<void> wait_both_ways();
    Task<void> wait_reply();
    [[noreturn]] void interrupted(boost::system::error_code error);
    Task<void> take_replies();
    void settle(const Step& step, pg_result* result);
    void forget_prepared(const Step& step);
    void fail(const Step& step, const pg_result* result);
    void finish_flight();
    [[noreturn]] void lost();
    void close();

    Executor executor_;
    const PoolConfig& config_;
    pg_conn* connection_ = nullptr;
    std::shared_ptr<pg_cancel> cancel_;
    std::shared_ptr<CancelRequest> cancel_request_;
    Descriptor descriptor_;
    StatementCache queries_;
    StatementCache controls_;  // BEGIN, SET LOCAL ROLE …: apart, so that they push no query out

    // The flight being queued or flown; the containers keep their capacity from one to the next.
    std::vector<Step> steps_;
    std::vector<Rows> rows_;
    std::vector<const char*> values_;
    std::string scratch_;
    ContextCall call_;
    bool is_ended_by_flight_ = false;
    std::exception_ptr failure_;
    Deadline deadline_ = Deadline::max();
    bool in_flight_ = false;
    bool is_broken_ = false;
    bool has_grown_ = false;  ///< libpq's buffers never shrink: a session that moved megabytes is not kept
    bool has_timed_out_ = false;
    bool has_failed_parse_ = false;
};

}  // namespace platform::db
