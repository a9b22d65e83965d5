#include "shared/middleware/revocation_set.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tt {
namespace {

constexpr std::int64_t test_token_life_s = 960;
const Time noon{std::chrono::seconds(1'800'000'000)};

Time noon_plus(std::int64_t seconds) {
    return noon + std::chrono::seconds(seconds);
}

TEST(RevocationSet, VouchesOnlyAfterItHasHeardAndForOneTokenLife) {
    RevocationSet set;
    EXPECT_FALSE(set.vouches_at(noon));
    set.adopt({"1", test_token_life_s, {}}, noon);
    EXPECT_TRUE(set.vouches_at(noon));
    EXPECT_TRUE(set.vouches_at(noon_plus(test_token_life_s - 1)));
    // Every token that verifies now was issued after the last word: nothing is known about any of them.
    EXPECT_FALSE(set.vouches_at(noon_plus(test_token_life_s)));
}

TEST(RevocationSet, RefusesWhatWasIssuedBefore) {
    RevocationSet set;
    const Uuid person = uuid_v4();
    set.adopt({"1", test_token_life_s, {{person, noon_plus(5), noon_plus(900)}}}, noon);
    EXPECT_TRUE(set.is_revoked(person, noon_plus(4)));
    EXPECT_FALSE(set.is_revoked(person, noon_plus(5)));  // signed in anew
    EXPECT_FALSE(set.is_revoked(uuid_v4(), noon_plus(4)));
}

TEST(RevocationSet, ALaterRevocationCountsInWhateverOrderItIsHeard) {
    RevocationSet set;
    const Uuid person = uuid_v4();
    set.add({{person, noon_plus(9), noon_plus(900)}});
    set.add({{person, noon_plus(5), noon_plus(800)}});
    EXPECT_TRUE(set.is_revoked(person, noon_plus(8)));
    set.sweep(noon_plus(850));
    EXPECT_TRUE(set.is_revoked(person, noon_plus(8)));
    EXPECT_EQ(set.size(), 1U);
    set.sweep(noon_plus(900));
    EXPECT_FALSE(set.is_revoked(person, noon_plus(8)));
    EXPECT_EQ(set.size(), 0U);
}

TEST(RevocationSet, AHintIsNoProofOfBeingComplete) {
    RevocationSet set;
    set.add({{uuid_v4(), noon_plus(1), noon_plus(900)}});
    EXPECT_EQ(set.size(), 1U);
    EXPECT_FALSE(set.vouches_at(noon));
}

TEST(RevocationSet, TellsWhatWasNewInAPage) {
    RevocationSet set;
    const Revocation first{uuid_v4(), noon_plus(1), noon_plus(900)};
    const Revocation second{uuid_v4(), noon_plus(1), noon_plus(900)};
    const auto subjects = [](const std::vector<Revocation>& news) {
        std::vector<Uuid> found;
        for (const auto& one : news) found.push_back(one.subject);
        return found;
    };
    EXPECT_EQ(subjects(set.adopt({"1", test_token_life_s, {first}}, noon)), std::vector{first.subject});
    EXPECT_EQ(subjects(set.adopt({"2", test_token_life_s, {first, second}}, noon)), std::vector{second.subject});
    Revocation again = first;
    again.not_before = noon_plus(2);
    EXPECT_EQ(set.add(std::vector{again}).size(), 1U) << "the same person, later";
    EXPECT_EQ(set.add({first, again, second}).size(), 0U);
}

TEST(RevocationSet, WhatASweepLeavesIsStillFound) {
    RevocationSet set;
    std::vector<Revocation> added;
    for (int i = 0; i < 2000; ++i) added.push_back({uuid_v4(), noon_plus(1), noon_plus(i % 2 == 0 ? 100 : 900)});
    set.add(added);
    set.sweep(noon_plus(100));
    EXPECT_EQ(set.size(), 1000U);
    for (std::size_t i = 0; i < added.size(); ++i) EXPECT_EQ(set.is_revoked(added[i].subject, noon), i % 2 == 1);
}

TEST(RevocationSet, TellsAllItKnows) {
    RevocationSet set;
    for (int i = 0; i < 500; ++i) set.add({{uuid_v4(), noon_plus(1), noon_plus(900)}});
    EXPECT_EQ(set.all().size(), 500U);
}

TEST(RevocationSet, IsAskedAndFilledAtOnce) {
    RevocationSet set;
    std::vector<Uuid> ids;
    for (int i = 0; i < 2000; ++i) ids.push_back(uuid_v4());
    std::jthread writer([&] {
        for (const Uuid& id : ids) set.add({{id, noon_plus(1), noon_plus(900)}});
    });
    std::jthread reader([&] {
        for (int round = 0; round < 20; ++round) {
            for (const Uuid& id : ids) static_cast<void>(set.is_revoked(id, noon));
        }
    });
    writer.join();
    reader.join();
    for (const Uuid& id : ids) EXPECT_TRUE(set.is_revoked(id, noon));
}

}  // namespace
}  // namespace tt
