#pragma once

#include "services/progress-service/contract/progress_client.hpp"

/// Bodies that only travel between the two ends of the HTTP contract.
namespace tt::progress::internal {

struct CourseProgressCall {
    UserId user_id;
    std::vector<CourseId> course_ids;
};
BOOST_DESCRIBE_STRUCT(CourseProgressCall, (), (user_id, course_ids))

struct CourseProgressReply {
    std::vector<CourseProgress> items;
};
BOOST_DESCRIBE_STRUCT(CourseProgressReply, (), (items))

struct LessonStatesReply {
    std::vector<LessonState> items;
};
BOOST_DESCRIBE_STRUCT(LessonStatesReply, (), (items))

struct QuizRulesCall {
    UserId user_id;
    std::vector<QuizId> quiz_ids;
};
BOOST_DESCRIBE_STRUCT(QuizRulesCall, (), (user_id, quiz_ids))

struct QuizRulesReply {
    std::vector<QuizRules> items;
};
BOOST_DESCRIBE_STRUCT(QuizRulesReply, (), (items))

}  // namespace tt::progress::internal
