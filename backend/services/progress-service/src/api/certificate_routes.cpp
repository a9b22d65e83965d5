#include "platform/http/endpoint.hpp"
#include "services/progress-service/src/api/attempt_api.hpp"
#include "services/progress-service/src/api/routes.hpp"

namespace tt::progress::api {

struct CertificateList {
    std::vector<CertificateCard> items;
};
BOOST_DESCRIBE_STRUCT(CertificateList, (), (items))

namespace {

using http::Reply;
using http::Request;
using http::Response;

constexpr std::string_view verify_cache = "public, max-age=60";  // a revocation shows within a minute

Task<Result<Reply<CertificateList>>> get_own(ProgressService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    CertificateList list;
    list.items = co_await service.certificates().own(*user);
    co_return Reply<CertificateList>{200, std::move(list), {}};
}

Task<Result<Reply<CertificateCard>>> post_certificate(ProgressService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    const auto course = co_await service.catalogue().courses().course_by_slug(std::string(request.param("slug")));
    if (!course) co_return course.error();
    co_return co_await request_certificate(service, request, *course);
}

Task<Result<Reply<PublicCertificate>>> get_certificate(ProgressService& service, Request& request) {
    auto certificate = co_await service.certificates().verify(std::string(request.param("code")));
    if (!certificate) co_return certificate.error();
    Reply<PublicCertificate> reply{200, std::move(*certificate), {}};
    reply.headers.set("Cache-Control", verify_cache);
    reply.headers.set("X-Robots-Tag", "noindex");
    co_return reply;
}

Task<Response> get_pdf(ProgressService& service, Request& request) {
    auto pdf = co_await service.certificates().pdf(std::string(request.param("code")));
    if (!pdf) co_return http::render_error(pdf.error(), request);
    const std::string etag = '"' + pdf->sha256_hex + '"';
    Response response = http::empty(304);
    if (!http::etag_matches(request, etag)) {
        response.status = 200;
        response.body = std::move(pdf->bytes);
        response.headers.set("Content-Type", "application/pdf");
        response.headers.set("Content-Disposition", "inline; filename=\"" + pdf->file_name + '"');
    }
    response.headers.set("ETag", etag);
    response.headers.set("Cache-Control", verify_cache);
    response.headers.set("X-Robots-Tag", "noindex");
    co_return response;
}

}  // namespace

Task<Result<Reply<CertificateCard>>> request_certificate(ProgressService& service, Request& request, CourseId course) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    auto issued = co_await service.certificates().request(*user, course);
    if (!issued) co_return issued.error();
    co_return Reply<CertificateCard>{issued->created ? 201U : 200U, std::move(issued->certificate), {}};
}

void mount_certificates(http::Router& router, ProgressService& service) {
    using http::Method;
    using http::NoBody;
    const auto own = [&service](Request& request, NoBody) { return get_own(service, request); };
    const auto issue = [&service](Request& request, NoBody) { return post_certificate(service, request); };
    const auto verify = [&service](Request& request, NoBody) { return get_certificate(service, request); };
    const auto pdf = [&service](Request& request) { return get_pdf(service, request); };
    router.typed<NoBody, CertificateList>(
        Method::get, "/api/v1/me/certificates", own,
        {.operation_id = "list_own_certificates", .summary = "Own certificates, newest first", .tag = "certificates"});
    router.typed<NoBody, CertificateCard>(
        Method::post, "/api/v1/courses/{slug}/certificate", issue,
        {.operation_id = "request_certificate",
         .summary = "Issues the certificate of a completed course (201), or returns it (200)",
         .tag = "certificates",
         .error_reasons = {"404 course_not_found", "403 not_enrolled", "409 not_eligible"}});
    router.typed<NoBody, PublicCertificate>(Method::get, "/api/v1/certificates/{code}", verify,
                                            {.operation_id = "verify_certificate",
                                             .summary = "Every printed fact of a certificate, and whether it holds",
                                             .tag = "certificates",
                                             .error_reasons = {"404 certificate_not_found"},
                                             .is_public = true});
    router.route(Method::get, "/api/v1/certificates/{code}/pdf", pdf,
                 {.operation_id = "get_certificate_pdf",
                  .summary = "The certificate as it was issued",
                  .tag = "certificates",
                  .error_reasons = {"404 certificate_not_found", "410 certificate_withdrawn"},
                  .is_public = true});
}

}  // namespace tt::progress::api
