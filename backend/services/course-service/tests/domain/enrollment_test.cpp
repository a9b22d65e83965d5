#include "services/course-service/src/domain/enrollment.hpp"

#include <gtest/gtest.h>

namespace tt::course {
namespace {

const Time now = *parse_rfc3339("2026-06-01T12:00:00Z");

CourseGate open_course() {
    CourseGate gate;
    gate.status = "published";
    gate.visibility = "public";
    gate.enrollment_mode = "open";
    return gate;
}

TEST(MayEnroll, AnOpenPublishedCourseLetsEverybodyIn) {
    EXPECT_TRUE(may_enroll(open_course(), now).has_value());
}

TEST(MayEnroll, AnUnlistedCourseIsOpenToWhoKnowsIt) {
    auto course = open_course();
    course.visibility = "unlisted";
    EXPECT_TRUE(may_enroll(course, now).has_value());
}

TEST(MayEnroll, WhatThePublicMustNotKnowOfIsNotFound) {
    for (const char* status : {"draft", "in_review", "archived"}) {
        auto course = open_course();
        course.status = status;
        EXPECT_EQ(may_enroll(course, now).error().reason, "course_not_found") << status;
    }
    auto course = open_course();
    course.visibility = "private";
    EXPECT_EQ(may_enroll(course, now).error().code, Code::not_found);
}

TEST(MayEnroll, ClosedAndInviteOnlyCoursesAreNotOpen) {
    for (const char* mode : {"closed", "invite"}) {
        auto course = open_course();
        course.enrollment_mode = mode;
        EXPECT_EQ(may_enroll(course, now).error().code, Code::conflict) << mode;
        EXPECT_EQ(may_enroll(course, now).error().reason, "course_not_open") << mode;
    }
}

TEST(MayEnroll, ThePeriodBeginsInclusiveAndEndsExclusive) {
    auto course = open_course();
    course.enroll_opens_at = now;
    EXPECT_TRUE(may_enroll(course, now).has_value());
    course.enroll_opens_at = now + std::chrono::microseconds(1);
    EXPECT_EQ(may_enroll(course, now).error().reason, "course_not_open");
    course.enroll_opens_at.reset();
    course.enroll_closes_at = now;
    EXPECT_EQ(may_enroll(course, now).error().reason, "course_not_open");
    course.enroll_closes_at = now + std::chrono::microseconds(1);
    EXPECT_TRUE(may_enroll(course, now).has_value());
}

TEST(MayEnroll, APaidCourseNeedsPayment) {
    auto course = open_course();
    course.enrollment_mode = "paid";
    EXPECT_EQ(may_enroll(course, now).error().code, Code::payment_required);
    EXPECT_EQ(may_enroll(course, now).error().reason, "payment_required");
}

TEST(MayEnroll, APaidCourseOutsideItsPeriodIsNotForSale) {
    auto course = open_course();
    course.enrollment_mode = "paid";
    course.enroll_closes_at = now;
    EXPECT_EQ(may_enroll(course, now).error().reason, "course_not_open");
}

TEST(GivesAccess, OnlyWhileActiveAndNotExpired) {
    Enrollment enrollment;
    enrollment.status = "active";
    EXPECT_TRUE(gives_access(enrollment, now));
    enrollment.expires_at = now;
    EXPECT_FALSE(gives_access(enrollment, now));
    enrollment.expires_at = now + std::chrono::seconds(1);
    EXPECT_TRUE(gives_access(enrollment, now));
    for (const char* status : {"pending_payment", "expired", "refunded", "revoked", "withdrawn"}) {
        enrollment.status = status;
        EXPECT_FALSE(gives_access(enrollment, now)) << status;
    }
}

TEST(AccessEnds, AfterTheDaysTheCourseGives) {
    auto course = open_course();
    EXPECT_EQ(access_ends(course, now), std::nullopt);
    course.access_days = 30;
    EXPECT_EQ(access_ends(course, now), *parse_rfc3339("2026-07-01T12:00:00Z"));
}

}  // namespace
}  // namespace tt::course
