#include "platform/core/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace platform {
namespace {

struct Cursor {
    std::string_view rest;

    bool literal(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    bool digits(std::size_t count, int& out) {
        if (rest.size() < count) return false;
        const auto end = std::from_chars(rest.data(), rest.data() + count, out);
        if (end.ec != std::errc{} || end.ptr != rest.data() + count || out < 0) return false;
        rest.remove_prefix(count);
        return true;
    }
};

bool read_fraction(Cursor& in, int& micros) {
    micros = 0;
    if (!in.literal('.')) return true;
    int scale = 100000;
    bool any = false;
    while (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9') {
        micros += (in.rest.front() - '0') * scale;
        scale /= 10;
        any = true;
        in.rest.remove_prefix(1);
    }
    return any;
}

bool read_offset(Cursor& in, int& minutes) {
    minutes = 0;
    if (in.literal('Z') || in.literal('z')) return true;
    const int sign = in.literal('+') ? 1 : in.literal('-') ? -1 : 0;
    int hours = 0;
    int rest = 0;
    if (sign == 0 || !in.digits(2, hours)) return false;
    in.literal(':');
    if (!in.rest.empty() && !in.digits(2, rest)) return false;
    minutes = sign * (hours * 60 + rest);
    return hours < 24 && rest < 60;
}

}  // namespace

std::string to_rfc3339(Time time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    std::array<char, 40> buffer{};
    int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                             static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                             static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                             static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    std::string text(buffer.data(), static_cast<std::size_t>(size));
    if (const auto micros = clock.subseconds().count(); micros != 0) {
        size = std::snprintf(buffer.data(), buffer.size(), ".%06d", static_cast<int>(micros));
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text + "Z";
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    Cursor in{text};
    int year_no = 0, month_no = 0, day_no = 0, hour = 0, minute_no = 0, second = 0, micros = 0, offset = 0;
    const bool has_date =
        in.digits(4, year_no) && in.literal('-') && in.digits(2, month_no) && in.literal('-') && in.digits(2, day_no);
    if (!has_date || !(in.literal('T') || in.literal('t') || in.literal(' '))) return std::nullopt;
    const bool has_clock =
        in.digits(2, hour) && in.literal(':') && in.digits(2, minute_no) && in.literal(':') && in.digits(2, second);
    if (!has_clock || !read_fraction(in, micros) || !read_offset(in, offset) || !in.rest.empty()) return std::nullopt;
    const year_month_day date{year{year_no}, month{static_cast<unsigned>(month_no)},
                              day{static_cast<unsigned>(day_no)}};
    if (!date.ok() || hour > 23 || minute_no > 59 || second > 60) return std::nullopt;
    return Time{sys_days{date}} + hours{hour} + minutes{minute_no - offset} + seconds{second} + microseconds{micros};
}

std::string to_http_date(Time time) {
    using namespace std::chrono;
    static constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time) - day};
    std::array<char, 40> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                   weekdays[weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                                   months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                                   static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                   static_cast<int>(clock.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

}  // namespace platform
