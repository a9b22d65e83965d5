#pragma once

#include <memory>

namespace platform::db {

class Connection;
class LocalPool;

/// A connection on loan from its thread's pool; going out of scope gives it back (or discards it when broken, or rolls
/// an open transaction back first).
class Lease {
public:
    Lease(std::shared_ptr<LocalPool> pool, std::unique_ptr<Connection> connection) noexcept;
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    /// Gives the connection back now.
    void release();

private:
    std::shared_ptr<LocalPool> pool_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace platform::db
