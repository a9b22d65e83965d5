#pragma once

#include "platform/image/picture.hpp"
#include "platform/storage/object_store.hpp"
#include "services/user-service/src/profiles.hpp"

namespace tt::user {

/// Pictures of people. What is uploaded is never served: only what platform/image made of it, by its content.
class Avatars {
public:
    static constexpr int side_px = 512;
    /// A dropped picture waits this long before it is removed: somebody may be uploading the same one.
    static constexpr std::chrono::hours drop_delay{24};

    Avatars(db::Database site, Profiles& profiles, storage::ObjectStore& objects, Runtime& runtime, const Clock& clock);

    /// Errors: those of image::Pictures::square_webp and of hold_profile.
    Task<Result<Profile>> put(Principal caller, std::string bytes);
    Task<Result<Profile>> remove(Principal caller);
    /// Nothing for what is no avatar, whatever else the store holds under that key.
    Task<std::optional<storage::OpenObject>> open(std::string key);
    /// The account is gone.
    Task<void> erase(db::Tx& tx, UserId user);
    /// Removes what has been dropped for `drop_delay` and nobody shows.
    Task<void> sweep();

private:
    Task<Result<Profile>> swap(Principal caller, std::optional<std::string> key);
    Task<void> sweep_one(std::string key, Time dropped_before);

    db::Database site_;
    Profiles& profiles_;
    storage::ObjectStore& objects_;
    image::Pictures pictures_;
    const Clock& clock_;
};

}  // namespace tt::user
