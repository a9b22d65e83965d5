#include "services/content-service/src/store/contact.hpp"

#include "services/content-service/src/store/contact_sql.hpp"

namespace tt::content::store {

Task<bool> save_message(db::Tx& tx, ContactMessage message) {
    const auto saved = co_await tx.execute(sql::save_message, message.id, message.name, message.email, message.subject,
                                           message.message, message.status, message.user_id);
    co_return saved > 0;
}

}  // namespace tt::content::store
