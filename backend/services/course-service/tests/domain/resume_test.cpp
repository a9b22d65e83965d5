#include "services/course-service/src/domain/resume.hpp"

#include <gtest/gtest.h>

namespace tt::course {
namespace {

class Resume : public ::testing::Test {
protected:
    Resume() {
        for (int i = 0; i < 4; ++i) {
            StructureLesson lesson;
            lesson.id = LessonId::make();
            lessons_.push_back(lesson);
        }
    }
    LessonId id(std::size_t index) const { return lessons_[index].id; }

    std::vector<StructureLesson> lessons_;
};

TEST_F(Resume, ANewLearnerBeginsAtTheFirstLesson) {
    EXPECT_EQ(resume_lesson(lessons_, {}, std::nullopt), id(0));
}

TEST_F(Resume, AnUnfinishedLastLessonGoesOn) {
    EXPECT_EQ(resume_lesson(lessons_, {id(0)}, id(2)), id(2));
}

TEST_F(Resume, AFinishedLastLessonLeadsToTheNextUnfinished) {
    EXPECT_EQ(resume_lesson(lessons_, {id(0), id(1), id(2)}, id(1)), id(3));
}

TEST_F(Resume, AtTheEndASkippedLessonIsNext) {
    EXPECT_EQ(resume_lesson(lessons_, {id(0), id(2), id(3)}, id(3)), id(1));
}

TEST_F(Resume, AFinishedCourseStartsOver) {
    EXPECT_EQ(resume_lesson(lessons_, {id(0), id(1), id(2), id(3)}, id(3)), id(0));
}

TEST_F(Resume, ALastLessonThatLeftTheCourseIsForgotten) {
    EXPECT_EQ(resume_lesson(lessons_, {id(0)}, LessonId::make()), id(1));
}

TEST_F(Resume, ACourseWithoutLessonsHasNowhereToGo) {
    EXPECT_EQ(resume_lesson({}, {}, std::nullopt), std::nullopt);
}

TEST_F(Resume, NeighboursEndAtTheEdges) {
    EXPECT_EQ(neighbours(lessons_, id(0)).previous, std::nullopt);
    EXPECT_EQ(neighbours(lessons_, id(0)).next, id(1));
    EXPECT_EQ(neighbours(lessons_, id(3)).previous, id(2));
    EXPECT_EQ(neighbours(lessons_, id(3)).next, std::nullopt);
    EXPECT_EQ(neighbours(lessons_, LessonId::make()).next, std::nullopt);
}

}  // namespace
}  // namespace tt::course
