#pragma once

#include "platform/db/database.hpp"
#include "platform/json/rule.hpp"
#include "services/user-service/src/domain/export_state.hpp"
#include "shared/types/ids.hpp"

namespace tt::user::store {

struct ExportRow {
    UserId user_id;
    Uuid id;
    ExportFormat format = ExportFormat::zip;
    ExportStatus status = ExportStatus::queued;
    json::Raw parts;  ///< array of ExportPart
    std::optional<std::string> object_key;
    std::optional<std::int64_t> bytes;
    Time requested_at{};
    std::optional<Time> retry_at;
    std::optional<Time> finished_at;
    std::optional<Time> expires_at;

    bool is_open() const { return status <= ExportStatus::waiting; }
    bool has_file() const { return status == ExportStatus::ready || status == ExportStatus::incomplete; }
};
BOOST_DESCRIBE_STRUCT(ExportRow, (),
                      (user_id, id, format, status, parts, object_key, bytes, requested_at, retry_at, finished_at,
                       expires_at))

struct ExpiredExport {
    UserId user_id;
    Uuid id;
    std::string object_key;
};
BOOST_DESCRIBE_STRUCT(ExpiredExport, (), (user_id, id, object_key))

Task<std::optional<ExportRow>> find_export(const db::Database& site, UserId user, Uuid id);

}  // namespace tt::user::store
