#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// GoTrue's kind of an action: account, team, token, user or factor.
std::string_view audit_log_type(std::string_view action);
/// Every action whose kind it is, or whose name contains the text.
std::vector<std::string> audit_actions_of_type(std::string_view type);
std::vector<std::string> audit_actions_like(std::string_view text);

/// One value of a CSV line: quoted when it must be; what a spreadsheet would run as a formula is preceded by a quote.
std::string audit_csv_value(std::string_view value);

}  // namespace tt::auth
