#include "platform/image/picture.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <vips/vips.h>

namespace platform::image {
namespace {

struct Size {
    int width = 0;
    int height = 0;
};

/// Red on the left, blue on the right; encoded by libvips' own savers.
std::string picture(Size size, const char* suffix) {
    VipsImage* black = nullptr;
    VipsImage* coloured = nullptr;
    vips_black(&black, size.width, size.height, "bands", 3, nullptr);
    const double one[] = {1, 1, 1};
    const double red[] = {220, 30, 30};
    vips_linear(black, &coloured, one, red, 3, "uchar", TRUE, nullptr);
    const double blue[] = {30, 30, 220};
    vips_draw_rect(coloured, const_cast<double*>(blue), 3, size.width / 2, 0, size.width - size.width / 2, size.height,
                   "fill", TRUE, nullptr);
    vips_image_set_string(coloured, "exif-ifd0-Software", "secret camera (secret, ASCII, 14 components, 14 bytes)");
    void* data = nullptr;
    std::size_t bytes = 0;
    EXPECT_EQ(vips_image_write_to_buffer(coloured, suffix, &data, &bytes, nullptr), 0) << vips_error_buffer();
    std::string encoded(static_cast<const char*>(data), bytes);
    g_free(data);
    g_object_unref(coloured);
    g_object_unref(black);
    return encoded;
}

Size size_of(const std::string& webp) {
    VipsImage* image = vips_image_new_from_buffer(webp.data(), webp.size(), "", nullptr);
    if (!image) return {};
    const Size size{vips_image_get_width(image), vips_image_get_height(image)};
    g_object_unref(image);
    return size;
}

class PictureTest : public ::testing::Test {
protected:
    Result<std::string> square(std::string bytes) { return runtime.run(pictures.square_webp(std::move(bytes), 512)); }
    std::string reason(std::string bytes) {
        const auto made = square(std::move(bytes));
        return made ? "" : made.error().reason;
    }

    testing::TestRuntime runtime{1};
    Pictures pictures{runtime.get()};
};

TEST_F(PictureTest, TheFourFormatsBecomeASquareWebp) {
    for (const char* suffix : {".png", ".jpg", ".webp", ".gif"}) {
        const auto made = square(picture({900, 300}, suffix));
        ASSERT_TRUE(made) << suffix << " " << made.error().reason;
        EXPECT_EQ(sniff_picture(*made), "image/webp");
        EXPECT_EQ(size_of(*made).width, 512) << suffix;
        EXPECT_EQ(size_of(*made).height, 512) << suffix;
    }
}

TEST_F(PictureTest, ASmallPictureIsEnlarged) {
    const auto made = square(picture({20, 40}, ".png"));
    ASSERT_TRUE(made);
    EXPECT_EQ(size_of(*made).width, 512);
}

TEST_F(PictureTest, MetadataIsDropped) {
    const std::string source = picture({600, 600}, ".jpg");
    ASSERT_NE(source.find("secret camera"), std::string::npos);
    const auto made = square(source);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->find("secret camera"), std::string::npos);
    EXPECT_EQ(made->find("ICCP"), std::string::npos);
    EXPECT_EQ(made->find("XMP "), std::string::npos);
}

TEST_F(PictureTest, OtherFormatsAreRefusedWhateverTheyCallThemselves) {
    // S083: a picture that is a program.
    EXPECT_EQ(reason("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "unsupported_image");
    EXPECT_EQ(reason("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"), "unsupported_image");
    EXPECT_EQ(reason("%PDF-1.7"), "unsupported_image");
    EXPECT_EQ(reason(std::string("II*\0\x08\0\0\0", 8)), "unsupported_image");
    EXPECT_EQ(reason("BM"), "unsupported_image");
    EXPECT_EQ(reason(""), "unsupported_image");
}

TEST_F(PictureTest, NoOtherLoaderIsLeftInTheProcess) {
    const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    EXPECT_EQ(vips_image_new_from_buffer(svg.data(), svg.size(), "", nullptr), nullptr);
    vips_error_clear();
}

TEST_F(PictureTest, TheHeaderDecidesAboutTheSizeBeforeAnythingIsDecoded) {
    // 50000 x 50000 pixels announced by 60 bytes: a bomb that must cost nothing.
    std::string bomb = picture({4, 4}, ".png");
    const auto put = [&bomb](std::size_t at, unsigned value) {
        for (int i = 0; i < 4; ++i) bomb[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (24 - 8 * i));
    };
    put(16, 50000);
    put(20, 50000);
    const auto why = reason(bomb);  // the checksum of the header is wrong now, which a strict decoder notices first
    EXPECT_TRUE(why == "image_too_large" || why == "image_unreadable") << why;
    EXPECT_EQ(reason(picture({8000, 5001}, ".png")), "image_too_large");
}

TEST_F(PictureTest, DamagedPicturesAreRefused) {
    const std::string whole = picture({800, 800}, ".png");
    EXPECT_EQ(reason(whole.substr(0, 40)), "image_unreadable");
    EXPECT_EQ(reason(whole.substr(0, whole.size() / 2)), "image_unreadable");
    EXPECT_EQ(reason("\x89PNG\r\n\x1a\n rubbish"), "image_unreadable");
    EXPECT_EQ(reason(std::string("GIF89a") + std::string(200, '\xff')), "image_unreadable");
}

TEST_F(PictureTest, MoreThanTheLimitOfBytesIsRefused) {
    EXPECT_EQ(reason(std::string("\xff\xd8\xff") + std::string((5 << 20) + 1, 'x')), "too_large");
}

TEST_F(PictureTest, TooManyAtOnceAreRefusedInsteadOfQueuedForEver) {
    Pictures narrow(runtime.get(), {.max_waiting = 1});
    const std::string large = picture({3000, 3000}, ".png");
    auto first = runtime.start(narrow.square_webp(large, 512));
    auto second = runtime.start(narrow.square_webp(large, 512));
    const auto one = first.get();
    const auto two = second.get();
    ASSERT_NE(one.has_value(), two.has_value());
    EXPECT_EQ((one ? two : one).error().code, Code::unavailable);
    EXPECT_TRUE(runtime.run(narrow.square_webp(large, 512))) << "the place is free again";
}

}  // namespace
}  // namespace platform::image
