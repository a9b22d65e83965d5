#pragma once

#include "platform/app/service.hpp"
#include "platform/db/database.hpp"
#include "platform/http/router.hpp"
#include "platform/storage/object_store.hpp"
#include "platform/storage/url_signer.hpp"
#include "services/course-service/src/store/media.hpp"

namespace tt::course {

/// Files of course content: GET /media/{key}/{name}?exp&sig for whoever was given the link, /media/public/{key}/{name}
/// for the pictures of course cards. Ranges, strong validators; what could run as a page is sandboxed or downloaded.
class MediaService final : public app::Service {
public:
    /// `academy` acts as svc_course.
    MediaService(db::Database academy, storage::ObjectStore& objects, const storage::UrlSigner& signer,
                 const Clock& clock);

    std::string_view name() const override { return "media"; }
    void mount(http::Router& router) override;

private:
    Task<http::Response> serve_signed(http::Request& request);
    Task<http::Response> serve_public(http::Request& request);
    Task<http::Response> send(http::Request& request, std::optional<store::MediaFile> file, std::string cache_control);

    db::Database academy_;
    storage::ObjectStore& objects_;
    const storage::UrlSigner& signer_;
    const Clock& clock_;
};

/// How a file of this type may be shown: the headers that make it safe on our own origin.
struct MediaPolicy {
    bool is_inline = false;
    std::string content_security_policy;
};
/// `is_framed`: the browser says the request comes from a frame (Sec-Fetch-Dest: iframe).
MediaPolicy media_policy(std::string_view content_type, bool is_framed);

}  // namespace tt::course
