#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

#include <string>

namespace tt::content {

class Blog;
class Contact;
class Growth;
class Newsletter;

namespace api {

void mount_blog(http::Router& router, Blog& blog, const std::string& site_url);
void mount_newsletter(http::Router& router, Newsletter& newsletter);
void mount_growth_quiz(http::Router& router, Growth& growth);
void mount_contact(http::Router& router, Contact& contact);

}  // namespace api
}  // namespace tt::content
