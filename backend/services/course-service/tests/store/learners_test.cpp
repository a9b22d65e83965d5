#include "services/course-service/src/store/learners.hpp"

#include "services/course-service/tests/support/course_kit.hpp"

namespace tt::course::testing {
namespace {

class Learners : public CourseTest {
protected:
    static std::size_t upsert(LearnerProfile profile) {
        return kit().run(kit().catalogue.upsert_learners({std::move(profile)}));
    }
    static std::string name_of(UserId user) { return kit().run(kit().catalogue.learner(user)).value().display_name; }
};

LearnerProfile profile(UserId user, std::string name, std::int64_t version) {
    return {user, std::move(name), "en", "UTC", version};
}

TEST_F(Learners, AnOlderProfileNeverOverwritesANewerOne) {
    const auto user = UserId::make();
    EXPECT_EQ(upsert(profile(user, "Ada", 2)), 1u);
    EXPECT_EQ(upsert(profile(user, "Old Ada", 1)), 0u);
    EXPECT_EQ(name_of(user), "Ada");
    EXPECT_EQ(upsert(profile(user, "Ada", 2)), 0u) << "the same message again";
    EXPECT_EQ(upsert(profile(user, "Countess Ada", 3)), 1u);
    EXPECT_EQ(name_of(user), "Countess Ada");
}

TEST_F(Learners, AnUnknownLearnerIsSaidToBe) {
    EXPECT_EQ(kit().run(kit().catalogue.learner(UserId::make())).error().reason, "learner_not_found");
}

TEST_F(Learners, ABucketChangesWithEveryVersionInIt) {
    auto user = UserId::make();
    user.value.bytes[15] = 77;
    const auto find = [&] {
        for (const auto& bucket : kit().run(kit().catalogue.learner_buckets())) {
            if (bucket.bucket == 77) return bucket;
        }
        return SyncBucket();
    };
    upsert(profile(user, "Ada", 0));
    EXPECT_EQ(find().count, 0) << "an account without a profile is no part of the comparison";
    upsert(profile(user, "Ada", 1));
    const auto first = find();
    EXPECT_EQ(first.count, 1);
    upsert(profile(user, "Ada", 2));
    EXPECT_NE(find().hash, first.hash);
}

}  // namespace
}  // namespace tt::course::testing
