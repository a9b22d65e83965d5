#include "services/course-service/src/store/media.hpp"

#include "services/course-service/src/store/media_sql.hpp"

namespace tt::course::store {

Task<std::optional<MediaFile>> find_media_file(db::Database database, std::string key, std::string name) {
    return database.maybe_one<MediaFile>(sql::find_media_file, key, name);
}

Task<std::optional<MediaFile>> find_public_media_file(db::Database database, std::string key, std::string name) {
    return database.maybe_one<MediaFile>(sql::find_public_media_file, key, name);
}

}  // namespace tt::course::store
