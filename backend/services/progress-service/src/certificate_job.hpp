#pragma once

#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>

#include <string>
#include <string_view>

namespace tt::progress {

inline constexpr std::string_view certificate_queue = "certificate.issue";

/// Payload of the job that issues a certificate which the completing request did not get to issue.
struct CertificateDue {
    UserId user_id;
    CourseId course_id;
};
BOOST_DESCRIBE_STRUCT(CertificateDue, (), (user_id, course_id))

inline jobs::NewJob certificate_job(UserId user, CourseId course) {
    return {.queue = std::string(certificate_queue),
            .payload = json::write(CertificateDue{user, course}),
            .dedupe_key = to_string(user) + ':' + to_string(course)};
}

}  // namespace tt::progress
