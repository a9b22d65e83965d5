#include "platform/http/client.hpp"
#include "platform/http/tests/edge_kit.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <filesystem>
#include <fstream>

namespace platform::http {
namespace {

namespace ssl = asio::ssl;
using tcp = asio::ip::tcp;

struct Identity {
    std::string key_pem;
    std::string certificate_pem;
};

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(memory);
    return text;
}

/// A self-signed certificate for one DNS name, valid for an hour.
Identity make_identity(const std::string& name) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, subject);
    const std::string alternative = "DNS:" + name;
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_sign(certificate, key, EVP_sha256());

    Identity identity;
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
    identity.key_pem = text_of(memory);
    memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, certificate);
    identity.certificate_pem = text_of(memory);
    X509_EXTENSION_free(extension);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return identity;
}

/// Answers one request per connection over TLS.
class TlsPeer {
public:
    explicit TlsPeer(const Identity& identity)
        : tls_(ssl::context::tls_server), acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        tls_.use_private_key(asio::buffer(identity.key_pem), ssl::context::pem);
        tls_.use_certificate(asio::buffer(identity.certificate_pem), ssl::context::pem);
        thread_ = std::thread([this] { serve(); });
    }
    ~TlsPeer() {
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        thread_.join();
    }
    std::string url() const { return "https://localhost:" + std::to_string(acceptor_.local_endpoint().port()) + "/x"; }

private:
    void serve() {
        while (true) {
            boost::system::error_code error;
            ssl::stream<tcp::socket> stream(io_, tls_);
            acceptor_.accept(stream.next_layer(), error);
            if (error) return;
            stream.handshake(ssl::stream_base::server, error);
            if (error) continue;
            std::array<char, 4096> buffer;
            stream.read_some(asio::buffer(buffer), error);
            asio::write(stream,
                        asio::buffer("HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\nsecure", 63),
                        error);
            stream.shutdown(error);
        }
    }

    asio::io_context io_;
    ssl::context tls_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

Task<void> send_into(Client& client, std::string url, ClientResponse& out) {
    ClientRequest request;
    request.url = std::move(url);
    out = co_await client.send(std::move(request));
}

class ClientTlsTest : public testing::Test {
protected:
    ~ClientTlsTest() override { std::filesystem::remove(ca_file); }
    ClientOptions trusting(const Identity& identity) {
        std::ofstream(ca_file) << identity.certificate_pem;
        ClientOptions options;
        options.ca_file = ca_file;
        return options;
    }
    std::string ca_file = std::filesystem::temp_directory_path() / ("tt-http-ca-" + std::to_string(::getpid()));
    TestEdge edge;
};

TEST_F(ClientTlsTest, VerifiesTheChainAndTheName) {
    const Identity good = make_identity("localhost");
    const TlsPeer peer(good);
    Client client(edge.runtime(), trusting(good));
    ClientResponse response;
    edge.run(send_into(client, peer.url(), response));
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, "secure");
}

TEST_F(ClientTlsTest, RefusesUnknownIssuersAndOtherNames) {
    ClientResponse response;
    const Identity good = make_identity("localhost");
    const TlsPeer peer(good);
    Client strict(edge.runtime());
    EXPECT_THROW(edge.run(send_into(strict, peer.url(), response)), ClientError);

    const Identity other = make_identity("other.example");
    const TlsPeer impostor(other);
    Client client(edge.runtime(), trusting(other));
    EXPECT_THROW(edge.run(send_into(client, impostor.url(), response)), ClientError);
}

}  // namespace
}  // namespace platform::http
