#pragma once

#include "platform/http/signing_client.hpp"
#include "services/user-service/contract/sync.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tt::user {

/// Profiles for whoever keeps a copy of them: fingerprints to compare, and the rows of what differs.
class ProfileDirectory {
public:
    virtual ~ProfileDirectory() = default;
    virtual Task<std::vector<ProfileBucket>> profile_buckets() = 0;
    /// Profiles whose user id ends in this byte (0 to 255).
    virtual Task<std::vector<SyncedProfile>> profiles_of_bucket(int bucket) = 0;
};

/// Over HTTP from the site. Its calls throw Unavailable when the site gives no answer.
std::unique_ptr<ProfileDirectory> make_http_profile_directory(http::SigningClient client, std::string site_url);

}  // namespace tt::user
