#include "services/content-service/src/store/newsletter.hpp"

#include "services/content-service/src/store/newsletter_sql.hpp"

namespace tt::content::store {

Task<Subscriber> subscribe(db::Tx& tx, std::string email, std::optional<std::string> name,
                           std::optional<std::string> source) {
    return tx.one<Subscriber>(sql::subscribe, email, name, source);
}

Task<std::optional<Subscriber>> find_subscriber(const db::Database& site, std::string email) {
    return site.maybe_one<Subscriber>(sql::find_subscriber, email);
}

Task<std::optional<Subscriber>> find_subscriber(const db::Database& site, Uuid id) {
    return site.maybe_one<Subscriber>(sql::find_subscriber_by_id, id);
}

Task<void> mark_confirmation_sent(const db::Database& site, std::string email, Time at) {
    co_await site.execute(sql::mark_confirmation_sent, email, at);
}

Task<void> give_up_address(const db::Database& site, std::string email, Time at) {
    co_await site.execute(sql::give_up_address, email, at);
}

Task<bool> confirm(db::Tx& tx, std::string email, Time at) {
    const auto changed = co_await tx.execute(sql::confirm_subscriber, email, at);
    co_return changed > 0;
}

Task<bool> unsubscribe(db::Tx& tx, std::string email, Time at) {
    const auto changed = co_await tx.execute(sql::unsubscribe, email, at);
    co_return changed > 0;
}

Task<std::vector<std::string>> unsent_confirmations(const db::Database& site, int limit) {
    return site.many<std::string>(sql::unsent_confirmations, limit);
}

}  // namespace tt::content::store
