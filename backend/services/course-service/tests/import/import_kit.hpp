#pragma once

#include "platform/db/pool.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/course-service/src/import/import_service.hpp"
#include "services/course-service/src/media_service.hpp"
#include "services/course-service/tests/import/small_course.hpp"
#include "shared/middleware/error_shapes.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>

namespace tt::course::import::testing {

using namespace platform::testing;

inline db::PoolConfig pool_config(const std::string& url) {
    db::PoolConfig config;
    config.conninfo = url;
    return config;
}

/// The importer and the media routes on a database and an object store of their own.
class ImportKit {
public:
    ImportKit()
        : pool(runtime.get(), pool_config(database.url_as("tt_academy"))),
          academy(pool.database("svc_course")),
          objects(scratch.path() / "objects", runtime.get()),
          importer(runtime.get(), academy, objects.directory(), scratch.path() / "work", clock),
          service(importer),
          signer({std::string(32, 's')}),
          media(academy, objects, signer, clock) {
        use_error_shapes(router);
        service.mount(router);
        media.mount(router);
    }
    ~ImportKit() { runtime.stop(); }

    Result<std::string> import(const std::filesystem::path& archive) {
        return runtime.run(importer.import_archive(archive));
    }
    Result<std::string> import_files(const Files& files) {
        write_archive(files, scratch.path() / "in.tar.gz");
        return import(scratch.path() / "in.tar.gz");
    }

    http::Response send(http::Request request, std::vector<std::string> roles = {}) {
        Principal caller;
        if (!roles.empty()) {
            caller.role = "authenticated";
            caller.user_id = UserId::make();
            caller.roles = std::move(roles);
        }
        request.attach(std::move(caller));
        return runtime.run(dispatch(router, std::move(request)));
    }
    http::Response get(const std::string& target, std::vector<std::string> roles = {}) {
        http::Request request;
        request.target = target;
        return send(std::move(request), std::move(roles));
    }

    int count(const std::string& from) const { return std::stoi(database.scalar("SELECT count(*) FROM " + from)); }

    TestRuntime runtime{2};
    TestDb database{std::string("academy")};
    ScratchFolder scratch;
    SystemClock clock;
    db::Pool pool;
    db::Database academy;
    storage::FileStore objects;
    Importer importer;
    ImportService service;
    storage::UrlSigner signer;
    MediaService media;
    http::Router router;

private:
    static Task<http::Response> dispatch(const http::Router& router, http::Request request) {
        co_return co_await router.dispatch(request);
    }
};

inline std::string code_of(const http::Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr || text->empty()) return "";
    const auto body = boost::json::parse(*text);
    return std::string(body.at("code").as_string());
}

}  // namespace tt::course::import::testing
