#pragma once

#include "services/course-service/contract/course_client.hpp"

/// Bodies that only travel between the two ends of the HTTP contract.
namespace tt::course::internal {

struct EnrollCall {
    UserId user_id;
    CourseId course_id;
};
BOOST_DESCRIBE_STRUCT(EnrollCall, (), (user_id, course_id))

struct CourseIdReply {
    CourseId course_id;
};
BOOST_DESCRIBE_STRUCT(CourseIdReply, (), (course_id))

struct QuestionsCall {
    std::vector<QuestionRef> questions;
};
BOOST_DESCRIBE_STRUCT(QuestionsCall, (), (questions))

struct RevisionsReply {
    std::vector<QuestionRevision> items;
};
BOOST_DESCRIBE_STRUCT(RevisionsReply, (), (items))

struct KeysReply {
    std::vector<AnswerKey> items;
};
BOOST_DESCRIBE_STRUCT(KeysReply, (), (items))

}  // namespace tt::course::internal
