#pragma once

#include "apps/data-api/sources.hpp"
#include "platform/restql/auth/token.hpp"
#include "platform/restql/options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace data_api {

/// Everything that can be set, under PostgREST's names (data-api.md §5), and our own beyond them.
struct Settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 3000;
    std::string admin_host = "127.0.0.1";
    std::optional<std::uint16_t> admin_port{};
    unsigned io_threads = 0;  ///< 0: one per core

    std::string db_uri = "postgresql://";
    std::optional<std::string> replica_uri{};  ///< reads go there
    std::size_t pool = 10;
    std::int64_t pool_acquisition_timeout_s = 10;
    bool has_prepared_statements = true;
    bool reads_database_settings = true;  ///< db-config
    std::optional<std::string> pre_config{};
    std::string channel = "pgrst";
    bool listens = true;

    platform::restql::Options options{};
    platform::restql::TokenConfig token{};
    bool secret_is_base64 = false;  ///< as it was given; token.secret is decoded

    std::vector<std::string> cors_origins{};  ///< empty: any
    std::optional<std::string> trace_header{};
    std::string log_level = "error";
};

/// Every setting's name, for the command line's check.
const std::vector<std::string_view>& setting_names();
/// Error: SettingError.
Settings read_settings(const Sources& sources, const std::vector<std::pair<std::string, std::string>>& app_settings);
/// `name = value` lines, sorted; what parse_config_file() reads. Secrets are shown, as the original does.
std::string dump(const Settings& settings);

}  // namespace data_api
