#pragma once

#include "platform/http/router.hpp"
#include "services/progress-service/src/api/bodies.hpp"
#include "services/progress-service/src/service.hpp"
#include "shared/types/principal.hpp"

/// The attempt endpoints without their addresses: /api/v1 takes ids from the path, /functions/v1 from the body.
namespace tt::progress::api {

Task<Result<http::Reply<AttemptView>>> start_attempt(ProgressService& service, http::Request& request, QuizId quiz);
Task<Result<http::Reply<AnswerSaved>>> save_answer(ProgressService& service, http::Request& request, AttemptId attempt,
                                                   int slot, AnswerBody body);
Task<Result<http::Reply<AttemptView>>> submit_attempt(ProgressService& service, http::Request& request,
                                                      AttemptId attempt);
Task<Result<http::Reply<CertificateCard>>> request_certificate(ProgressService& service, http::Request& request,
                                                               CourseId course);

/// Question HTML with addresses a browser can open.
AttemptView presented(ProgressService& service, AttemptView attempt);

}  // namespace tt::progress::api
