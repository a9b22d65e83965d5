#pragma once

#include "platform/app/service.hpp"
#include "platform/http/router.hpp"
#include "services/progress-service/contract/progress_client.hpp"

namespace tt::progress {

/// A ProgressClient over HTTP, for services in other processes. Only a process that stands alone mounts it.
class ProgressInternalApi final : public app::Service {
public:
    explicit ProgressInternalApi(ProgressClient& client) : client_(client) {}

    std::string_view name() const override { return "progress-internal"; }
    void mount(http::Router& router) override;

private:
    ProgressClient& client_;
};

}  // namespace tt::progress
