#pragma once

#include "platform/archive/utf8_locale.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace platform::archive::testing {

enum class Format { tar_gz, tar, zip };

/// Writes archives for tests, also those no honest tool would make.
class ArchiveBuilder {
public:
    explicit ArchiveBuilder(const std::filesystem::path& path, Format format = Format::tar_gz)
        : writer_(archive_write_new()) {
        if (format == Format::zip) {
            archive_write_set_format_zip(writer_);
        } else {
            archive_write_set_format_pax_restricted(writer_);
        }
        if (format == Format::tar_gz) archive_write_add_filter_gzip(writer_);
        if (archive_write_open_filename(writer_, path.c_str()) != ARCHIVE_OK)
            throw std::runtime_error("cannot write " + path.string());
    }
    ~ArchiveBuilder() { archive_write_free(writer_); }
    ArchiveBuilder(const ArchiveBuilder&) = delete;
    ArchiveBuilder& operator=(const ArchiveBuilder&) = delete;

    ArchiveBuilder& file(const std::string& name, std::string_view content) {
        auto* entry = make_entry(name, AE_IFREG);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        write(entry, content);
        return *this;
    }
    ArchiveBuilder& folder(const std::string& name) {
        write(make_entry(name, AE_IFDIR), {});
        return *this;
    }
    ArchiveBuilder& symlink(const std::string& name, const std::string& target) {
        auto* entry = make_entry(name, AE_IFLNK);
        archive_entry_set_symlink(entry, target.c_str());
        write(entry, {});
        return *this;
    }
    ArchiveBuilder& hardlink(const std::string& name, const std::string& target) {
        auto* entry = make_entry(name, AE_IFREG);
        archive_entry_set_hardlink(entry, target.c_str());
        write(entry, {});
        return *this;
    }
    ArchiveBuilder& special(const std::string& name, unsigned type) {
        write(make_entry(name, type), {});
        return *this;
    }

    void close() {
        if (archive_write_close(writer_) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer_));
    }

private:
    static struct archive_entry* make_entry(const std::string& name, unsigned type) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, type);
        archive_entry_set_perm(entry, 0644);
        return entry;
    }
    void write(struct archive_entry* entry, std::string_view content) {
        if (archive_write_header(writer_, entry) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer_));
        if (!content.empty()) archive_write_data(writer_, content.data(), content.size());
        archive_entry_free(entry);
    }

    Utf8Locale utf8_;
    struct archive* writer_;
};

}  // namespace platform::archive::testing
