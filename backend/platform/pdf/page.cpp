#include "platform/pdf/page.hpp"

#include "platform/qr/qr_code.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <numbers>
#include <stdexcept>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
/// Both keep caches per thread that they never give back (fontconfig's patterns, cairo 1.16's tag names).
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\nleak:libcairo\n";
}
#endif
#endif

namespace platform::pdf {
namespace {

struct Release {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

PangoAlignment alignment(Align align) {
    switch (align) {
        case Align::left:
            return PANGO_ALIGN_LEFT;
        case Align::center:
            return PANGO_ALIGN_CENTER;
        case Align::right:
            return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

void rounded_path(cairo_t* context, Box box, double radius) {
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_sub_path(context);
    cairo_arc(context, box.x + box.width - radius, box.y + radius, radius, -quarter, 0);
    cairo_arc(context, box.x + box.width - radius, box.y + box.height - radius, radius, 0, quarter);
    cairo_arc(context, box.x + radius, box.y + box.height - radius, radius, quarter, 2 * quarter);
    cairo_arc(context, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(context);
}

/// cairo refuses a whole document for one malformed byte; the replacement character is better than no page.
std::string valid_utf8(std::string_view text) {
    const std::unique_ptr<char, decltype(&g_free)> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
    return valid.get();
}

double pixels(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

}  // namespace

struct Page::Impl {
    std::string bytes;
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> context;

    void set(Color color) { cairo_set_source_rgba(context.get(), color.red, color.green, color.blue, color.opacity); }

    void stroke(Stroke stroke) {
        set(stroke.color);
        cairo_set_line_width(context.get(), stroke.width_pt);
        cairo_set_dash(context.get(), &stroke.dash_pt, stroke.dash_pt > 0 ? 1 : 0, 0);
        cairo_set_line_cap(context.get(), CAIRO_LINE_CAP_ROUND);
        cairo_stroke(context.get());
    }

    Owned<PangoLayout> layout(std::string_view text, double width, const TextStyle& style) {
        Owned<PangoLayout> layout(pango_cairo_create_layout(context.get()));
        Owned<PangoFontDescription> font(pango_font_description_new());
        pango_font_description_set_family(font.get(), style.family.c_str());
        pango_font_description_set_absolute_size(font.get(), style.size_pt * PANGO_SCALE);
        pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(style.weight));
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), alignment(style.align));
        // Left stays left for a name in Arabic or Hebrew: it stands in a column of the page, not in a letter.
        pango_layout_set_auto_dir(layout.get(), FALSE);
        pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.line_height));
        if (style.letter_spacing_pt > 0) {
            Owned<PangoAttrList> attributes(pango_attr_list_new());
            const int spacing = static_cast<int>(style.letter_spacing_pt * PANGO_SCALE);
            pango_attr_list_insert(attributes.get(), pango_attr_letter_spacing_new(spacing));
            pango_layout_set_attributes(layout.get(), attributes.get());
        }
        pango_layout_set_text(layout.get(), valid_utf8(text).c_str(), -1);
        return layout;
    }

    double show(PangoLayout* layout, Point at, Color color) {
        set(color);
        cairo_move_to(context.get(), at.x, at.y);
        pango_cairo_show_layout(context.get(), layout);
        int height = 0;
        pango_layout_get_size(layout, nullptr, &height);
        return pixels(height);
    }
};

Page::Page(Box size, const DocumentInfo& info) : impl_(std::make_unique<Impl>()) {
    impl_->surface.reset(cairo_pdf_surface_create_for_stream(append, &impl_->bytes, size.width, size.height));
    check(cairo_surface_status(impl_->surface.get()));
    cairo_surface_t* surface = impl_->surface.get();
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, valid_utf8(info.title).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, valid_utf8(info.author).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, valid_utf8(info.subject).c_str());
    const std::string created = to_rfc3339(std::chrono::floor<std::chrono::seconds>(info.created_at));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
    impl_->context.reset(cairo_create(surface));
    check(cairo_status(impl_->context.get()));
}

Page::~Page() = default;

void Page::fill(Box box, Color color) {
    impl_->set(color);
    cairo_rectangle(impl_->context.get(), box.x, box.y, box.width, box.height);
    cairo_fill(impl_->context.get());
}

