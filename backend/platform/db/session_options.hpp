#pragma once

#include <string>

namespace platform::db {

struct PoolConfig;

/// What every session of a pool starts with, for the "options" of its startup packet: what its URL and PGOPTIONS ask
/// for, then ours.
std::string startup_options(const PoolConfig& config);

}  // namespace platform::db
