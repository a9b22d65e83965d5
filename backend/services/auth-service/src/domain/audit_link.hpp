#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// The bytes of one link of the audit chain. `fields` are the columns of the entry in a fixed order; each is preceded
/// by its length, so that no two entries have one spelling.
std::string audit_link_hash(std::string_view key, std::string_view previous_hash, std::int64_t seq,
                            const std::vector<std::string>& fields);

}  // namespace tt::auth
