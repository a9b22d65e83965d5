#pragma once

#include <set>
#include <string>

namespace tt::course {

/// `wanted`, or the first of wanted-2, wanted-3, … that is not taken.
std::string free_slug(const std::string& wanted, const std::set<std::string>& taken);

}  // namespace tt::course
