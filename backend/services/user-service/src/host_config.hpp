#pragma once

#include "services/course-service/contract/personal_data.hpp"
#include "services/progress-service/contract/personal_data.hpp"
#include "services/user-service/src/exports.hpp"
#include "shared/host/host.hpp"
#include "shared/utils/personal_data.hpp"

namespace tt::user {

/// The service's settings from those of the process that holds it.
inline ExportConfig export_config(const Host& host) {
    ExportConfig config;
    config.site_url = host.settings().server.site_url;
    config.link_key = host.derive_key("export-links");
    return config;
}

/// The academy's data, asked for through its gateway, wherever its services run.
class AcademyData {
public:
    explicit AcademyData(Host& host)
        : courses_(make_http_personal_data(host.service_client(), host.settings().server.academy_url, "courses",
                                           course::personal_data_parts())),
          progress_(make_http_personal_data(host.service_client(), host.settings().server.academy_url, "progress",
                                            progress::personal_data_parts())) {}

    PersonalDataSource& courses() { return *courses_; }
    PersonalDataSource& progress() { return *progress_; }

private:
    std::unique_ptr<PersonalDataSource> courses_;
    std::unique_ptr<PersonalDataSource> progress_;
};

/// What the academy is told of the site's people.
inline std::vector<std::string> academy_topics() {
    return {"profile.updated", "user.deleted"};
}

}  // namespace tt::user
