#include "services/progress-service/src/personal_data.hpp"

#include "platform/events/outbox.hpp"
#include "platform/json/json.hpp"
#include "services/progress-service/contract/progress_events.hpp"
#include "services/progress-service/src/store/personal_data_sql.hpp"

#include <boost/json.hpp>

namespace tt::progress {

struct ErasedFiles {
    std::vector<std::string> keys;
};
BOOST_DESCRIBE_STRUCT(ErasedFiles, (), (keys))

Task<PersonalData> personal_data_of(db::Database academy, PersonalDataOwner owner) {
    PersonalData data;
    auto progress = co_await academy.one<json::Raw>(sql::progress_of, owner.user_id);
    auto attempts = co_await academy.one<json::Raw>(sql::quiz_attempts_of, owner.user_id);
    auto certificates = co_await academy.one<json::Raw>(sql::certificates_of, owner.user_id);
    data.parts.push_back({"progress", std::move(progress)});
    data.parts.push_back({"quiz_attempts", std::move(attempts)});
    data.parts.push_back({"certificates", std::move(certificates)});
    co_return data;
}

Task<void> erase_learner(db::Tx& tx, events::Event event, Time now) {
    const auto payload = boost::json::parse(event.payload).as_object();
    const ProgressErased erased{UserId::parse(payload.at("user_id").as_string()).value()};
    co_await tx.execute(sql::erase_learning, erased.user_id);
    ErasedFiles files;
    files.keys = co_await tx.many<std::string>(sql::withdraw_certificates, erased.user_id, now);
    if (!files.keys.empty()) {
        jobs::NewJob job{.queue = std::string(erased_files_queue), .payload = json::write(files)};
        co_await jobs::enqueue(tx, std::move(job));
    }
    co_await events::append(tx, erased);
}

Task<void> remove_erased_files(storage::ObjectStore& objects, jobs::Job job) {
    const auto files = json::parse<ErasedFiles>(job.payload).value();
    for (const auto& key : files.keys) co_await objects.remove(key);
}

}  // namespace tt::progress
