#include "platform/db/tx.hpp"

#include "platform/db/connection.hpp"
#include "platform/db/pool_state.hpp"

#include <algorithm>

namespace platform::db {
namespace {

constexpr std::size_t max_batch = 256;  // half of the statement cache: none of a batch's own statements is evicted

}  // namespace

void check_params(Query query, const Params& params) {
    const bool has_nul = std::any_of(params.begin(), params.end(), [](const Param& param) {
        return param && param->find('\0') != std::string::npos;
    });
    if (!has_nul) return;
    SqlError error(std::string(query.name) + ": NUL byte in a parameter (22021)");
    error.sqlstate = "22021";
    error.query = query.name;
    throw error;
}

Tx::Tx(std::shared_ptr<PoolState> pool, Lease lease, Context context)
    : pool_(std::move(pool)), lease_(std::move(lease)), context_(std::move(context)) {}

void Tx::start() {
    if (state_ == State::over) throw std::logic_error("the transaction is over");
    if (state_ == State::fresh) lease_->queue_begin(context_);
    state_ = State::open;
}

Task<Rows> Tx::query(Query query, Params params) {
    check_params(query, params);
    start();
    lease_->queue(query, params, context_.role);
    co_await lease_->flight(context_.deadline);
    co_return lease_->take_row();
}

Task<std::vector<Rows>> Tx::batch(std::vector<Statement> statements) {
    if (statements.size() > max_batch) throw std::logic_error("batch of more than 256 statements");
    for (const auto& statement : statements) check_params(statement.query, statement.params);
    if (statements.empty()) co_return std::vector<Rows>{};
    start();
    for (const auto& statement : statements) lease_->queue(statement.query, statement.params, context_.role);
    co_await lease_->flight(context_.deadline);
    co_return lease_->take_rows();
}

Task<void> Tx::commit() {
    if (state_ == State::over) throw std::logic_error("the transaction is over");
    const bool has_begun = state_ == State::open;
    state_ = State::over;
    if (has_begun) {
        lease_->queue_commit();
        co_await lease_->flight(context_.deadline);
    }
    lease_.release();
    for (const auto& channel : channels_) pool_->ring(channel);
}

void Tx::ring_after_commit(std::string_view channel) {
    if (std::find(channels_.begin(), channels_.end(), channel) == channels_.end()) channels_.emplace_back(channel);
}

}  // namespace platform::db
