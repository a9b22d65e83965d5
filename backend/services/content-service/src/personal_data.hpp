#pragma once

#include "platform/db/database.hpp"
#include "platform/events/event.hpp"
#include "shared/types/personal_data.hpp"

namespace tt::content {

/// What visitors left here and an account or its address owns: quiz results, subscription, messages.
Task<PersonalData> personal_data_of(db::Database site, PersonalDataOwner owner);

/// Consumer of user.deleted: all of that is removed, posts lose their author.
Task<void> erase_person(db::Tx& tx, events::Event event);

}  // namespace tt::content
