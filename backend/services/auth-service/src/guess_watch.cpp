#include "services/auth-service/src/guess_watch.hpp"

#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

namespace tt::auth {
namespace {

/// Networks counted per window; an attacker with more of them is counted as a whole all the same.
constexpr std::size_t network_limit = 100'000;

std::int64_t seconds_of(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

unsigned GuessWatch::roll() {
    const std::int64_t now_s = seconds_of(clock_.now());
    const std::int64_t window_no = now_s / window.count();
    if (window_no != window_no_) {
        failures_before_ = window_no == window_no_ + 1 ? failures_.all : 0;
        failures_ = Failures{};
        window_no_ = window_no;
    }
    return static_cast<unsigned>(now_s % window.count());
}

std::optional<int> GuessWatch::wait_s(const std::string& network) {
    static metrics::Counter& alerts = metrics::counter("auth_guessing_alerts_total");
    const std::lock_guard lock(mutex_);
    const unsigned elapsed_s = roll();
    const auto window_s = static_cast<unsigned>(window.count());
    // The window before counts by the share of it that the last five minutes still touch.
    const unsigned recent = failures_.all + failures_before_ * (window_s - elapsed_s) / window_s;
    if (recent < failures_limit_) return std::nullopt;
    if (!failures_.is_reported) {
        failures_.is_reported = true;
        alerts.add();
        log::error("guessing_suspected", {{"wrong_guesses", recent}, {"networks", failures_.by_network.size()}});
    }
    const auto own = failures_.by_network.find(network);
    if (own == failures_.by_network.end() || own->second < strict_limit) return std::nullopt;
    return static_cast<int>(window_s - elapsed_s);
}

void GuessWatch::attempted(const std::string& network) {
    const std::lock_guard lock(mutex_);
    roll();
    ++failures_.all;
    const auto known = failures_.by_network.find(network);
    if (known != failures_.by_network.end()) {
        ++known->second;
    } else if (failures_.by_network.size() < network_limit) {
        failures_.by_network.emplace(network, 1);
    }
}

void GuessWatch::succeeded(const std::string& network) {
    const std::lock_guard lock(mutex_);
    roll();
    if (failures_.all > 0) --failures_.all;
    const auto known = failures_.by_network.find(network);
    if (known != failures_.by_network.end() && known->second > 0) --known->second;
}

}  // namespace tt::auth
