#pragma once

#include "platform/http/client.hpp"

#include <functional>
#include <utility>

namespace platform::http {

/// Adds to a complete request what proves who sends it.
using SignRequest = std::function<void(ClientRequest&)>;

/// A Client whose requests are signed: how a service speaks to another one. Cheap to copy.
class SigningClient {
public:
    SigningClient(Client& client, SignRequest sign) : client_(&client), sign_(std::move(sign)) {}

    /// Throws ClientError.
    Task<ClientResponse> send(ClientRequest request) const {
        sign_(request);
        return client_->send(std::move(request));
    }

private:
    Client* client_;
    SignRequest sign_;
};

}  // namespace platform::http
