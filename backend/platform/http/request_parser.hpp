#pragma once

#include "platform/http/request.hpp"
#include "platform/http/server.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <string_view>

namespace platform::http {

/// Where the decoded body goes: memory or a file.
class BodyCollector {
public:
    virtual ~BodyCollector() = default;
    virtual void append(std::string_view bytes) = 0;
};

/// Beast's parser writing straight into a Request. Fields after the body (trailers) are dropped: Beast would merge
/// even a second Host into the message.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;

    RequestParser(Request& request, const ServerLimits& limits) : request_(request), limits_(limits) {
        header_limit(static_cast<std::uint32_t>(limits.request_line_bytes + limits.header_bytes + 64));
        body_limit(boost::none);  // known only after routing
        eager(true);
    }

    void collect(BodyCollector& collector) { collector_ = &collector; }
    bool has_too_many_chunks() const { return has_too_many_chunks_; }

private:
    void on_request_impl(boost::beast::http::verb, Text method, Text target, int, Error&) override {
        request_.method_text.assign(method.data(), method.size());
        request_.method = platform::http::parse_method(request_.method_text);
        request_.target.assign(target.data(), target.size());
    }
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(boost::beast::http::field, Text name, Text value, Error&) override {
        if (is_head_done_) return;
        request_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    void on_header_impl(Error&) override { is_head_done_ = true; }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override {}
    std::size_t on_body_impl(Text body, Error&) override {
        if (collector_) collector_->append({body.data(), body.size()});
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text extension, Error& error) override {
        extension_bytes_ += extension.size();
        ++chunk_count_;
        has_too_many_chunks_ = extension_bytes_ > limits_.chunk_extension_bytes || chunk_count_ > limits_.chunk_count;
        if (has_too_many_chunks_) error = boost::beast::http::error::bad_chunk;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& error) override {
        return on_body_impl(body, error);
    }
    void on_finish_impl(Error&) override {}

    Request& request_;
    const ServerLimits& limits_;
    BodyCollector* collector_ = nullptr;
    std::size_t extension_bytes_ = 0;
    std::size_t chunk_count_ = 0;
    bool is_head_done_ = false;
    bool has_too_many_chunks_ = false;
};

}  // namespace platform::http