void Page::fill_rounded(Box box, double radius, Color color) {
    impl_->set(color);
    rounded_path(impl_->context.get(), box, radius);
    cairo_fill(impl_->context.get());
}

void Page::outline_rounded(Box box, double radius, Stroke stroke) {
    rounded_path(impl_->context.get(), box, radius);
    impl_->stroke(stroke);
}

void Page::disc(Point center, double radius, Color color) {
    impl_->set(color);
    cairo_arc(impl_->context.get(), center.x, center.y, radius, 0, 2 * std::numbers::pi);
    cairo_fill(impl_->context.get());
}

void Page::ring(Point center, double radius, Stroke stroke) {
    cairo_new_sub_path(impl_->context.get());
    cairo_arc(impl_->context.get(), center.x, center.y, radius, 0, 2 * std::numbers::pi);
    impl_->stroke(stroke);
}

void Page::line(Point from, Point to, Stroke stroke) {
    cairo_move_to(impl_->context.get(), from.x, from.y);
    cairo_line_to(impl_->context.get(), to.x, to.y);
    impl_->stroke(stroke);
}

void Page::curve(Point from, Point control_1, Point control_2, Point to, Stroke stroke) {
    cairo_move_to(impl_->context.get(), from.x, from.y);
    cairo_curve_to(impl_->context.get(), control_1.x, control_1.y, control_2.x, control_2.y, to.x, to.y);
    impl_->stroke(stroke);
}

std::unique_ptr<void, void (*)(void*)> Page::clip(Box box) {
    cairo_t* context = impl_->context.get();
    cairo_save(context);
    cairo_rectangle(context, box.x, box.y, box.width, box.height);
    cairo_clip(context);
    return {context, [](void* saved) { cairo_restore(static_cast<cairo_t*>(saved)); }};
}

double Page::text(Point at, double width, std::string_view text, const TextStyle& style) {
    const auto layout = impl_->layout(text, width, style);
    return impl_->show(layout.get(), at, style.color);
}

double Page::fitted_text(Box box, std::string_view text, TextStyle style, double min_size_pt) {
    constexpr double step_pt = 0.5;
    auto layout = impl_->layout(text, box.width, style);
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    while (pixels(height) > box.height && style.size_pt > min_size_pt) {
        style.size_pt -= step_pt;
        layout = impl_->layout(text, box.width, style);
        pango_layout_get_size(layout.get(), nullptr, &height);
    }
    if (pixels(height) > box.height) {
        pango_layout_set_height(layout.get(), static_cast<int>(box.height * PANGO_SCALE));
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    return impl_->show(layout.get(), {box.x, box.y}, style.color);
}

void Page::qr(Point at, double size, const std::string& content, Color color) {
    const qr::QrCode code = qr::qr_code(content, qr::Correction::medium);
    cairo_t* context = impl_->context.get();
    impl_->set(color);
    const double module = size / static_cast<double>(code.width);
    for (std::size_t row = 0; row < code.width; ++row) {
        for (std::size_t column = 0; column < code.width; ++column) {
            if (!code.is_dark(column, row)) continue;
            const double x = at.x + static_cast<double>(column) * module;
            const double y = at.y + static_cast<double>(row) * module;
            cairo_rectangle(context, x, y, module, module);
        }
    }
    // One path for all modules: filled at once, there are no hairlines between neighbours.
    cairo_fill(context);
}

void Page::link(Box box, const std::string& url) {
    if (url.find_first_of("'\\") != std::string::npos) throw std::invalid_argument("not an encoded address: " + url);
    const std::string attributes = "rect=[" + std::to_string(box.x) + ' ' + std::to_string(box.y) + ' ' +
                                   std::to_string(box.width) + ' ' + std::to_string(box.height) + "] uri='" + url + "'";
    cairo_tag_begin(impl_->context.get(), CAIRO_TAG_LINK, attributes.c_str());
    cairo_tag_end(impl_->context.get(), CAIRO_TAG_LINK);
}

std::string Page::finish() {
    cairo_show_page(impl_->context.get());
    check(cairo_status(impl_->context.get()));
    impl_->context.reset();
    cairo_surface_finish(impl_->surface.get());
    check(cairo_surface_status(impl_->surface.get()));
    return std::move(impl_->bytes);
}

}  // namespace platform::pdf
