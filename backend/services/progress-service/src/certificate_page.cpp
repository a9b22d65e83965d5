#include "services/progress-service/src/certificate_page.hpp"

#include "platform/pdf/page.hpp"

#include <array>

namespace tt::progress {
namespace {

using pdf::Align;
using pdf::Box;
using pdf::Page;
using pdf::Point;
using pdf::rgb;
using pdf::TextStyle;

// The colours of frontend/packages/ui/src/tokens.css, light theme.
constexpr auto canvas = rgb(0xFBFCF9);
constexpr auto ink = rgb(0x10201A);
constexpr auto ink_muted = rgb(0x44544C);
constexpr auto ink_subtle = rgb(0x5E6D65);
constexpr auto line = rgb(0xDBE2D7);
constexpr auto accent = rgb(0x0C5A41);
constexpr auto marker = rgb(0xC8F250);
constexpr auto board = rgb(0x0E2C21);
constexpr auto board_line = rgb(0x33574A);
constexpr auto on_board = rgb(0xF1F7EE);
constexpr auto on_board_muted = rgb(0xB4CABD);

// One serif per script; Pango goes on to any other font for what these do not have.
constexpr auto name_fonts =
    "Noto Serif Display,Noto Serif,Noto Naskh Arabic,Noto Serif Devanagari,Noto Serif CJK SC,Noto Color Emoji";

constexpr double board_width = 218;
constexpr double margin = 54;
constexpr double left = board_width + margin;
constexpr double text_width = pdf::a4_landscape.width - left - margin;

std::string long_date(Time time) {
    constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    return std::to_string(unsigned(date.day())) + ' ' + months.at(unsigned(date.month()) - 1) + ' ' +
           std::to_string(int(date.year()));
}

void cross(Page& page, Point at, double size, pdf::Stroke stroke) {
    page.line({at.x - size, at.y - size}, {at.x + size, at.y + size}, stroke);
    page.line({at.x - size, at.y + size}, {at.x + size, at.y - size}, stroke);
}

/// The brand's drawing language, a tactics board: rings are our side, crosses obstacles, the dashed run is the plan.
void draw_play(Page& page) {
    const pdf::Stroke chalk{.color = board_line, .width_pt = 1.2};
    const pdf::Stroke plan{.color = marker, .width_pt = 2.2, .dash_pt = 7};
    page.ring({board_width / 2, 330}, 78, chalk);
    page.line({0, 330}, {board_width, 330}, chalk);
    page.ring({board_width / 2, 330}, 3, {.color = board_line, .width_pt = 3});
    cross(page, {60, 252}, 7, {.color = on_board_muted, .width_pt = 2});
    cross(page, {150, 372}, 7, {.color = on_board_muted, .width_pt = 2});
    cross(page, {92, 352}, 7, {.color = on_board_muted, .width_pt = 2});
    page.ring({48, 424}, 10, {.color = on_board, .width_pt = 2});
    page.ring({176, 300}, 10, {.color = on_board, .width_pt = 2});
    page.curve({58, 418}, {120, 420}, {40, 300}, {112, 286}, plan);
    page.curve({112, 286}, {150, 278}, {128, 226}, {168, 204}, plan);
    page.line({168, 204}, {157, 205}, {.color = marker, .width_pt = 2.2});
    page.line({168, 204}, {163, 214}, {.color = marker, .width_pt = 2.2});
}

void draw_board(Page& page, const CertificateFacts& facts) {
    page.fill({0, 0, board_width, pdf::a4_landscape.height}, board);
    {
        const auto inside = page.clip({0, 0, board_width, pdf::a4_landscape.height});
        draw_play(page);
    }
    const double title =
        page.text({34, 50}, board_width - 50, facts.issuer,
                  {.family = "Noto Sans Display", .size_pt = 20, .weight = 700, .color = on_board, .line_height = 1.0});
    page.fill({34, 50 + title + 10, 28, 4}, marker);
    page.fill_rounded({34, 470, 92, 92}, 8, rgb(0xFFFFFF));
    page.qr({42, 478}, 76, facts.verify_url, board);
    page.text({136, 506}, board_width - 142, "Scan to\nverify",
              {.size_pt = 9.5, .weight = 600, .color = on_board_muted, .line_height = 1.15});
}

void label(Page& page, Point at, std::string_view text) {
    page.text(at, text_width, text,
              {.size_pt = 7.5, .weight = 700, .color = accent, .letter_spacing_pt = 1.1, .line_height = 1.2});
}

/// One fact of the bottom row: a small caption over its value.
void fact(Page& page, double x, double width, std::string_view caption, std::string_view value) {
    constexpr double top = 426;
    label(page, {x, top}, caption);
    page.fitted_text({x, top + 14, width, 22}, value, {.size_pt = 13, .weight = 600, .color = ink}, 8);
}

void draw_facts(Page& page, const CertificateFacts& facts) {
    page.line({left, 408}, {left + text_width, 408}, {.color = line, .width_pt = 1});
    const double column = text_width / 3;
    fact(page, left, column - 12, "ISSUED ON", long_date(facts.issued_at));
    double x = left + column;
    if (facts.grade_percent) {
        fact(page, x, column - 12, "FINAL GRADE", *facts.grade_percent + " %");
        x += column;
    }
    if (facts.hours)
        fact(page, x, column - 12, "LEARNING TIME", *facts.hours + (*facts.hours == "1" ? " hour" : " hours"));
}

void draw_footer(Page& page, const CertificateFacts& facts) {
    page.line({left, 484}, {left + text_width, 484}, {.color = line, .width_pt = 1});
    const TextStyle small{.size_pt = 8.5, .color = ink_subtle};
    page.text({left, 498}, text_width, "Certificate no. " + facts.certificate_no,
              {.size_pt = 9.5, .weight = 600, .color = ink});
    page.text({left, 516}, text_width, "Verify this certificate and its every detail at", small);
    const double height = page.fitted_text({left, 530, text_width, 14}, facts.verify_url,
                                           {.size_pt = 8.5, .weight = 600, .color = accent}, 6);
    page.link({left, 530, text_width, height}, facts.verify_url);
}

}  // namespace

std::string draw_certificate(const CertificateFacts& facts) {
    Page page(pdf::a4_landscape, {.title = "Certificate " + facts.certificate_no,
                                  .author = facts.issuer,
                                  .subject = facts.course_title,
                                  .created_at = facts.issued_at});
    page.fill(pdf::a4_landscape, canvas);
    draw_board(page, facts);
    constexpr double top = 86;
    constexpr double name_top = top + 54;
    label(page, {left, top}, "CERTIFICATE OF COMPLETION");
    page.text({left, top + 28}, text_width, "This is to certify that", {.size_pt = 13, .color = ink_muted});
    const double name =
        page.fitted_text({left, name_top, text_width, 104}, facts.recipient_name,
                         {.family = name_fonts, .size_pt = 44, .weight = 600, .color = ink, .line_height = 1.05}, 16);
    const double below = name_top + name + 10;
    page.fill({left, below, 64, 4}, marker);
    page.text({left, below + 20}, text_width, "has successfully completed the course",
              {.size_pt = 13, .color = ink_muted});
    page.fitted_text({left, below + 44, text_width, 396 - below - 44}, facts.course_title,
                     {.family = "Noto Sans Display", .size_pt = 25, .weight = 700, .color = accent, .line_height = 1.1},
                     11);
    draw_facts(page, facts);
    draw_footer(page, facts);
    return page.finish();
}

}  // namespace tt::progress
