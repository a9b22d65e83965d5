#include "platform/http/endpoint.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/service.hpp"
#include "shared/types/principal.hpp"

namespace tt::user::api {

struct BucketQuery {
    int bucket = 0;
};
BOOST_DESCRIBE_STRUCT(BucketQuery, (), (bucket))

Task<Result<http::Reply<ProfileBuckets>>> get_buckets(UserService& users, http::Request& request) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    http::Reply<ProfileBuckets> reply;
    reply.body.items = co_await users.profile_buckets();
    co_return reply;
}

Task<Result<http::Reply<SyncedProfiles>>> get_bucket(UserService& users, http::Request& request) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    const auto query = http::parse_query<BucketQuery>(request);
    if (!query) co_return query.error();
    http::Reply<SyncedProfiles> reply;
    reply.body.items = co_await users.profiles_of_bucket(query->bucket);
    co_return reply;
}

void mount_sync(http::Router& router, UserService& users) {
    router.typed<http::NoBody, ProfileBuckets>(
        http::Method::get, "/internal/v1/sync/profiles/buckets",
        [&users](http::Request& request, http::NoBody) { return get_buckets(users, request); }, {.is_hidden = true});
    router.typed<http::NoBody, SyncedProfiles>(
        http::Method::get, "/internal/v1/sync/profiles",
        [&users](http::Request& request, http::NoBody) { return get_bucket(users, request); }, {.is_hidden = true});
}

}  // namespace tt::user::api

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::user::api::BucketQuery::bucket>{.minimum = 0,
                                                                                                .maximum = 255};
