#pragma once

#include "platform/core/time.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// One-page PDF documents. Lengths are PostScript points (1/72 inch), the origin is the upper left corner.
///
/// Text may be in any script: Pango picks a font per character from what fontconfig knows. The same calls give the
/// same bytes on a machine with the same fonts, so a document can be drawn again and compared by its hash.
namespace platform::pdf {

struct Color {
    double red = 0;
    double green = 0;
    double blue = 0;
    double opacity = 1;
};

/// 0x0E2C21 as designers write it.
constexpr Color rgb(std::uint32_t hex, double opacity = 1) {
    return {static_cast<double>((hex >> 16U) & 0xFFU) / 255.0, static_cast<double>((hex >> 8U) & 0xFFU) / 255.0,
            static_cast<double>(hex & 0xFFU) / 255.0, opacity};
}

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

struct Point {
    double x = 0;
    double y = 0;
};

enum class Align { left, center, right };

struct TextStyle {
    std::string family = "Noto Sans";
    double size_pt = 10;
    int weight = 400;
    Color color{};
    Align align = Align::left;
    double letter_spacing_pt = 0;
    double line_height = 1.3;  ///< of the font's own
};

struct Stroke {
    Color color{};
    double width_pt = 1;
    double dash_pt = 0;  ///< length of dash and gap; 0 draws through
};

struct DocumentInfo {
    std::string title;
    std::string author;
    std::string subject;
    Time created_at{};
};

/// A4, long side horizontal.
inline constexpr Box a4_landscape{0, 0, 841.89, 595.28};

class Page {
public:
    Page(Box size, const DocumentInfo& info);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    void fill(Box box, Color color);
    void fill_rounded(Box box, double radius, Color color);
    void outline_rounded(Box box, double radius, Stroke stroke);
    void disc(Point center, double radius, Color color);
    void ring(Point center, double radius, Stroke stroke);
    void line(Point from, Point to, Stroke stroke);
    /// A cubic curve.
    void curve(Point from, Point control_1, Point control_2, Point to, Stroke stroke);
    /// What is drawn until the returned object goes out of scope stays inside `box`.
    [[nodiscard]] std::unique_ptr<void, void (*)(void*)> clip(Box box);

    /// Wraps inside the width; returns the height that was used.
    double text(Point at, double width, std::string_view text, const TextStyle& style);
    /// The largest size between `min_size_pt` and the style's at which the text fits into the box; at the smallest it
    /// is cut with an ellipsis. Vertically at the top. Returns the height that was used.
    double fitted_text(Box box, std::string_view text, TextStyle style, double min_size_pt);
    /// A QR code (error correction M) without its quiet zone: leave four modules around it.
    void qr(Point at, double size, const std::string& content, Color color);
    void link(Box box, const std::string& url);

    /// The bytes of the document; nothing can be drawn afterwards.
    std::string finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace platform::pdf
