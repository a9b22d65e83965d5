#pragma once

#include "shared/types/personal_data.hpp"

#include <string>
#include <vector>

namespace tt::user {

/// What an export file says of itself.
struct ExportFacts {
    UserId user_id;
    Time made_at{};
    std::vector<std::string> missing;  ///< parts that could not be had
};

/// One JSON document with every part.
std::string export_json(const ExportFacts& facts, const std::vector<PersonalDataPart>& parts);
/// What a person who opens the zip reads first.
std::string export_readme(const ExportFacts& facts, const std::vector<PersonalDataPart>& parts);
/// JSON with line breaks, for people. `json` is valid.
std::string readable_json(const std::string& json);

}  // namespace tt::user
