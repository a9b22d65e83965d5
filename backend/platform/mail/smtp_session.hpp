#pragma once

// Private to this module: one SMTP conversation of the development inbox.

#include "platform/core/runtime.hpp"
#include "platform/mail/inbox.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <memory>

namespace platform::mail {

using SmtpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

/// Speaks RFC 5321 until QUIT, an error, too many mistakes or the time limit; never throws.
Task<void> serve_smtp(std::shared_ptr<SmtpSocket> socket, const InboxConfig& config, InboxStore& store,
                      const Clock& clock);

}  // namespace platform::mail
