#include "platform/log/log.hpp"

#include "platform/core/time.hpp"

#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

namespace platform::log {
namespace {

constexpr std::size_t flush_at_bytes = 64 * 1024;

/// Owns the buffer and the thread that empties it; lives until the process ends.
class Sink {
public:
    Sink() : flusher_([this] { run(); }) {}
    ~Sink() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        flusher_.join();
        flush();
    }

    void append(std::string_view line, bool now) {
        std::string full;
        {
            const std::lock_guard lock(mutex_);
            buffer_.append(line);
            if (now || buffer_.size() >= flush_at_bytes) full.swap(buffer_);
        }
        write_all(full);
    }

    void flush() {
        std::string full;
        {
            const std::lock_guard lock(mutex_);
            full.swap(buffer_);
        }
        write_all(full);
    }

    Settings settings;
    std::atomic<Level> level{Level::info};

private:
    void run() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            wake_.wait_for(lock, std::chrono::milliseconds(flush_interval_ms));
            lock.unlock();
            flush();
            lock.lock();
        }
    }

    void write_all(std::string_view text) const {
        while (!text.empty()) {
            const auto written = ::write(settings.fd, text.data(), text.size());
            if (written <= 0) return;  // nowhere left to complain to
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::string buffer_;
    bool stopping_ = false;
    std::thread flusher_;
};

Sink& sink() {
    static Sink instance;
    return instance;
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
            out += escaped;
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_field(std::string& line, const Field& field) {
    line += ',';
    append_json(line, field.name);
    line += ':';
    if (const auto* text = std::get_if<std::string>(&field.value)) {
        append_json(line, masked(*text));
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        line += std::to_string(*number);
    } else if (const auto* real = std::get_if<double>(&field.value)) {
        line += std::to_string(*real);
    } else {
        line += std::get<bool>(field.value) ? "true" : "false";
    }
}

void write(Level level, std::string_view level_name, std::string_view event, Fields fields) {
    if (!is_enabled(level)) return;
    const Settings& settings = sink().settings;
    std::string line = R"({"@timestamp":")" + to_rfc3339(SystemClock{}.now()) + R"(","log.level":")";
    line += level_name;
    line += R"(","event.action":)";
    append_json(line, event);
    line += R"(,"ecs.version":"8.11.0","service.name":)";
    append_json(line, settings.service);
    line += R"(,"service.version":)";
    append_json(line, settings.version);
    for (const Field& field : fields) append_field(line, field);
    line += "}\n";
    sink().append(line, level >= Level::error);
}

bool is_address_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '+' || c == '-' || c == '%';
}

bool is_token_char(char c) {
    return is_address_char(c) || c == '/' || c == '=';
}

void mask_addresses(std::string& text) {
    for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
        std::size_t start = at;
        while (start > 0 && is_address_char(text[start - 1])) --start;
        if (at - start < 2) continue;
        text.replace(start + 1, at - start - 1, "***");
        at = start + 4;
    }
}

void mask_tokens(std::string& text) {
    for (const std::string_view start : {"eyJ", "Bearer ", "sb_secret_", "tt_live_"}) {
        for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 7)) {
            std::size_t end = at + start.size();
            while (end < text.size() && is_token_char(text[end])) ++end;
            if (end - at < 20) continue;
            text.replace(at, end - at, "[token]");
        }
    }
}

}  // namespace

std::string masked(std::string_view value) {
    std::string text(value);
    if (text.find('@') != std::string::npos) mask_addresses(text);
    mask_tokens(text);
    return text;
}

void configure(Settings settings) {
    sink().level = settings.level;
    sink().settings = std::move(settings);
}

bool is_enabled(Level level) {
    return level >= sink().level.load(std::memory_order_relaxed);
}

void debug(std::string_view event, Fields fields) {
    write(Level::debug, "debug", event, fields);
}
void info(std::string_view event, Fields fields) {
    write(Level::info, "info", event, fields);
}
void warn(std::string_view event, Fields fields) {
    write(Level::warn, "warn", event, fields);
}
void error(std::string_view event, Fields fields) {
    write(Level::error, "error", event, fields);
}
void flush() {
    sink().flush();
}

}  // namespace platform::log
