#pragma once

#include "platform/db/database.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

/// SQL of certificates.
namespace tt::progress::store {

struct CertificateRow {
    UserId user_id;
    CertificateId id;
    CourseId course_id;
    std::optional<Uuid> course_version_id;
    std::string certificate_no;
    std::string verification_code;
    std::string recipient_name;
    std::string course_title;
    std::string issuer;
    std::optional<std::string> grade_percent;
    std::optional<std::string> hours;
    Time issued_at{};
    std::optional<Time> expires_at;
    std::string status;
    std::optional<Time> revoked_at;
    std::optional<std::string> revoke_reason;
    db::Bytea pdf_sha256;
};
BOOST_DESCRIBE_STRUCT(CertificateRow, (),
                      (user_id, id, course_id, course_version_id, certificate_no, verification_code, recipient_name,
                       course_title, issuer, grade_percent, hours, issued_at, expires_at, status, revoked_at,
                       revoke_reason, pdf_sha256))

struct CourseStanding {
    std::optional<Uuid> course_version_id;
    std::optional<std::string> grade_percent;
    std::optional<Time> completed_at;
};
BOOST_DESCRIBE_STRUCT(CourseStanding, (), (course_version_id, grade_percent, completed_at))

/// False when the learner has one for this course already. Throws db::SqlError (unique violation) when the number or
/// the code is taken: try again with others.
Task<bool> insert_certificate(db::Tx& tx, CertificateRow row);

Task<std::optional<CertificateRow>> live_certificate(const db::Database& database, UserId user, CourseId course);
Task<std::vector<CertificateRow>> own_certificates(const db::Database& database, UserId user);
Task<std::optional<CertificateRow>> certificate_by_code(const db::Database& database, std::string code);
Task<std::optional<CourseStanding>> course_standing(const db::Database& database, UserId user, CourseId course);

}  // namespace tt::progress::store
