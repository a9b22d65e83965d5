#pragma once

#include "platform/app/service.hpp"
#include "platform/restql/engine.hpp"
#include "shared/types/prelude.hpp"

namespace tt::rest {

/// The data API of one half: /rest/v1 over schema public, as the caller's role with the caller's claims. What a row
/// level security policy does not show does not exist here.
class RestService final : public app::Service {
public:
    /// `database` acts as svc_platform for reading the catalogue; requests run in their own role.
    explicit RestService(db::Database database) : engine_(std::move(database), {}) {}

    std::string_view name() const override { return "rest"; }
    void mount(http::Router& router) override;
    Task<void> start() override { return engine_.load_schema(); }

private:
    restql::Engine engine_;
};

}  // namespace tt::rest
