#pragma once

#include "shared/types/principal.hpp"

#include <array>
#include <atomic>
#include <boost/describe/class.hpp>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tt {

/// Tokens of `subject` (a session, a person or an API key) that were issued before `not_before` are refused. After
/// `until` no such token can be valid any more.
struct Revocation {
    Uuid subject;
    Time not_before{};
    Time until{};
};
BOOST_DESCRIBE_STRUCT(Revocation, (), (subject, not_before, until))

/// What is added to a set at once.
struct RevocationPage {
    std::string cursor;             ///< where the next page begins
    std::int64_t token_life_s = 0;  ///< how long a token lives at most: an older set says nothing about any of them
    std::vector<Revocation> added;
};
BOOST_DESCRIBE_STRUCT(RevocationPage, (), (cursor, token_life_s, added))

/// Where revocations come from: the issuer's database, or the issuer over HTTP.
class RevocationSource {
public:
    virtual ~RevocationSource() = default;
    /// Everything since `cursor`; all of it for "" and for a cursor that is not known. Throws when it cannot be had
    /// now.
    virtual Task<RevocationPage> revocations_after(std::string cursor) = 0;
};

}  // namespace tt
