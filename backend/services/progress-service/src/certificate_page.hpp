#pragma once

#include "shared/types/prelude.hpp"

#include <optional>
#include <string>

namespace tt::progress {

/// Everything that is printed, frozen when the certificate is issued.
struct CertificateFacts {
    std::string recipient_name;
    std::string course_title;
    std::string issuer;
    std::string certificate_no;
    std::string verification_code;
    std::string verify_url;
    std::optional<std::string> grade_percent;  // display text without the sign
    std::optional<std::string> hours;
    Time issued_at{};
};

/// The certificate as a PDF: A4 landscape. The same facts and fonts give the same bytes. Takes some tens of
/// milliseconds of CPU: call it on the CPU pool.
std::string draw_certificate(const CertificateFacts& facts);

}  // namespace tt::progress
