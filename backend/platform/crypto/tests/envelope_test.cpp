#include "platform/crypto/envelope.hpp"

#include <gtest/gtest.h>
#include <set>

namespace platform::crypto {
namespace {

const std::string old_key(32, 'a');
const std::string new_key(32, 'b');

TEST(Envelope, OpensWhatItSealed) {
    const Envelope envelope({old_key});
    for (const std::string& text : {std::string(), std::string("secret"), std::string(100000, 'x')}) {
        EXPECT_EQ(envelope.open(envelope.seal(text, "row/1"), "row/1"), text);
    }
}

TEST(Envelope, ValueMovedToAnotherRowDoesNotOpen) {
    const Envelope envelope({old_key});
    EXPECT_FALSE(envelope.open(envelope.seal("secret", "row/1"), "row/2"));
}

TEST(Envelope, EveryChangedByteIsNoticed) {
    const Envelope envelope({old_key});
    const std::string sealed = envelope.seal("secret", "row/1");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(envelope.open(changed, "row/1")) << "byte " << i;
        EXPECT_FALSE(envelope.open(sealed.substr(0, i), "row/1")) << "cut at " << i;
    }
}

TEST(Envelope, MasterKeyRotates) {
    const std::string sealed = Envelope({old_key}).seal("secret", "row/1");
    const Envelope rotated({new_key, old_key});
    EXPECT_EQ(rotated.open(sealed, "row/1"), "secret");
    EXPECT_TRUE(rotated.is_outdated(sealed));
    EXPECT_FALSE(rotated.is_outdated(rotated.seal("secret", "row/1")));
    EXPECT_FALSE(Envelope({new_key}).open(sealed, "row/1"));
}

TEST(Envelope, SamePlaintextNeverLooksTheSame) {
    const Envelope envelope({old_key});
    std::set<std::string> seen;
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE(seen.insert(envelope.seal("secret", "row/1")).second);
}

TEST(Envelope, WrongMasterKeysAreRefused) {
    EXPECT_THROW(Envelope({}), std::invalid_argument);
    EXPECT_THROW(Envelope({"short"}), std::invalid_argument);
}

}  // namespace
}  // namespace platform::crypto
