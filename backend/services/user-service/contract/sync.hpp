#pragma once

#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// GET /internal/v1/sync/profiles/buckets and /internal/v1/sync/profiles?bucket=N, for the peer that mirrors profiles.
/// bucket is the last byte of the user id; hash is md5 over "user_id:version" of its rows in order, joined by commas.
namespace tt::user {

struct ProfileBucket {
    int bucket = 0;
    std::int64_t count = 0;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(ProfileBucket, (), (bucket, count, hash))

struct SyncedProfile {
    UserId user_id;
    std::optional<std::string> display_name;
    std::string locale;
    std::string timezone;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(SyncedProfile, (), (user_id, display_name, locale, timezone, version))

struct ProfileBuckets {
    std::vector<ProfileBucket> items;
};
BOOST_DESCRIBE_STRUCT(ProfileBuckets, (), (items))

struct SyncedProfiles {
    std::vector<SyncedProfile> items;
};
BOOST_DESCRIBE_STRUCT(SyncedProfiles, (), (items))

}  // namespace tt::user
