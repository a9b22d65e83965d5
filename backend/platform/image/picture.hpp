#pragma once

#include "platform/core/result.hpp"
#include "platform/core/runtime.hpp"

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace platform::image {

struct PictureLimits {
    std::size_t max_bytes = 5 << 20;
    /// Width times height of what the header announces; looked at before a pixel is decoded. 40 megapixels are a large
    /// photograph, and at four bytes each 160 MB, the most that one picture can make us hold.
    std::size_t max_pixels = 40'000'000;
    /// Pictures in work or waiting; more are refused. They run on the runtime's CPU threads, so no more are decoded at
    /// once than there are threads.
    std::size_t max_waiting = 16;
};

/// image/png, image/jpeg, image/webp or image/gif by the first bytes; nothing for everything else.
std::optional<std::string_view> sniff_picture(std::string_view bytes);

/// Strangers' pictures made into ours: decoded and encoded anew, so that nothing of the file itself is ever served.
///
/// Only the loaders of the four formats exist for this process; whatever else libvips can read (SVG, PDF, TIFF, …) is
/// blocked. One object per process is enough; threads may share it.
class Pictures {
public:
    explicit Pictures(Runtime& runtime, PictureLimits limits = {});

    /// A WebP of side × side pixels: turned as EXIF says, cut to a square around what matters, without metadata; the
    /// first picture of an animation.
    /// Errors: too_large (413), unsupported_image (415), image_too_large (422), image_unreadable (422), unavailable.
    Task<Result<std::string>> square_webp(std::string bytes, int side);

private:
    Runtime& runtime_;
    PictureLimits limits_;
    std::atomic<std::size_t> waiting_{0};
};

}  // namespace platform::image
