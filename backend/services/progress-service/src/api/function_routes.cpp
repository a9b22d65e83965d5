#include "platform/http/endpoint.hpp"
#include "services/progress-service/src/api/attempt_api.hpp"
#include "services/progress-service/src/api/routes.hpp"

namespace tt::progress::api {

// Members as supabase-js clients spell them.
struct QuizStartBody {
    QuizId quizId;
};
BOOST_DESCRIBE_STRUCT(QuizStartBody, (), (quizId))

struct QuizAnswerBody {
    AttemptId attemptId;
    int slot = 0;
    json::Raw response;
    std::int64_t clientSeq = 0;
};
BOOST_DESCRIBE_STRUCT(QuizAnswerBody, (), (attemptId, slot, response, clientSeq))

struct QuizSubmitBody {
    AttemptId attemptId;
};
BOOST_DESCRIBE_STRUCT(QuizSubmitBody, (), (attemptId))

struct CertificateBody {
    CourseId courseId;
};
BOOST_DESCRIBE_STRUCT(CertificateBody, (), (courseId))

}  // namespace tt::progress::api

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::progress::api::QuizAnswerBody::clientSeq>{
    .minimum = 1, .maximum = tt::progress::api::max_client_seq};

namespace tt::progress::api {

void mount_functions(http::Router& router, ProgressService& service) {
    using http::Method;
    using http::Request;
    const auto start = [&service](Request& request, QuizStartBody body) {
        return start_attempt(service, request, body.quizId);
    };
    const auto answer = [&service](Request& request, QuizAnswerBody body) {
        return save_answer(service, request, body.attemptId, body.slot,
                           AnswerBody{std::move(body.response), body.clientSeq});
    };
    const auto submit = [&service](Request& request, QuizSubmitBody body) {
        return submit_attempt(service, request, body.attemptId);
    };
    const auto certificate = [&service](Request& request, CertificateBody body) {
        return request_certificate(service, request, body.courseId);
    };
    router.typed<QuizStartBody, AttemptView>(Method::post, "/functions/v1/quiz-start", start,
                                             {.operation_id = "function_quiz_start", .tag = "functions"});
    router.typed<QuizAnswerBody, AnswerSaved>(
        Method::post, "/functions/v1/quiz-answer", answer,
        {.operation_id = "function_quiz_answer", .tag = "functions", .rate_bucket = "quiz-answer"});
    router.typed<QuizSubmitBody, AttemptView>(
        Method::post, "/functions/v1/quiz-submit", submit,
        {.operation_id = "function_quiz_submit", .tag = "functions", .rate_bucket = "quiz-answer"});
    router.typed<CertificateBody, CertificateCard>(Method::post, "/functions/v1/certificate", certificate,
                                                   {.operation_id = "function_certificate", .tag = "functions"});
}

}  // namespace tt::progress::api
