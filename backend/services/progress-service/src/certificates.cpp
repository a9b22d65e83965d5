#include "services/progress-service/src/certificates.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/progress-service/contract/progress_events.hpp"
#include "services/progress-service/src/domain/certificate_number.hpp"
#include "services/progress-service/src/views.hpp"

#include <cstring>
#include <fstream>
#include <iterator>

namespace tt::progress {
namespace {

constexpr std::string_view unnamed_learner = "Learner";  // an account that never told a name

CertificateCard to_card(const store::CertificateRow& row) {
    return {row.verification_code, row.certificate_no, row.course_id, row.course_title,
            row.recipient_name,    row.issued_at,      row.status};
}

std::string new_number(Time issued_at) {
    const std::string bytes = crypto::random_bytes(sizeof(std::int64_t));
    std::int64_t random = 0;
    std::memcpy(&random, bytes.data(), sizeof(random));
    return certificate_number(random, issued_at);
}

std::string new_code() {
    const std::string bytes = crypto::random_bytes(16);
    std::array<std::uint8_t, 16> random{};
    std::memcpy(random.data(), bytes.data(), random.size());
    return verification_code(random);
}

/// Hours to one decimal; nothing for a course that does not say how long it is.
std::optional<std::string> hours_of(int duration_seconds) {
    if (duration_seconds <= 0) return std::nullopt;
    return to_display(Exact(duration_seconds, 3600), 1);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("stored certificate cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Certificates::Certificates(db::Database database, Catalogue& catalogue, ProgressLog& progress,
                           storage::ObjectStore& objects, Runtime& runtime, const Clock& clock,
                           CertificateConfig config)
    : database_(std::move(database)),
      catalogue_(catalogue),
      progress_(progress),
      objects_(objects),
      runtime_(runtime),
      clock_(clock),
      config_(std::move(config)) {}

std::string Certificates::verify_url(const std::string& code) const {
    return config_.academy_url + "/verify/" + code;
}

CertificateFacts Certificates::facts_of(const store::CertificateRow& row) const {
    CertificateFacts facts{.recipient_name = row.recipient_name,
                           .course_title = row.course_title,
                           .issuer = row.issuer,
                           .certificate_no = row.certificate_no,
                           .verification_code = row.verification_code,
                           .verify_url = verify_url(row.verification_code),
                           .grade_percent = {},
                           .hours = {},
                           .issued_at = row.issued_at};
    if (row.grade_percent) facts.grade_percent = to_display(exact(*row.grade_percent), shown_percent_decimals);
    if (row.hours) facts.hours = to_display(exact(*row.hours), 1);
    return facts;
}

Task<std::string> Certificates::draw(store::CertificateRow row) {
    const CertificateFacts facts = facts_of(row);
    const auto work = [&facts] { return draw_certificate(facts); };
    co_return co_await runtime_.on_cpu(work);
}

Task<store::CertificateRow> Certificates::prepare(UserId user, CourseRulesPtr rules, store::CourseStanding standing) {
    const auto learner = co_await catalogue_.courses().learner(user);
    store::CertificateRow row;
    row.user_id = user;
    row.id = CertificateId::make();
    row.course_id = rules->id;
    row.course_version_id = standing.course_version_id;
    row.issued_at = clock_.now();
    row.certificate_no = new_number(row.issued_at);
    row.verification_code = new_code();
    row.recipient_name = unnamed_learner;
    if (learner && !learner->display_name.empty()) row.recipient_name = learner->display_name;
    row.course_title = rules->title;
    row.issuer = config_.issuer;
    row.grade_percent = standing.grade_percent;
    row.hours = hours_of(rules->duration_seconds);
    row.status = "issued";
    const std::string bytes = co_await draw(row);
    row.pdf_sha256 = {crypto::sha256(bytes)};
    co_await objects_.put_bytes(bytes, "application/pdf");
    co_return row;
}

Task<Result<IssuedCertificate>> Certificates::issue(UserId user, CourseId course) {
    const auto rules = co_await catalogue_.rules(course);
    if (!rules) co_return rules.error();
    for (int attempt = 1; attempt <= number_tries; ++attempt) {
        if (const auto existing = co_await store::live_certificate(database_, user, course)) {
            co_return IssuedCertificate{to_card(*existing), false};
        }
        auto standing = co_await store::course_standing(database_, user, course);
        const bool earned = standing && standing->completed_at && (*rules)->certificate_rule != CertificateRule::none;
        if (!earned) co_return Error{Code::conflict, "not_eligible", "The course is not completed yet."};
        // Drawn before the transaction: nothing is locked while the page is set, and the row is born with its hash.
        const auto row = co_await prepare(user, *rules, std::move(*standing));
        try {
            db::Tx tx = co_await database_.begin();
            const bool inserted = co_await store::insert_certificate(tx, row);
            if (!inserted) continue;  // a parallel issue won: read it
            CertificateIssued fact{
                user, row.id, course, row.course_title, row.certificate_no, row.verification_code, row.issued_at};
            co_await events::append(tx, std::move(fact));
            co_await tx.commit();
            log::info("certificate_issued", {{"course_id", to_string(course)}, {"user_id", to_string(user)}});
            co_return IssuedCertificate{to_card(row), true};
        } catch (const db::SqlError& error) {
            if (!error.is_unique_violation() && !error.is_retryable()) throw;
        }
    }
    throw Unavailable("no free certificate number was found");
}

Task<Result<IssuedCertificate>> Certificates::request(UserId user, CourseId course) {
    const auto enrollment = co_await catalogue_.courses().find_enrollment(user, course);
    if (!enrollment) co_return Error{Code::permission_denied, "not_enrolled", "Join the course first."};
    const auto rules = co_await catalogue_.rules(course);
    if (!rules) co_return rules.error();
    // The course may have lost the lesson that was missing: nothing was reported since, so look again.
    co_await progress_.refresh(user, *rules);
    co_return co_await issue(user, course);
}

Task<void> Certificates::issue_after_commit(UserId user, CourseId course) {
    try {
        co_await issue(user, course);
    } catch (const std::exception& error) {
        log::warn("certificate_not_issued_yet",
                  {{"course_id", to_string(course)}, {"user_id", to_string(user)}, {"error.message", error.what()}});
    }
}

Task<std::vector<CertificateCard>> Certificates::own(UserId user) {
    const auto rows = co_await store::own_certificates(database_, user);
    std::vector<CertificateCard> cards;
    for (const auto& row : rows) cards.push_back(to_card(row));
    co_return cards;
}

Task<Result<store::CertificateRow>> Certificates::find(std::string code) {
    const Error unknown{Code::not_found, "certificate_not_found", "No certificate has this code."};
    auto normal = normalise_verification_code(code);
    if (!normal) co_return unknown;
    auto row = co_await store::certificate_by_code(database_, std::move(*normal));
    if (!row) co_return unknown;
    co_return std::move(*row);
}

Task<Result<PublicCertificate>> Certificates::verify(std::string code) {
    const auto row = co_await find(std::move(code));
    if (!row) co_return row.error();
    if (row->status == "withdrawn") {
        const Time since = row->revoked_at.value_or(row->issued_at);
        co_return Error{Code::gone, "certificate_withdrawn",
                        "This certificate was issued and, with its holder's account, withdrawn on " +
                            to_rfc3339(since).substr(0, 10) + "."};
    }
    PublicCertificate shown{.certificate_no = row->certificate_no,
                            .verification_code = row->verification_code,
                            .recipient_name = row->recipient_name,
                            .course_title = row->course_title,
                            .grade_percent = {},
                            .hours = {},
                            .issued_at = row->issued_at,
                            .status = row->status,
                            .revoked_at = row->revoked_at,
                            .issuer = row->issuer,
                            .pdf_sha256 = crypto::hex_encode(row->pdf_sha256.bytes),
                            .pdf_url = "/api/v1/certificates/" + row->verification_code + "/pdf",
                            .verify_url = verify_url(row->verification_code)};
    if (row->grade_percent) shown.grade_percent = number(exact(*row->grade_percent), shown_percent_decimals);
    if (row->hours) shown.hours = number(exact(*row->hours), 1);
    co_return shown;
}

Task<Result<CertificatePdf>> Certificates::pdf(std::string code) {
    auto row = co_await find(std::move(code));
    if (!row) co_return row.error();
    if (row->status != "issued") co_return Error{Code::gone, "certificate_withdrawn"};
    CertificatePdf pdf{.file_name = row->certificate_no + ".pdf",
                       .bytes = {},
                       .sha256_hex = crypto::hex_encode(row->pdf_sha256.bytes)};
    const auto stored = co_await objects_.open(pdf.sha256_hex);
    if (stored) {
        const auto read = [&stored] { return read_file(stored->path); };
        pdf.bytes = co_await runtime_.on_cpu(read);
        co_return pdf;
    }
    pdf.bytes = co_await draw(*row);
    // Other fonts than on the day of issue give other bytes; such a file would not pass the check that it invites.
    if (crypto::sha256_hex(pdf.bytes) != pdf.sha256_hex) throw std::runtime_error("certificate file is lost");
    co_await objects_.put_bytes(pdf.bytes, "application/pdf");
    co_return pdf;
}

}  // namespace tt::progress
