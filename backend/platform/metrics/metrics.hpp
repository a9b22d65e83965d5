#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Prometheus metrics of the process. A metric is looked up once (a lock) and its reference kept; counting is
/// lock-free. Label values must be bounded: a route template, never a path, a user or an address.
namespace platform::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
public:
    void add(std::uint64_t amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{0};
};

/// Upper bounds in seconds: the OpenTelemetry advisory set plus 1 ms for the gateway.
inline constexpr double latency_bounds_s[] = {0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25,
                                              0.5,   0.75,  1,    2.5,   5,    7.5,   10};

class Histogram {
public:
    explicit Histogram(std::span<const double> upper_bounds);
    void observe(double value);

private:
    friend std::string render();
    std::span<const double> bounds_;
    std::vector<std::atomic<std::uint64_t>> buckets_;  // one per bound, then +Inf; not cumulative
    std::atomic<double> sum_{0};
};

/// The same name and labels give the same object for the life of the process.
Counter& counter(std::string_view name, const Labels& labels = {});
Gauge& gauge(std::string_view name, const Labels& labels = {});
Histogram& histogram(std::string_view name, const Labels& labels = {},
                     std::span<const double> bounds = latency_bounds_s);

/// Runs before each render(), to fill gauges that are cheaper to read than to keep (queue depth, pool state).
void on_render(std::function<void()> fill);

/// The text exposition format, version 0.0.4, names and labels in order.
std::string render();

}  // namespace platform::metrics
