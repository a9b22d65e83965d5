#pragma once

#include <boost/describe.hpp>
#include <string>

namespace tt::user {

enum class ExportFormat { zip, json };
BOOST_DESCRIBE_ENUM(ExportFormat, zip, json)

enum class ExportStatus { queued, running, waiting, ready, incomplete, expired };
BOOST_DESCRIBE_ENUM(ExportStatus, queued, running, waiting, ready, incomplete, expired)

enum class PartStatus { waiting, done, unavailable };
BOOST_DESCRIBE_ENUM(PartStatus, waiting, done, unavailable)

struct ExportPart {
    std::string name;
    PartStatus status = PartStatus::waiting;
};
BOOST_DESCRIBE_STRUCT(ExportPart, (), (name, status))

}  // namespace tt::user
