#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/storage/object_store.hpp"
#include "services/progress-service/src/catalogue.hpp"
#include "services/progress-service/src/certificate_page.hpp"
#include "services/progress-service/src/progress_log.hpp"
#include "services/progress-service/src/store/certificate_store.hpp"

/// Certificates: issued once per learner and course, frozen, verifiable by anyone who has the code.
namespace tt::progress {

struct CertificateCard {
    std::string verification_code;
    std::string certificate_no;
    CourseId course_id;
    std::string course_title;
    std::string recipient_name;
    Time issued_at{};
    std::string status;
};
BOOST_DESCRIBE_STRUCT(CertificateCard, (),
                      (verification_code, certificate_no, course_id, course_title, recipient_name, issued_at, status))

/// Every fact the paper prints, and whether it still holds. No account data.
struct PublicCertificate {
    std::string certificate_no;
    std::string verification_code;
    std::string recipient_name;
    std::string course_title;
    std::optional<json::Raw> grade_percent;
    std::optional<json::Raw> hours;
    Time issued_at{};
    std::string status;  // issued | revoked | expired | withdrawn
    std::optional<Time> revoked_at;
    std::string issuer;
    std::string pdf_sha256;  // hexadecimal
    std::string pdf_url;
    std::string verify_url;
};
BOOST_DESCRIBE_STRUCT(PublicCertificate, (),
                      (certificate_no, verification_code, recipient_name, course_title, grade_percent, hours, issued_at,
                       status, revoked_at, issuer, pdf_sha256, pdf_url, verify_url))

struct IssuedCertificate {
    CertificateCard certificate;
    bool created = false;
};

struct CertificatePdf {
    std::string file_name;
    std::string bytes;
    std::string sha256_hex;
};

struct CertificateConfig {
    std::string academy_url;  // printed in the QR code: {academy_url}/verify/{code}
    std::string issuer = "TrendTactics Academy";
};

class Certificates {
public:
    /// `objects` keeps the files; drawn again from the frozen facts where it has lost one.
    Certificates(db::Database database, Catalogue& catalogue, ProgressLog& progress, storage::ObjectStore& objects,
                 Runtime& runtime, const Clock& clock, CertificateConfig config);

    /// Issues if the course is complete by its rule. Errors: not_enrolled (403), not_eligible (409).
    Task<Result<IssuedCertificate>> request(UserId user, CourseId course);

    /// After a completion: the same without asking whether it is one. Safe to run any number of times.
    Task<Result<IssuedCertificate>> issue(UserId user, CourseId course);

    Task<std::vector<CertificateCard>> own(UserId user);
    /// Errors: certificate_not_found (404), certificate_withdrawn (410, with the day) after its holder's account ended.
    Task<Result<PublicCertificate>> verify(std::string code);
    /// Errors: certificate_not_found (404), certificate_withdrawn (410) when it does not hold any more.
    Task<Result<CertificatePdf>> pdf(std::string code);

    /// The learner or course whose completion this process failed to turn into a certificate is logged; the job
    /// of the outbox transaction tries again.
    Task<void> issue_after_commit(UserId user, CourseId course);

    static constexpr int number_tries = 5;  // 60 random bits: a second collision in a row does not happen

private:
    Task<store::CertificateRow> prepare(UserId user, CourseRulesPtr rules, store::CourseStanding standing);
    Task<std::string> draw(store::CertificateRow row);
    Task<Result<store::CertificateRow>> find(std::string code);
    CertificateFacts facts_of(const store::CertificateRow& row) const;
    std::string verify_url(const std::string& code) const;

    db::Database database_;
    Catalogue& catalogue_;
    ProgressLog& progress_;
    storage::ObjectStore& objects_;
    Runtime& runtime_;
    const Clock& clock_;
    CertificateConfig config_;
};

}  // namespace tt::progress
