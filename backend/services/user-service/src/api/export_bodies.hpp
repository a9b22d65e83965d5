#pragma once

#include "platform/json/json.hpp"
#include "services/user-service/src/domain/export_state.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

/// Bodies of /api/v1/exports.
namespace tt::user {

struct ExportWish {
    ExportFormat format = ExportFormat::zip;
};
BOOST_DESCRIBE_STRUCT(ExportWish, (), (format))

/// An export as its owner sees it.
struct Export {
    Uuid id;
    ExportFormat format = ExportFormat::zip;
    ExportStatus status = ExportStatus::queued;
    int progress_percent = 0;
    std::vector<ExportPart> parts;
    Time requested_at{};
    std::optional<Time> retry_at;
    std::optional<Time> finished_at;
    std::optional<Time> expires_at;
    std::optional<std::int64_t> bytes;
    std::optional<std::string> download_url;  ///< only while there is a file; good for a minute or two
};
BOOST_DESCRIBE_STRUCT(Export, (),
                      (id, format, status, progress_percent, parts, requested_at, retry_at, finished_at, expires_at,
                       bytes, download_url))

struct ExportList {
    std::vector<Export> items;
};
BOOST_DESCRIBE_STRUCT(ExportList, (), (items))

}  // namespace tt::user

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::user::ExportWish::format>{.may_be_absent = true};
