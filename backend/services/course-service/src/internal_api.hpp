#pragma once

#include "platform/app/service.hpp"
#include "platform/http/router.hpp"
#include "services/course-service/contract/course_client.hpp"

namespace tt::course {

/// A CourseClient over HTTP, for services in other processes. Only a process that stands alone mounts it: where all
/// services share one process nobody needs these routes, and answer keys have no address at all.
class CourseInternalApi final : public app::Service {
public:
    explicit CourseInternalApi(CourseClient& client) : client_(client) {}

    std::string_view name() const override { return "course-internal"; }
    void mount(http::Router& router) override;

private:
    CourseClient& client_;
};

}  // namespace tt::course
