#pragma once

#include "shared/types/prelude.hpp"

namespace tt {

using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;

using CourseId = Id<struct CourseTag>;
using ModuleId = Id<struct ModuleTag>;
using LessonId = Id<struct LessonTag>;
using BlockId = Id<struct BlockTag>;
using QuizId = Id<struct QuizTag>;
using QuestionId = Id<struct QuestionTag>;
using EnrollmentId = Id<struct EnrollmentTag>;
using AttemptId = Id<struct AttemptTag>;
using CertificateId = Id<struct CertificateTag>;

}  // namespace tt
