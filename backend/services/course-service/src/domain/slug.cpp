#include "services/course-service/src/domain/slug.hpp"

namespace tt::course {

std::string free_slug(const std::string& wanted, const std::set<std::string>& taken) {
    std::string candidate = wanted;
    for (int number = 2; taken.contains(candidate); ++number) candidate = wanted + "-" + std::to_string(number);
    return candidate;
}

}  // namespace tt::course
