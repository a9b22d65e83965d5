#pragma once

#include "platform/db/database.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace tt::course::store {

struct MediaFile {
    std::string content_type;
    bool is_public = false;
};
BOOST_DESCRIBE_STRUCT(MediaFile, (), (content_type, is_public))

/// What is known of a file of course content; empty when no asset has this key and name.
Task<std::optional<MediaFile>> find_media_file(db::Database database, std::string key, std::string name);
/// The same, only for the picture of a published course's card.
Task<std::optional<MediaFile>> find_public_media_file(db::Database database, std::string key, std::string name);

}  // namespace tt::course::store
