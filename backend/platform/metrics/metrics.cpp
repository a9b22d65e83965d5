#include "platform/metrics/metrics.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>

namespace platform::metrics {
namespace {

template <class Metric>
using Family = std::map<std::string, std::map<std::string, std::unique_ptr<Metric>>>;  // name → label text → metric

struct Registry {
    std::mutex mutex;
    Family<Counter> counters;
    Family<Gauge> gauges;
    Family<Histogram> histograms;
    std::vector<std::function<void()>> fillers;
};

Registry& registry() {
    static Registry instance;
    return instance;
}

std::string label_text(Labels labels) {
    std::sort(labels.begin(), labels.end());
    std::string text;
    for (const auto& [name, value] : labels) {
        if (!text.empty()) text += ',';
        text += name + "=\"";
        for (const char c : value) {
            if (c == '\\' || c == '"') text += '\\';
            text += c == '\n' ? ' ' : c;
        }
        text += '"';
    }
    return text;
}

template <class Metric, class... Args>
Metric& find_or_make(Family<Metric>& family, std::string_view name, const Labels& labels, Args&&... args) {
    const std::lock_guard lock(registry().mutex);
    auto& slot = family[std::string(name)][label_text(labels)];
    if (!slot) slot = std::make_unique<Metric>(std::forward<Args>(args)...);
    return *slot;
}

std::string number(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end.ptr};
}

void line(std::string& out, const std::string& name, const std::string& labels, const std::string& value) {
    out += name;
    if (!labels.empty()) out += '{' + labels + '}';
    out += ' ' + value + '\n';
}

void type_line(std::string& out, const std::string& name, std::string_view type) {
    out += "# TYPE " + name + ' ' + std::string(type) + '\n';
}

}  // namespace

Histogram::Histogram(std::span<const double> upper_bounds) : bounds_(upper_bounds), buckets_(upper_bounds.size() + 1) {}

void Histogram::observe(double value) {
    const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), value);
    buckets_[static_cast<std::size_t>(bound - bounds_.begin())].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Counter& counter(std::string_view name, const Labels& labels) {
    return find_or_make(registry().counters, name, labels);
}

Gauge& gauge(std::string_view name, const Labels& labels) {
    return find_or_make(registry().gauges, name, labels);
}

Histogram& histogram(std::string_view name, const Labels& labels, std::span<const double> bounds) {
    return find_or_make(registry().histograms, name, labels, bounds);
}

void on_render(std::function<void()> fill) {
    const std::lock_guard lock(registry().mutex);
    registry().fillers.push_back(std::move(fill));
}

std::string render() {
    std::vector<std::function<void()>> fillers;
    {
        const std::lock_guard lock(registry().mutex);
        fillers = registry().fillers;
    }
    for (const auto& fill : fillers) fill();

    const std::lock_guard lock(registry().mutex);
    std::string out;
    for (const auto& [name, members] : registry().counters) {
        type_line(out, name, "counter");
        for (const auto& [labels, metric] : members) line(out, name, labels, std::to_string(metric->value()));
    }
    for (const auto& [name, members] : registry().gauges) {
        type_line(out, name, "gauge");
        for (const auto& [labels, metric] : members) line(out, name, labels, number(metric->value()));
    }
    for (const auto& [name, members] : registry().histograms) {
        type_line(out, name, "histogram");
        for (const auto& [labels, metric] : members) {
            const std::string prefix = labels.empty() ? "" : labels + ',';
            std::uint64_t total = 0;
            for (std::size_t i = 0; i < metric->buckets_.size(); ++i) {
                total += metric->buckets_[i].load(std::memory_order_relaxed);
                const std::string bound = i < metric->bounds_.size() ? number(metric->bounds_[i]) : "+Inf";
                line(out, name + "_bucket", prefix + "le=\"" + bound + '"', std::to_string(total));
            }
            line(out, name + "_sum", labels, number(metric->sum_.load(std::memory_order_relaxed)));
            line(out, name + "_count", labels, std::to_string(total));
        }
    }
    return out;
}

}  // namespace platform::metrics
