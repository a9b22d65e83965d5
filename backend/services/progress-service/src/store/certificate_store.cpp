#include "services/progress-service/src/store/certificate_store.hpp"

#include "services/progress-service/src/store/certificates_sql.hpp"

namespace tt::progress::store {
namespace {

struct Lookup {
    UserId user_id;
    CertificateId certificate_id;
};
BOOST_DESCRIBE_STRUCT(Lookup, (), (user_id, certificate_id))

}  // namespace

Task<bool> insert_certificate(db::Tx& tx, CertificateRow row) {
    const auto inserted =
        co_await tx.execute(sql::insert_certificate, row.user_id, row.id, row.course_id, row.course_version_id,
                            row.certificate_no, row.verification_code, row.recipient_name, row.course_title, row.issuer,
                            row.grade_percent, row.hours, row.issued_at, row.pdf_sha256);
    if (inserted == 0) co_return false;
    std::vector<db::Statement> lookups{
        {sql::insert_lookup, db::make_params(row.verification_code, row.certificate_no, row.user_id, row.id)},
        {sql::insert_no_lookup, db::make_params(row.certificate_no, row.verification_code)}};
    co_await tx.batch(std::move(lookups));
    co_return true;
}

Task<std::optional<CertificateRow>> live_certificate(const db::Database& database, UserId user, CourseId course) {
    return database.maybe_one<CertificateRow>(sql::live_certificate, user, course);
}

Task<std::vector<CertificateRow>> own_certificates(const db::Database& database, UserId user) {
    return database.many<CertificateRow>(sql::own_certificates, user);
}

Task<std::optional<CertificateRow>> certificate_by_code(const db::Database& database, std::string code) {
    const auto lookup = co_await database.maybe_one<Lookup>(sql::find_lookup, std::move(code));
    if (!lookup) co_return std::nullopt;
    co_return co_await database.maybe_one<CertificateRow>(sql::find_certificate, lookup->user_id,
                                                          lookup->certificate_id);
}

Task<std::optional<CourseStanding>> course_standing(const db::Database& database, UserId user, CourseId course) {
    return database.maybe_one<CourseStanding>(sql::course_standing, user, course);
}

}  // namespace tt::progress::store
