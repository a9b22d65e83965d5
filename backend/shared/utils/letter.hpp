#pragma once

#include "platform/mail/message.hpp"

#include <string>

namespace tt {

/// A mail of ours: a heading, a sentence or two, a button or a code. Texts may hold what people typed: they are
/// escaped.
struct Letter {
    std::string subject;
    std::string heading;
    std::string lead;
    std::string button{};  ///< "" for none
    std::string link{};
    std::string code{};  ///< shown large, for typing; "" for none
    std::string footer{};
};

/// With a plain text that says the same.
platform::mail::Message letter_to(std::string email, const Letter& letter);

}  // namespace tt
