#pragma once

#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <string>
#include <string_view>
#include <vector>

/// How the tests of the parse stage write down what was understood: every part in one unambiguous text.
namespace platform::restql::parse_test {

std::string show(const Field& field);
std::string show(const std::vector<SelectItem>& items);
std::string show(const Operation& operation);
std::string show(const Condition& condition);
std::string show(const std::vector<OrderTerm>& terms);
std::string show(const Window& window);
std::string show(const std::vector<std::string>& names);
std::string show(const ParsedQuery& query);
std::string show(const Payload& payload);
std::string show(const MediaType& type);
/// status code message / details / hint
std::string show(const ApiError& error);

template <class T>
std::string outcome(const ApiResult<T>& result) {
    return result ? show(*result) : show(result.error());
}

struct Understood {
    std::string_view text;
    std::string_view understood;
};

/// A request as a client sends it. A body without a Content-Type is JSON.
struct Sent {
    std::string method = "GET";
    std::string target = "/items";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
};
ApiResult<ApiRequest> parse(const Sent& sent, const Options& options = {});

}  // namespace platform::restql::parse_test
