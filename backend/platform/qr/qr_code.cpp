#include "platform/qr/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace platform::qr {
namespace {

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

constexpr unsigned char dark_bit = 1;

// One stroke per run of dark modules: a tenth of the text that one square per module would be.
std::string strokes_of(const QrCode& code) {
    std::string path;
    for (std::size_t y = 0; y < code.width; ++y) {
        for (std::size_t x = 0; x < code.width; ++x) {
            if (!code.is_dark(x, y)) continue;
            const std::size_t begin = x;
            while (x < code.width && code.is_dark(x, y)) ++x;
            path += 'M' + std::to_string(begin + quiet_zone_modules) + ' ' + std::to_string(y + quiet_zone_modules) +
                    ".5h" + std::to_string(x - begin);
        }
    }
    return path;
}

}  // namespace

QrCode qr_code(const std::string& content, Correction correction) {
    if (content.empty() || content.find('\0') != std::string::npos) {
        throw std::invalid_argument("a QR code needs text without NUL bytes");
    }
    const QRecLevel level = correction == Correction::high ? QR_ECLEVEL_H : QR_ECLEVEL_M;
    const std::unique_ptr<QRcode, FreeCode> encoded(QRcode_encodeString8bit(content.c_str(), 0, level));
    if (!encoded) throw std::invalid_argument("content does not fit into a QR code");
    QrCode code;
    code.width = static_cast<std::size_t>(encoded->width);
    code.modules.reserve(code.width * code.width);
    for (std::size_t i = 0; i < code.width * code.width; ++i) {
        code.modules.push_back((encoded->data[i] & dark_bit) != 0);
    }
    return code;
}

std::string svg_of(const QrCode& code) {
    const std::string side = std::to_string(code.width + 2 * quiet_zone_modules);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + ' ' + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"white\" d=\"M0 0h" + side + 'v' + side +
           "H0z\"/><path stroke=\"black\" d=\"" + strokes_of(code) + "\"/></svg>";
}

}  // namespace platform::qr
