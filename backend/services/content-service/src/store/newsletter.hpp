#pragma once

#include "platform/db/database.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::content::store {

struct Subscriber {
    std::string email;
    Uuid id;
    std::optional<std::string> name;
    std::string status;  ///< pending, confirmed or unsubscribed
    std::optional<Time> confirmation_sent_at;
};
BOOST_DESCRIBE_STRUCT(Subscriber, (), (email, id, name, status, confirmation_sent_at))

Task<Subscriber> subscribe(db::Tx& tx, std::string email, std::optional<std::string> name,
                           std::optional<std::string> source);
Task<std::optional<Subscriber>> find_subscriber(const db::Database& site, std::string email);
Task<std::optional<Subscriber>> find_subscriber(const db::Database& site, Uuid id);
Task<void> mark_confirmation_sent(const db::Database& site, std::string email, Time at);
/// No mail can reach it; subscribing again starts anew.
Task<void> give_up_address(const db::Database& site, std::string email, Time at);
/// Whether the status changed.
Task<bool> confirm(db::Tx& tx, std::string email, Time at);
Task<bool> unsubscribe(db::Tx& tx, std::string email, Time at);
/// Addresses that wait for a mail nobody has queued.
Task<std::vector<std::string>> unsent_confirmations(const db::Database& site, int limit);

}  // namespace tt::content::store
