#include "platform/image/picture.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <vips/vips.h>

namespace platform::image {
namespace {

constexpr int webp_quality = 82;  // where photographs of this size stop looking better
constexpr int retry_after_s = 2;

struct Signature {
    std::string_view start;
    std::string_view media_type;
};
constexpr std::array signatures{Signature{"\x89PNG\r\n\x1a\n", "image/png"}, Signature{"\xff\xd8\xff", "image/jpeg"},
                                Signature{"GIF87a", "image/gif"}, Signature{"GIF89a", "image/gif"}};

/// libvips for the whole process: one thread per picture, nothing remembered between two, no other loaders.
void prepare_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("platform") != 0) throw std::runtime_error("libvips does not start");
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        vips_operation_block_set("VipsForeignLoad", TRUE);
        for (const char* loader :
             {"VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"}) {
            vips_operation_block_set(loader, FALSE);
        }
        // What it finds wrong with a stranger's file is the stranger's business, not our log's.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_WARNING, [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
    });
}

struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

Error image_unreadable() {
    vips_error_clear();  // its text may quote the file
    return {Code::unprocessable, "image_unreadable", "The picture is damaged or cut off."};
}

/// Reads the header only; pixels are decoded as they are asked for, and what is cut off is an error then.
Image open_picture(const std::string& bytes) {
    return Image(vips_image_new_from_buffer(bytes.data(), bytes.size(), "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                            VIPS_FAIL_ON_ERROR, nullptr));
}

Error image_too_large(std::size_t max_pixels) {
    return {Code::unprocessable, "image_too_large",
            "The picture has more than " + std::to_string(max_pixels / 1'000'000) + " megapixels."};
}

/// Everything that is not pixels: EXIF, XMP, comments, colour profile. The saver's own switch leaves some of it.
bool drop_metadata(VipsImage* image) {
    char** fields = vips_image_get_fields(image);
    for (char** field = fields; field && *field; ++field) vips_image_remove(image, *field);
    g_strfreev(fields);
    return fields != nullptr;
}

Image square_of(VipsImage* picture, int side) {
    VipsImage* made = nullptr;
    // Turns as EXIF says, and makes the colours sRGB, so that the profile can go.
    if (vips_thumbnail_image(picture, &made, side, "height", side, "crop", VIPS_INTERESTING_ATTENTION, "export_profile",
                             "srgb", nullptr) != 0) {
        return nullptr;
    }
    const Image square(made);
    VipsImage* copy = nullptr;  // of the description only: metadata of a shared image must not be changed
    if (vips_copy(square.get(), &copy, nullptr) != 0) return nullptr;
    Image bare(copy);
    return drop_metadata(bare.get()) ? std::move(bare) : nullptr;
}

Result<std::string> encode_webp(VipsImage* picture) {
    void* encoded = nullptr;
    std::size_t size = 0;
    if (vips_webpsave_buffer(picture, &encoded, &size, "Q", webp_quality, "strip", TRUE, nullptr) != 0) {
        return image_unreadable();
    }
    std::string webp(static_cast<const char*>(encoded), size);
    g_free(encoded);
    return webp;
}

Result<std::string> convert(const std::string& bytes, int side, const PictureLimits& limits) {
    const Image picture = open_picture(bytes);
    if (!picture) return image_unreadable();
    const auto pixels = static_cast<std::size_t>(vips_image_get_width(picture.get())) *
                        static_cast<std::size_t>(vips_image_get_height(picture.get()));
    if (pixels > limits.max_pixels) return image_too_large(limits.max_pixels);
    const Image square = square_of(picture.get(), side);
    if (!square) return image_unreadable();
    return encode_webp(square.get());
}

/// A place among the pictures in work, kept for as long as it lives.
class Place {
public:
    explicit Place(std::atomic<std::size_t>& taken) : taken_(taken), number_(++taken) {}
    ~Place() { --taken_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    std::size_t number() const { return number_; }

private:
    std::atomic<std::size_t>& taken_;
    std::size_t number_;
};

}  // namespace

std::optional<std::string_view> sniff_picture(std::string_view bytes) {
    for (const auto& signature : signatures) {
        if (bytes.starts_with(signature.start)) return signature.media_type;
    }
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
    return std::nullopt;
}

Pictures::Pictures(Runtime& runtime, PictureLimits limits) : runtime_(runtime), limits_(limits) {
    prepare_library();
}

Task<Result<std::string>> Pictures::square_webp(std::string bytes, int side) {
    if (bytes.size() > limits_.max_bytes) {
        co_return Error{Code::too_large, "too_large", "The picture has more than 5 MiB."};
    }
    if (!sniff_picture(bytes)) {
        co_return Error{Code::unsupported_media_type, "unsupported_image",
                        "The picture must be PNG, JPEG, WebP or GIF."};
    }
    const Place place(waiting_);
    if (place.number() > limits_.max_waiting) {
        co_return Error{Code::unavailable, "unavailable", "Too many pictures at once", {}, retry_after_s};
    }
    const auto work = [this, &bytes, side] { return convert(bytes, side, limits_); };
    co_return co_await runtime_.on_cpu(work);
}

}  // namespace platform::image
