#pragma once

#include <string_view>

namespace tt {

/// Whether this path is one of the pages of signing in, settings and administration, which both sites have at the same
/// addresses (frontend/packages/auth). They are nobody's search result, and their titles come from the page itself.
bool is_account_page(std::string_view path);

}  // namespace tt
