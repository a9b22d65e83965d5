#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/pool.hpp"
#include "platform/events/bus.hpp"
#include "platform/events/relay.hpp"
#include "platform/events/webhooks.hpp"
#include "platform/http/client.hpp"
#include "platform/jobs/jobs.hpp"
#include "shared/host/settings.hpp"
#include "shared/types/prelude.hpp"

#include <string>

namespace tt {

/// One half of the product as a process holds it: a database and the events, jobs, schedules and webhooks that live in
/// it. The two halves share nothing but the process, so either runs without the other.
class Side {
public:
    Side(Runtime& runtime, http::Client& client, std::string name, std::string conninfo,
         const DatabaseSettings& settings, trace::Tracer* tracer);

    const std::string& name() const { return name_; }
    /// The database's URL, for a session that no pool can hold.
    const std::string& url() const { return url_; }
    db::Database database(std::string role) const { return pool_.database(std::move(role)); }
    db::Pool& pool() { return pool_; }
    events::Bus& bus() { return bus_; }
    jobs::Worker& worker() { return worker_; }
    jobs::Scheduler& scheduler() { return scheduler_; }

    void start();
    Task<void> drain();

    static constexpr const char* platform_role = "svc_platform";

private:
    std::string name_;
    std::string url_;
    db::Pool pool_;
    events::Bus bus_;
    events::Relay relay_;
    jobs::Worker worker_;
    jobs::Scheduler scheduler_;
    events::WebhookSender webhooks_;
};

}  // namespace tt
