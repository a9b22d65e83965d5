#pragma once

#include <boost/describe/class.hpp>

namespace tt::auth {

/// Section [auth_audit].
struct AuditConfig {
    /// Days an entry is kept; at least 30. PCI DSS 10.5.1 asks for a year.
    unsigned retention_days = 400;
    /// Seconds between two rounds of sealing: how long an entry is in the log without being in the chain.
    unsigned seal_interval_s = 5;
};
BOOST_DESCRIBE_STRUCT(AuditConfig, (), (retention_days, seal_interval_s))

}  // namespace tt::auth
