#pragma once

#include "platform/http/static_files.hpp"

#include <string>
#include <string_view>

namespace platform::http {

/// index.html with its placeholders: <!--app-head--> (meta of the page; the shell's own <title> goes then) and
/// <!--app-body--> (pre-rendered content).
class PageShell {
public:
    explicit PageShell(std::string html) : html_(std::move(html)) {}
    std::string render(const PageMeta& meta) const;

private:
    std::string html_;
};

}  // namespace platform::http
