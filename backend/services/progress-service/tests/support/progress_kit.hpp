#pragma once

#include "platform/db/pool.hpp"
#include "platform/storage/file_store.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/progress-service/src/service.hpp"
#include "services/progress-service/tests/support/fake_courses.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <future>

namespace tt::progress::testing {

using namespace platform::testing;

struct Answered {
    unsigned status = 0;
    std::string body;
    http::Headers headers;

    boost::json::object json() const { return boost::json::parse(body).as_object(); }
    /// The error's code, or the empty string.
    std::string code() const;
};

/// The service on a database of its own, called through its router without a network.
class ProgressKit {
public:
    ProgressKit();
    ~ProgressKit();

    Answered call(const std::string& method, const std::string& target, const std::string& body = {},
                  std::optional<UserId> user = std::nullopt);
    /// The same without waiting, on one of two io threads.
    std::future<Answered> start(const std::string& method, const std::string& target, const std::string& body,
                                std::optional<UserId> user, std::size_t thread);

    template <class T>
    T run(Task<T> task) {
        return runtime.run(std::move(task));
    }

    /// A new learner of the course, with enrollment row.
    UserId enrolled(const std::string& name = "Ada Lovelace");

    std::string event(const std::string& verb, LessonId lesson, const std::string& data = {}) const;
    std::string event_with_id(const Uuid& id, const std::string& verb, LessonId lesson, const std::string& data) const;
    Answered report(UserId user, const std::vector<std::string>& events);

    std::string attempts_path() const;
    /// Starts an attempt; returns its JSON.
    boost::json::object started(UserId user);
    Answered answer(UserId user, const boost::json::object& attempt, int slot, const std::string& response, int seq);
    /// Answers everything right.
    void answer_all(UserId user, const boost::json::object& attempt, int seq = 1);
    /// Does all the course asks for.
    void complete(UserId user);

    std::string scalar(const std::string& sql) const { return database.scalar(sql); }

    TestRuntime runtime{2};
    TestDb database{std::string("academy")};
    db::Pool pool;
    FakeClock clock;
    FakeCourses courses;
    std::filesystem::path folder;
    storage::FileStore objects;
    ProgressService service;
    http::Router router;
    mutable std::int64_t sent = 0;  // numbers events as a device does
};

}  // namespace tt::progress::testing
