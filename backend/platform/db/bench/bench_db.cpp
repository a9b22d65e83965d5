// bench-db URL CLIENTS SECONDS bare|context: how many one-row reads one io thread of the pool makes per second, as the
// login role and nothing else (bare), or as the data API does them (context: role, claims, method, path, search path
// and deadline). Every read is a transaction. Beside pgbench by measure.sh.
#include "platform/db/pool.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

namespace {

using namespace platform;

constexpr db::Query read_page{"read_page", "SELECT id, title, body FROM bench_pages WHERE id = $1"};
constexpr int page_count = 1000;

struct Page {
    int id = 0;
    std::string title;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(Page, (), (id, title, body))

struct Tally {
    std::uint64_t done = 0;
    bool is_over = false;
};

db::Context context_of_request() {
    db::Context context{.role = "authenticated", .read_only = true};
    context.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(8);
    context.search_path = {"public"};
    context.settings = {
        {"request.jwt.claims", R"({"sub":"0190aaaa-0000-7000-8000-000000000001","role":"authenticated",)"
                               R"("email":"someone@example.com","session_id":"0190aaaa-0000-7000-8000-)"
                               R"(000000000002","exp":1900000000})"},
        {"request.method", "GET", true},
        {"request.path", "/rest/v1/bench_pages", true}};
    return context;
}

Task<void> client(db::Database database, Tally& tally, bool has_context) {
    std::minstd_rand random{std::random_device{}()};
    while (!tally.is_over) {
        const int id = static_cast<int>(random() % page_count) + 1;
        db::Context context = has_context ? context_of_request() : db::Context{};
        const db::Rows rows = co_await database.run(std::move(context), read_page, db::make_params(id));
        if (rows.one<Page>().id != id) std::abort();
        ++tally.done;
    }
}

Task<void> stop_after(Runtime& runtime, Tally& tally, std::chrono::seconds duration) {
    co_await sleep_for(std::chrono::milliseconds(500));  // connections, plans
    tally.done = 0;
    const std::clock_t before = std::clock();
    co_await sleep_for(duration);
    const double cpu_s = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    tally.is_over = true;
    const auto done = static_cast<double>(tally.done);
    std::printf("tx_per_second=%.0f client_cpu_us_per_tx=%.1f\n", done / static_cast<double>(duration.count()),
                1e6 * cpu_s / done);
    runtime.stop();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) {
        std::fprintf(stderr, "usage: bench-db URL CLIENTS SECONDS bare|context\n");
        return 2;
    }
    const int clients = std::atoi(arguments[2]);
    const bool has_context = std::string_view(arguments[4]) == "context";
    Runtime runtime(1);
    db::PoolConfig config;
    config.conninfo = arguments[1];
    config.connections_per_thread = static_cast<std::size_t>(clients);
    db::Pool pool(runtime, config);
    Tally tally;
    for (int i = 0; i < clients; ++i) runtime.spawn(0, client(pool.database({}), tally, has_context));
    runtime.spawn(0, stop_after(runtime, tally, std::chrono::seconds(std::atoi(arguments[3]))));
    runtime.run();
}
