#include "services/auth-service/src/migration/imported_account.hpp"

#include "platform/core/text.hpp"
#include "platform/json/json.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/passwords.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

constexpr std::size_t provider_limit = 64;
constexpr std::size_t provider_id_limit = 512;
constexpr std::size_t phone_digits_max = 15;

/// Why a row is not taken over.
struct ImportRefusal {
    std::string why;
};

/// Reads typed columns; throws ImportRefusal.
class TypedColumns {
public:
    explicit TypedColumns(const ExportRow& row) : row_(row) {
        if (!row.problem.empty()) throw ImportRefusal{row.problem};
        for (const auto& value : row.values) {
            if (value && (!is_utf8(*value) || value->find('\0') != std::string::npos)) {
                throw ImportRefusal{"malformed row: it is not UTF-8 text"};
            }
        }
    }

    std::string text(std::string_view name) const { return row_.get(name).value_or(""); }

    Uuid id(std::string_view name) const {
        const auto id = parse_uuid(text(name));
        if (!id) throw ImportRefusal{"malformed row: " + std::string(name) + " is no UUID"};
        return *id;
    }

    std::optional<Time> time(std::string_view name) const {
        const auto value = row_.get(name);
        if (!value || value->empty()) return std::nullopt;
        const auto time = parse_rfc3339(*value == "infinity" ? "9999-12-31T00:00:00Z" : *value);
        if (!time) throw ImportRefusal{"malformed row: " + std::string(name) + " is no point in time"};
        return time;
    }

    bool truth(std::string_view name) const {
        const std::string value = text(name);
        return value == "t" || value == "true" || value == "1";
    }

    std::string object(std::string_view name) const {
        const auto value = row_.get(name);
        if (!value || value->empty()) return "{}";
        const auto parsed = json::parse_value(*value);
        if (!parsed || !(parsed->is_object() || parsed->is_null())) {
            throw ImportRefusal{"malformed row: " + std::string(name) + " is no JSON object"};
        }
        if (value->size() > metadata_limit_bytes) throw ImportRefusal{std::string(name) + " is larger than 64 KiB"};
        return parsed->is_null() ? "{}" : boost::json::serialize(*parsed);
    }

private:
    const ExportRow& row_;
};

Error import_error(const ImportRefusal& refusal) {
    return Error{Code::invalid_argument, "import_refused", refusal.why};
}

std::string imported_email(const TypedColumns& columns) {
    const std::string given = columns.text("email");
    if (given.empty()) return {};
    const auto normal = normalized_email(given);
    if (!normal) throw ImportRefusal{"its e-mail address is none that we accept"};
    return *normal;
}

std::string imported_phone(const TypedColumns& columns) {
    std::string phone = columns.text("phone");
    if (phone.starts_with('+')) phone.erase(0, 1);
    const bool is_number = phone.size() <= phone_digits_max && std::ranges::all_of(phone, is_digit);
    if (!is_number || phone.starts_with('0') || phone.size() == 1) throw ImportRefusal{"its phone number is none"};
    return phone;
}

void take_password(ImportedUser& user, const TypedColumns& columns) {
    const std::string hash = columns.text("encrypted_password");
    if (hash.empty()) return;
    if (Passwords::is_usable(hash)) {
        user.password_hash = hash;
    } else {
        user.is_password_left_out = true;
        user.remarks.emplace_back(
            "taken over without its password: the hash has a form or a cost that we do not accept");
    }
}

bool is_provider(std::string_view name) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == ':' || c == '-';
    };
    return !name.empty() && name.size() <= provider_limit && name[0] >= 'a' && name[0] <= 'z' &&
           std::ranges::all_of(name, is_allowed);
}

ImportedUser read_user(const TypedColumns& columns, Time now) {
    if (columns.time("deleted_at")) throw ImportRefusal{"it was deleted"};
    ImportedUser user;
    user.id = UserId{columns.id("id")};
    user.email = imported_email(columns);
    user.phone = imported_phone(columns);
    take_password(user, columns);
    user.app_metadata = columns.object("raw_app_meta_data");
    user.user_metadata = columns.object("raw_user_meta_data");
    user.email_confirmed_at = columns.time("email_confirmed_at");
    // Exports of before there were phones.
    if (!user.email_confirmed_at && !user.email.empty() && user.phone.empty()) {
        user.email_confirmed_at = columns.time("confirmed_at");
    }
    user.phone_confirmed_at = columns.time("phone_confirmed_at");
    user.invited_at = columns.time("invited_at");
    user.last_sign_in_at = columns.time("last_sign_in_at");
    user.banned_until = columns.time("banned_until");
    user.created_at = columns.time("created_at").value_or(now);
    user.updated_at = columns.time("updated_at").value_or(user.created_at);
    user.is_anonymous = columns.truth("is_anonymous");
    return user;
}

ImportedIdentity read_identity(const TypedColumns& columns, Time now) {
    ImportedIdentity identity;
    identity.user_id = UserId{columns.id("user_id")};
    identity.provider = columns.text("provider");
    if (!is_provider(identity.provider)) throw ImportRefusal{"malformed row: provider is no name of one"};
    identity.provider_id = columns.text("provider_id");
    const std::string id = columns.text("id");
    // Until 2023 `id` was what is `provider_id` now.
    if (identity.provider_id.empty()) identity.provider_id = id;
    if (identity.provider_id.empty() || identity.provider_id.size() > provider_id_limit) {
        throw ImportRefusal{"malformed row: provider_id is missing or too long"};
    }
    const bool has_own_id = !columns.text("provider_id").empty();
    identity.id = (has_own_id ? parse_uuid(id) : std::nullopt).value_or(uuid_v7());
    identity.data = columns.object("identity_data");
    identity.last_sign_in_at = columns.time("last_sign_in_at");
    identity.created_at = columns.time("created_at").value_or(now);
    identity.updated_at = columns.time("updated_at").value_or(identity.created_at);
    return identity;
}

}  // namespace

Result<ImportedUser> imported_user(const ExportRow& row, Time now) {
    try {
        return read_user(TypedColumns(row), now);
    } catch (const ImportRefusal& refusal) {
        return import_error(refusal);
    }
}

Result<ImportedIdentity> imported_identity(const ExportRow& row, Time now) {
    try {
        return read_identity(TypedColumns(row), now);
    } catch (const ImportRefusal& refusal) {
        return import_error(refusal);
    }
}

}  // namespace tt::auth
