#include "platform/crypto/argon2_form.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/form_fields.hpp"
#include "platform/crypto/hash.hpp"

#include <argon2.h>
#include <new>

namespace platform::crypto {
namespace {

constexpr std::uint32_t memory_limit_kib = 128 * 1024;
constexpr std::uint32_t passes_limit = 32;
constexpr std::uint32_t lanes_limit = 16;
/// Time grows with the product; this is 14 times our own cost, about 0.4 s.
constexpr std::uint64_t work_limit = 540'000;
constexpr std::size_t part_limit_bytes = 128;

std::optional<int> type_of(std::string_view name) {
    if (name == "argon2id") return Argon2_id;
    if (name == "argon2i") return Argon2_i;
    if (name == "argon2d") return Argon2_d;
    return std::nullopt;
}

std::optional<std::string> decode_unpadded(std::string_view text) {
    std::string padded(text);
    while (padded.size() % 4 != 0) padded += '=';
    return base64_decode(padded);
}

bool is_affordable(const Argon2Form& form) {
    const bool in_range = form.memory_kib >= 8 * form.lanes && form.memory_kib <= memory_limit_kib &&
                          form.passes >= 1 && form.passes <= passes_limit && form.lanes >= 1 &&
                          form.lanes <= lanes_limit;
    return in_range && std::uint64_t{form.memory_kib} * form.passes <= work_limit;
}

}  // namespace

std::optional<Argon2Form> parse_argon2_form(std::string_view phc) {
    const auto parts = form_parts(phc);
    if (parts.size() != 5 || parts[1] != "v=19") return std::nullopt;
    const auto type = type_of(parts[0]);
    const auto cost = form_fields(parts[2]);
    if (!type || cost.size() != 3) return std::nullopt;
    const auto memory = form_number(cost, "m");
    const auto passes = form_number(cost, "t");
    const auto lanes = form_number(cost, "p");
    const auto salt = decode_unpadded(parts[3]);
    const auto hash = decode_unpadded(parts[4]);
    if (!memory || !passes || !lanes || !salt || !hash) return std::nullopt;
    const bool has_sizes = salt->size() >= ARGON2_MIN_SALT_LENGTH && salt->size() <= part_limit_bytes &&
                           hash->size() >= 16 && hash->size() <= part_limit_bytes;
    Argon2Form form{*type, *memory, *passes, *lanes, *salt, *hash};
    return has_sizes && is_affordable(form) ? std::optional(std::move(form)) : std::nullopt;
}

bool matches(const std::string& password, const Argon2Form& form) {
    std::string made(form.hash.size(), '\0');
    // The library takes writable pointers; it only writes to `out`, the flags say that the rest stays.
    std::string secret = password;
    std::string salt = form.salt;
    argon2_context context{};
    context.out = reinterpret_cast<std::uint8_t*>(made.data());
    context.outlen = static_cast<std::uint32_t>(made.size());
    context.pwd = reinterpret_cast<std::uint8_t*>(secret.data());
    context.pwdlen = static_cast<std::uint32_t>(secret.size());
    context.salt = reinterpret_cast<std::uint8_t*>(salt.data());
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = form.passes;
    context.m_cost = form.memory_kib;
    context.lanes = form.lanes;
    context.threads = 1;
    context.version = ARGON2_VERSION_13;
    const int result = argon2_ctx(&context, static_cast<argon2_type>(form.type));
    if (result == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    return result == ARGON2_OK && constant_time_equal(made, form.hash);
}

}  // namespace platform::crypto
