#include "platform/http/io_thread.hpp"

#include "platform/http/connection.hpp"

namespace platform::http {

void IoThread::add(Connection& connection) {
    connection.slot_ = connections_.size();
    connections_.push_back(&connection);
    arm();
}

void IoThread::remove(Connection& connection) {
    Connection* last = connections_.back();
    connections_[connection.slot_] = last;
    last->slot_ = connection.slot_;
    connections_.pop_back();
}

void IoThread::arm() {
    if (is_armed_) return;
    is_armed_ = true;
    timer_.expires_after(tick_);
    timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
        if (const auto thread = self.lock(); thread && !error) thread->on_tick();
    });
}

void IoThread::on_tick() {
    is_armed_ = false;
    const Deadline now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) connection->check(now);
    if (!connections_.empty()) arm();  // an idle server does not wake up
}

void IoThread::begin_drain() {
    for (Connection* connection : connections_) connection->begin_drain();
}

void IoThread::abort_all() {
    for (Connection* connection : connections_) connection->abort();
}

}  // namespace platform::http
