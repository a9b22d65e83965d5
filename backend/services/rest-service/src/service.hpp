#pragma once

#include "platform/app/service.hpp"
#include "platform/restql/engine.hpp"
#include "platform/restql/schema/reload.hpp"
#include "shared/types/prelude.hpp"

namespace tt::rest {

/// The data API of one half: /rest/v1 over schema public, as the caller's role with the caller's claims. What a row
/// level security policy does not show does not exist here.
class RestService final : public app::Service {
public:
    /// `database` acts as svc_platform for reading the catalogue; requests run in their own role. `url`: of the same
    /// database, for the session that listens for changes of the schema; empty: none is listened for.
    RestService(db::Database database, std::string url);

    std::string_view name() const override { return "rest"; }
    void mount(http::Router& router) override;
    Task<void> start() override;

private:
    Task<http::Response> answer(http::Request& request);

    restql::Engine engine_;
    restql::SchemaReloader reloader_;
};

}  // namespace tt::rest
