#pragma once

#include "platform/http/router.hpp"
#include "platform/http/signing_client.hpp"
#include "shared/types/personal_data.hpp"

#include <memory>

namespace tt {

/// POST /internal/v1/personal-data/{name}, for services only.
void mount_personal_data(http::Router& router, std::string name, PersonalDataSource& source);

/// The same source in another process.
std::unique_ptr<PersonalDataSource> make_http_personal_data(http::SigningClient client, std::string base_url,
                                                            std::string name, std::vector<std::string> part_names);

}  // namespace tt
