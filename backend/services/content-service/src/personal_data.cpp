#include "services/content-service/src/personal_data.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/json.hpp"
#include "services/content-service/src/store/personal_data_sql.hpp"

#include <boost/json.hpp>

namespace tt::content {
namespace {

/// The part of user.deleted that counts here.
struct Erased {
    UserId user_id;
    db::Bytea address;
};

Erased read_erased(const std::string& payload) {
    const auto body = boost::json::parse(payload).as_object();
    const auto* digest = body.if_contains("email_sha256");
    const auto bytes = digest ? crypto::hex_decode(std::string(digest->as_string())) : std::nullopt;
    return {UserId::parse(body.at("user_id").as_string()).value(), {bytes.value_or("")}};
}

}  // namespace

Task<PersonalData> personal_data_of(db::Database site, PersonalDataOwner owner) {
    const db::Bytea address{owner.email.empty() ? std::string() : crypto::sha256(owner.email)};
    PersonalData data;
    auto results = co_await site.one<json::Raw>(sql::quiz_results_of, owner.user_id, address);
    auto subscriptions = co_await site.one<json::Raw>(sql::subscriptions_of, address);
    auto messages = co_await site.one<json::Raw>(sql::contact_messages_of, owner.user_id, address);
    data.parts.push_back({"quiz_results", std::move(results)});
    data.parts.push_back({"newsletter", std::move(subscriptions)});
    data.parts.push_back({"contact_messages", std::move(messages)});
    co_return data;
}

Task<void> erase_person(db::Tx& tx, events::Event event) {
    const Erased erased = read_erased(event.payload);
    co_await tx.execute(sql::erase_quiz_results, erased.user_id, erased.address);
    co_await tx.execute(sql::erase_subscription, erased.address);
    co_await tx.execute(sql::erase_contact_messages, erased.user_id, erased.address);
    co_await tx.execute(sql::unlink_posts, erased.user_id);
}

}  // namespace tt::content
