#pragma once

#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace tt {

/// Whose data is asked for. The address finds what was left without an account: subscriptions, messages.
struct PersonalDataOwner {
    UserId user_id;
    std::string email;  ///< "" when the account has none
};
BOOST_DESCRIBE_STRUCT(PersonalDataOwner, (), (user_id, email))

/// All that a service holds of a person under one name, as JSON that a person can read.
struct PersonalDataPart {
    std::string name;
    json::Raw data;
};
BOOST_DESCRIBE_STRUCT(PersonalDataPart, (), (name, data))

struct PersonalData {
    std::vector<PersonalDataPart> parts;
};
BOOST_DESCRIBE_STRUCT(PersonalData, (), (parts))

/// A service that holds something of people, for the export of all their data.
class PersonalDataSource {
public:
    virtual ~PersonalDataSource() = default;
    /// The names of the parts that personal_data() gives, always the same ones; known while the service is away.
    virtual std::vector<std::string> part_names() const = 0;
    /// Throws when the service cannot be asked now.
    virtual Task<PersonalData> personal_data(PersonalDataOwner owner) = 0;
};

}  // namespace tt
