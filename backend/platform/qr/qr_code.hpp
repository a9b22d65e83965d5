#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace platform::qr {

/// How much of a code may be lost: 15 % or 30 %.
enum class Correction { medium, high };

/// A square of dark and light modules, without its quiet zone: four light modules belong around it (ISO 18004).
struct QrCode {
    std::size_t width = 0;
    std::vector<bool> modules;  ///< row by row

    bool is_dark(std::size_t x, std::size_t y) const { return modules[y * width + x]; }
};

inline constexpr std::size_t quiet_zone_modules = 4;
/// Bytes that fit into the largest code with Correction::high.
inline constexpr std::size_t high_capacity = 1273;

/// Throws std::invalid_argument when `content` is empty, has a NUL byte or does not fit into a code.
QrCode qr_code(const std::string& content, Correction correction);

/// A black and white drawing with its quiet zone, scaled by whoever shows it. It has neither '#' nor '%', so that it
/// may follow "data:image/svg+xml;utf-8," as it is.
std::string svg_of(const QrCode& code);

}  // namespace platform::qr
