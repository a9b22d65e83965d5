#pragma once

#include "platform/storage/url_signer.hpp"
#include "shared/types/prelude.hpp"

#include <string>
#include <string_view>

namespace tt::course {

/// Makes the file addresses of a lesson usable in a browser: stored content names files as /media/{key}/{name}, and
/// only a signed address opens one.
class MediaLinks {
public:
    MediaLinks(const storage::UrlSigner& signer, Time now) : signer_(signer), now_(now) {}

    /// Signs /media/ paths of ours; any other address stays as it is.
    std::string link(std::string_view url) const;
    /// Address of a stored file.
    std::string file(std::string_view storage_key, std::string_view file_name) const;
    /// Signs every address in an attribute of sanitised HTML (src="/media/…").
    std::string html(std::string_view html) const;

    /// Address of a file that needs no signature (course cards).
    static std::string public_file(std::string_view storage_key, std::string_view file_name);

private:
    const storage::UrlSigner& signer_;
    Time now_;
};

}  // namespace tt::course
