#pragma once

#include "api-gateway/src/gateway.hpp"
#include "services/course-service/src/catalogue.hpp"
#include "services/course-service/src/import/import_service.hpp"
#include "services/course-service/src/import/importer.hpp"
#include "services/course-service/src/media_service.hpp"
#include "services/course-service/src/service.hpp"
#include "services/progress-service/src/service.hpp"
#include "services/rest-service/src/service.hpp"
#include "services/user-service/contract/profile_directory.hpp"
#include "shared/host/host.hpp"

#include <memory>

namespace tt::composition {

class SiteBackend;

/// The academy's half: courses, progress and certificates on the academy database, behind the academy gateway. It needs
/// the site only to sign people in and to hear of changed profiles; signed-in learners go on without it.
class AcademyBackend {
public:
    /// `issuer` and `profiles` belong to the site: its own objects in one process, HTTP clients otherwise.
    AcademyBackend(Host& host, Issuer& issuer, user::ProfileDirectory& profiles);

    /// Opens the gateway. `site` is the other half when it lives in this process; else sign-in is forwarded to it.
    void serve(SiteBackend* site);

    course::import::Importer& importer() { return importer_; }
    progress::ProgressService& progress() { return progress_; }
    course::CourseService& courses() { return courses_; }
    /// Mounts every route, for the API document.
    void mount(http::Router& router);
    Task<std::size_t> seed(std::filesystem::path folder);

private:
    Host& host_;
    user::ProfileDirectory& profiles_;
    course::CourseCatalogue catalogue_;
    progress::ProgressService progress_;
    course::CourseService courses_;
    course::MediaService media_;
    course::import::Importer importer_;
    course::import::ImportService imports_;
    rest::RestService rest_;
    gateway::Gateway gateway_;
};

}  // namespace tt::composition
