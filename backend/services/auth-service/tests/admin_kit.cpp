#include "services/auth-service/tests/admin_kit.hpp"

namespace tt::auth {

std::string service_key() {
    return crypto::sign_jwt_hs256("super-secret-jwt-token-with-at-least-32-characters-long",
                                  {{"role", "service_role"}, {"iss", "tests"}, {"exp", 4102444800}});
}

std::string administrator_token(AuthWorld& world, const std::string& email) {
    const std::string id = text_at(world.sign_up(email).body, "/user/id");
    world.database.exec("UPDATE auth.users SET app_metadata = app_metadata || '{\"roles\":[\"admin\"]}' WHERE id = '" +
                        id + "'");
    return world.sign_in(email).str("access_token");
}

std::string text_at(const boost::json::value& body, std::string_view pointer) {
    boost::system::error_code missing;
    const auto* value = body.find_pointer(pointer, missing);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace tt::auth
