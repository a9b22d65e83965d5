#include "platform/testing/redis_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace platform::testing {
namespace {

using boost::asio::ip::tcp;

constexpr int start_attempts = 200;
constexpr std::chrono::milliseconds start_attempt_gap{25};

const auto loopback = boost::asio::ip::make_address("127.0.0.1");

std::uint16_t free_port() {
    boost::asio::io_context context;
    return tcp::acceptor(context, tcp::endpoint(loopback, 0)).local_endpoint().port();
}

bool answers(std::uint16_t port) {
    boost::asio::io_context context;
    boost::system::error_code error;
    tcp::socket(context).connect(tcp::endpoint(loopback, port), error);
    return !error;
}

[[noreturn]] void become_redis(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> options) : options_(std::move(options)), port_(free_port()) {
    start();
}

RedisServer::~RedisServer() {
    kill();
}

void RedisServer::start() {
    std::vector<std::string> words{"redis-server", "--port", std::to_string(port_), "--bind", "127.0.0.1",
                                   "--save",       "",       "--appendonly",        "no"};
    words.insert(words.end(), options_.begin(), options_.end());
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot start redis-server");
    if (pid_ == 0) become_redis(std::move(words));
    for (int i = 0; i < start_attempts; ++i) {
        if (answers(port_)) return;
        if (::waitpid(pid_, nullptr, WNOHANG) == pid_) break;
        std::this_thread::sleep_for(start_attempt_gap);
    }
    throw std::runtime_error("redis-server does not answer");
}

void RedisServer::kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

void RedisServer::freeze() const {
    ::kill(pid_, SIGSTOP);
}

void RedisServer::thaw() const {
    ::kill(pid_, SIGCONT);
}

}  // namespace platform::testing
