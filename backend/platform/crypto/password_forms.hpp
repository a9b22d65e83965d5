#pragma once

#include <string>
#include <string_view>

/// The forms in which other systems keep passwords, so that people who come from there keep theirs:
/// - `$2a$`, `$2b$`, `$2y$` bcrypt, cost at most 13;
/// - `$argon2i$`, `$argon2d$`, `$argon2id$` (PHC string, version 19) of any cost up to a sign-in's;
/// - `$fbscrypt$v=1,n=14,r=8,p=1,ss=…,sk=…$salt$hash` Firebase's scrypt, as GoTrue writes it.
namespace platform::crypto {

/// Whether `stored` has one of these forms at a cost that one sign-in may have: about half a second, 128 MiB. What is
/// not usable never matches, so nobody can make the server run a hash that somebody chose to be huge.
bool is_usable_password_form(std::string_view stored);

/// Runs the whole hash on the calling thread. False for what is not usable.
/// Throws std::bad_alloc.
bool matches_password_form(const std::string& password, std::string_view stored);

}  // namespace platform::crypto
