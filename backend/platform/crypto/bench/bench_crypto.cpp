// bench-crypto SECONDS: how many Argon2id hashes at our cost one CPU-second gives, without anything around them. What a
// sign-in costs beside it: ./tt bench auth.
#include <argon2.h>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "platform/crypto/password.hpp"

namespace {

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
    const platform::crypto::PasswordConfig cost;
    const std::string password = "a long enough passphrase";
    const std::string salt(16, 's');
    std::string hash(32, '\0');
    const double begin = cpu_seconds();
    int done = 0;
    while (cpu_seconds() - begin < seconds) {
        argon2id_hash_raw(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(), salt.data(),
                          salt.size(), hash.data(), hash.size());
        ++done;
    }
    std::printf("hashes_per_cpu_second=%.1f\n", done / (cpu_seconds() - begin));
    return 0;
}
