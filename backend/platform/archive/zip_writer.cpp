#include "platform/archive/zip_writer.hpp"

#include "platform/archive/utf8_locale.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace platform::archive {
namespace {

struct FreeWriter {
    void operator()(struct archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
    void operator()(struct archive_entry* entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<struct archive, FreeWriter>;
using Entry = std::unique_ptr<struct archive_entry, FreeEntry>;

la_ssize_t append_to_text(struct archive*, void* text, const void* bytes, std::size_t length) {
    static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), length);
    return static_cast<la_ssize_t>(length);
}

void check_written(struct archive* writer, la_ssize_t result) {
    if (result < ARCHIVE_OK) throw std::runtime_error(std::string("zip: ") + archive_error_string(writer));
}

void write_entry(struct archive* writer, const ZipFile& file, std::time_t made_at) {
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
    archive_entry_set_mtime(entry.get(), made_at, 0);
    check_written(writer, archive_write_header(writer, entry.get()));
    if (!file.content.empty()) {
        check_written(writer, archive_write_data(writer, file.content.data(), file.content.size()));
    }
}

}  // namespace

std::string zip_of(const std::vector<ZipFile>& files, Time made_at) {
    const Utf8Locale utf8;
    std::string zip;
    const Writer writer(archive_write_new());
    archive_write_set_format_zip(writer.get());
    archive_write_set_bytes_in_last_block(writer.get(), 1);  // nothing after the directory of the zip
    check_written(writer.get(), archive_write_open2(writer.get(), &zip, nullptr, append_to_text, nullptr, nullptr));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(made_at.time_since_epoch()).count();
    for (const auto& file : files) write_entry(writer.get(), file, static_cast<std::time_t>(seconds));
    check_written(writer.get(), archive_write_close(writer.get()));
    return zip;
}

}  // namespace platform::archive
