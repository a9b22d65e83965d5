#include "apps/trendtactics/commands.hpp"

#include "apps/trendtactics/academy_backend.hpp"
#include "apps/trendtactics/site_backend.hpp"
#include "platform/http/openapi.hpp"
#include "shared/host/issuer.hpp"

#include <iostream>
#include <memory>

namespace tt::composition {
namespace {

/// The halves this process holds. What the academy needs of a site that lives elsewhere it gets over HTTP.
struct Halves {
    Halves(Host& host, const CommandLine& line) {
        if (line.role != "academy") site = std::make_unique<SiteBackend>(host, line.auth);
        if (line.role == "site") return;
        if (!site) {
            remote_issuer = std::make_unique<Issuer>(host, line.settings.server.site_url, line.role);
            remote_profiles = user::make_http_profile_directory(host.service_client(), line.settings.server.site_url);
        }
        academy = std::make_unique<AcademyBackend>(host, site ? site->issuer() : *remote_issuer,
                                                   site ? site->users() : *remote_profiles);
    }

    std::unique_ptr<SiteBackend> site;
    std::unique_ptr<Issuer> remote_issuer;
    std::unique_ptr<user::ProfileDirectory> remote_profiles;
    std::unique_ptr<AcademyBackend> academy;
};

progress::RebuildScope rebuild_scope(const std::vector<std::string>& words) {
    progress::RebuildScope scope;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "--user") scope.user = UserId::parse(words[i + 1]);
        if (words[i] == "--course") scope.course = CourseId::parse(words[i + 1]);
    }
    const bool is_everyone = words.size() == 1 && words[0] == "--all";
    if (!is_everyone && !scope.user && !scope.course) {
        throw config::ConfigError("rebuild-progress needs --all, --user ID or --course ID");
    }
    return scope;
}

}  // namespace

int serve(const CommandLine& line) {
    if (line.role.ends_with("-gateway")) return serve_gateway(line);
    Host host(line.settings);
    Halves halves(host, line);
    if (halves.site) halves.site->serve();
    if (halves.academy) halves.academy->serve(halves.site.get());
    return host.run();
}

int seed(const CommandLine& line) {
    Host host(line.settings);
    Halves halves(host, line);
    const auto folder = line.settings.paths.root / "database/seeds";
    host.run_once([&]() -> Task<void> {
        const auto changed = co_await halves.site->content().seed(folder / "site");
        if (!changed) throw std::runtime_error(changed.error().message);
        std::cout << "website: " << *changed << " changed\n";
        const auto courses = co_await halves.academy->seed(folder / "academy");
        std::cout << "academy: " << courses << " sample courses\n";
    });
    return 0;
}

int import_course(const CommandLine& line) {
    if (line.words.size() != 1) throw config::ConfigError("import needs one file");
    Host host(line.settings);
    Halves halves(host, line);
    int status = 0;
    host.run_once([&]() -> Task<void> {
        // Told a few times a second; a line is worth printing when the stage changes or a tenth is done.
        const auto listener = [last = std::string()](std::string_view stage, int percent) mutable {
            const std::string step = std::string(stage) + ' ' + std::to_string(percent / 10 * 10) + " %";
            if (step == last) return;
            last = step;
            std::cerr << step << std::endl;
        };
        const auto report = co_await halves.academy->importer().import_archive(line.words[0], listener);
        if (report) {
            std::cout << *report << '\n';
        } else {
            std::cerr << report.error().reason << ": " << report.error().message << '\n';
            status = 1;
        }
    });
    return status;
}

int migrate_users(const CommandLine& line) {
    if (line.words.empty()) throw config::ConfigError("migrate-users needs a file, or several");
    Host host(line.settings);
    Halves halves(host, line);
    host.run_once([&]() -> Task<void> {
        const std::vector<std::filesystem::path> files(line.words.begin(), line.words.end());
        const auto tell = [](const std::string& what) { std::cerr << what << '\n'; };
        const auto report = co_await halves.site->auth().migration().run(files, tell);
        std::cout << json::write(report) << '\n';
    });
    return 0;
}

int rebuild_progress(const CommandLine& line) {
    const auto scope = rebuild_scope(line.words);
    Host host(line.settings);
    Halves halves(host, line);
    std::int64_t differences = 0;
    host.run_once([&]() -> Task<void> {
        const auto report = co_await halves.academy->progress().rebuild(scope);
        std::cout << json::write(report) << '\n';
        differences = report.differences;
    });
    return differences == 0 ? 0 : 1;
}

int rotate_keys(const CommandLine& line) {
    Host host(line.settings);
    Halves halves(host, line);
    host.run_once([&]() -> Task<void> {
        const Time signs_from = co_await halves.site->auth().signing_keys().rotate();
        std::cout << "the next key is published and signs from " << to_rfc3339(signs_from) << '\n';
    });
    return 0;
}

int print_keys(const CommandLine& line) {
    const Host host(line.settings);
    std::cout << "ANON_KEY=" << host.api_key("anon") << "\nSERVICE_ROLE_KEY=" << host.api_key("service_role") << '\n';
    return 0;
}

int print_openapi(const CommandLine& line) {
    Host host(line.settings);
    Halves halves(host, line);
    http::Router router;
    halves.site->mount(router);
    halves.academy->mount(router);
    std::cout << http::to_yaml(router.openapi({.title = "TrendTactics API",
                                               .version = "1",
                                               .description = "Both halves: site and academy. /auth/v1 and /rest/v1 "
                                                              "speak the wire of supabase clients."}));
    return 0;
}

}  // namespace tt::composition
