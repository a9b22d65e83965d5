// Raw probes of the HTTP edge: gateway-security.md §6.3. Each is sent on a connection of its own; what follows a
// refused request must never be answered.
#include "platform/http/tests/edge_kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace platform::http {
namespace {

struct Probe {
    std::string name;
    std::string bytes;
    int status;
    int responses = 1;
};

void PrintTo(const Probe& probe, std::ostream* out) {
    *out << probe.name;
}

/// Left behind by a body that the server and a proxy would delimit differently.
const std::string smuggled = "GET /ok HTTP/1.1\r\nHost: t\r\n\r\n";

std::string get_with(std::string_view fields) {
    return "GET /target HTTP/1.1\r\n" + std::string(fields) + "\r\n";
}

std::string post(std::string_view fields, std::string_view body) {
    return "POST /echo HTTP/1.1\r\nHost: t\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

std::string chunked(std::string_view body) {
    return post("Transfer-Encoding: chunked\r\n", body) + smuggled;
}

std::string with_target(std::string_view method, std::string_view target) {
    return std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
}

using namespace std::string_literals;

std::vector<Probe> framing_probes() {
    return {
        {"TeGzip", post("Transfer-Encoding: gzip\r\n", "x") + smuggled, 501},
        {"TeUnknown", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeIdentity", post("Transfer-Encoding: identity\r\n", "") + smuggled, 501},
        {"TeChunkedIdentity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeChunkedChunked", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeGzipChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeTwice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n") + smuggled, 400},
        {"TeEmpty", post("Transfer-Encoding: \r\n", "") + smuggled, 501},
        {"TeQuoted", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeVerticalTab", post("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n") + smuggled, 400},
        {"TeSpaceBeforeColon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n") + smuggled, 400},
        {"TeFolded", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n") + smuggled, 501},
        {"TeWithLength", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n") + smuggled, 400},
        {"TeAndLengthZero", post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n") + smuggled, 400},
        {"TeInHttp10", "POST /echo HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, 400},
        {"TeUpperCaseIsFine", post("TRANSFER-ENCODING: Chunked\r\nConnection: close\r\n", "2\r\nhi\r\n0\r\n\r\n"), 200},
        {"LengthTwiceSame", post("Content-Length: 2\r\nContent-Length: 2\r\n", "hi") + smuggled, 400},
        {"LengthTwiceDifferent", post("Content-Length: 2\r\nContent-Length: 3\r\n", "hi") + smuggled, 400},
        {"LengthList", post("Content-Length: 2, 2\r\n", "hi") + smuggled, 400},
        {"LengthPlus", post("Content-Length: +2\r\n", "hi") + smuggled, 400},
        {"LengthMinus", post("Content-Length: -1\r\n", "") + smuggled, 400},
        {"LengthHex", post("Content-Length: 0x2\r\n", "hi") + smuggled, 400},
        {"LengthEmpty", post("Content-Length: \r\n", "") + smuggled, 400},
        {"LengthFraction", post("Content-Length: 2.0\r\n", "hi") + smuggled, 400},
        {"LengthOverflow", post("Content-Length: 18446744073709551618\r\n", "hi") + smuggled, 400},
        {"LengthTopBit", post("Content-Length: 9223372036854775808\r\n", "hi") + smuggled, 400},
        {"LengthInnerSpace", post("Content-Length: 2 2\r\n", "hi") + smuggled, 400},
        {"LengthPadded", post("Content-Length: \t2 \r\nConnection: close\r\n", "hi"), 200},
        {"LengthZeros", post("Content-Length: 0002\r\nConnection: close\r\n", "hi"), 200},
        {"LengthUnderscore", post("Content_Length: 2\r\nConnection: close\r\n", ""), 200},
        {"BodyTooLarge", "POST /small HTTP/1.1\r\nHost: t\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x'), 413},
        {"BodyTooLargeChunked",
         "POST /small HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x') +
             "\r\n0\r\n\r\n" + smuggled,
         413},
        {"BodyTooLargeInChunks",
         "POST /small HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n33\r\n" + std::string(51, 'x') +
             "\r\n33\r\n" + std::string(51, 'x') + "\r\n0\r\n\r\n" + smuggled,
         413},
    };
}

std::vector<Probe> chunk_probes() {
    return {
        {"ChunkPlain", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n") + with_target("GET", "/ok"), 200,
         2},
        {"ChunkExtension",
         post("Transfer-Encoding: chunked\r\nConnection: close\r\n", "3;a=b;c=\"d\"\r\nabc\r\n0\r\n\r\n"), 200},
        {"ChunkBareLf", chunked("3\nabc\n0\n\n"), 400},
        {"ChunkSizeSign", chunked("+3\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeHexPrefix", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeEmpty", chunked("\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeNegative", chunked("-1\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeLetters", chunked("zz\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeOverflow", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkSizeHuge", chunked("7fffffffffffffff\r\nabc\r\n0\r\n\r\n"), 413},
        {"ChunkDataTooLong", chunked("2\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkDataWithoutCrlf", chunked("3\r\nabcXX0\r\n\r\n"), 400},
        {"ChunkExtensionBareLf", chunked("3;a\nb\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkExtensionNul", chunked("3;a\0b\r\nabc\r\n0\r\n\r\n"s), 400},
        {"ChunkExtensionLarge", chunked("3;a=" + std::string(9000, 'x') + "\r\nabc\r\n0\r\n\r\n"), 400},
        {"ChunkExtensionEndless", chunked("3;a=" + std::string(200'000, 'x')), 400},
        {"ChunkExtensionsTogetherLarge", chunked([] {
             std::string body;
             for (int i = 0; i < 100; ++i) body += "1;a=" + std::string(100, 'x') + "\r\ny\r\n";
             return body + "0\r\n\r\n";
         }()),
         400},
        {"TrailerEndless", chunked("0\r\nX: " + std::string(200'000, 'x')), 400},
        {"TrailerFoldedIsDropped",
         post("Transfer-Encoding: chunked\r\nConnection: close\r\n", "0\r\nX: a\r\n b\r\n\r\n"), 200},
        {"TrailerWithoutColon", chunked("0\r\nnonsense\r\n\r\n"), 400},
    };
}

std::vector<Probe> syntax_probes() {
    return {
        {"BareLfLines", "GET /ok HTTP/1.1\nHost: t\n\n", 400},
        {"BareLfInFields", "GET /ok HTTP/1.1\r\nHost: t\nX: y\r\n\r\n", 400},
        {"BareCrInValue", get_with("Host: t\r\nX: a\rb\r\n"), 400},
        {"BareCrInTarget", "GET /ok\rx HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"ObsFold", get_with("Host: t\r\nX: a\r\n b\r\n"), 400},
        {"ObsFoldTab", get_with("Host: t\r\nX: a\r\n\tb\r\n"), 400},
        {"FoldedFirstField", get_with(" Host: t\r\n"), 400},
        {"NulInValue", get_with("Host: t\r\nX: a\0b\r\n"s), 400},
        {"NulInName", get_with("Host: t\r\nX\0Y: a\r\n"s), 400},
        {"DelInValue", get_with("Host: t\r\nX: a\x7f\r\n"), 400},
        {"BellInValue", get_with("Host: t\r\nX: a\x07\r\n"), 400},
        {"SpaceInName", get_with("Host: t\r\nX Y: a\r\n"), 400},
        {"EmptyName", get_with("Host: t\r\n: a\r\n"), 400},
        {"NoColon", get_with("Host: t\r\nnonsense\r\n"), 400},
        {"NonAsciiName", get_with("Host: t\r\nX\xc3\xa4: a\r\n"), 400},
        {"NonAsciiValueIsFine", get_with("Host: t\r\nX: \xc3\xa4\r\nConnection: close\r\n"), 200},
        {"LowerCaseMethodUnknown", "get /ok HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", 405},
        {"MethodWithControl", "GE\x01T /ok HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"MethodMissing", " /ok HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"TwoSpaces", "GET  /ok HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"TabSeparators", "GET\t/ok\tHTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"SpaceInTarget", "GET /o k HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"NoVersion", "GET /ok\r\nHost: t\r\n\r\n", 400},
        {"VersionLowerCase", "GET /ok http/1.1\r\nHost: t\r\n\r\n", 400},
        {"VersionTwo", "GET /ok HTTP/2.0\r\nHost: t\r\n\r\n", 505},
        {"VersionTwelve", "GET /ok HTTP/1.12\r\nHost: t\r\n\r\n", 400},
        {"VersionZeroNine", "GET /ok HTTP/0.9\r\nHost: t\r\n\r\n", 505},
        {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
        {"LeadingBlankLine", "\r\n" + with_target("GET", "/ok"), 200},
        {"TwoLeadingBlankLines", "\r\n\r\n" + with_target("GET", "/ok"), 400},
        {"ExpectUnknown", post("Expect: 200-ok\r\nContent-Length: 2\r\n", "hi") + smuggled, 417},
        {"AuthorizationTwice", get_with("Host: t\r\nAuthorization: a\r\nAuthorization: b\r\n"), 400},
    };
}

std::vector<Probe> host_and_target_probes() {
    return {
        {"HostMissing", get_with(""), 400},
        {"HostTwice", get_with("Host: t\r\nHost: t\r\n"), 400},
        {"HostTwiceDifferent", get_with("Host: t\r\nHost: evil\r\n"), 400},
        {"HostEmpty", get_with("Host: \r\n"), 400},
        {"HostWithPath", get_with("Host: t/evil\r\n"), 400},
        {"HostWithUser", get_with("Host: me@t\r\n"), 400},
        {"HostWithSpace", get_with("Host: t evil\r\n"), 400},
        {"HostList", get_with("Host: t, evil\r\n"), 400},
        {"HostBadPort", get_with("Host: t:99999\r\n"), 400},
        {"HostPortLetters", get_with("Host: t:8a\r\n"), 400},
        {"HostUnclosedBracket", get_with("Host: [::1\r\n"), 400},
        {"HostIpLiteralNotServed", get_with("Host: [::1]:80\r\n"), 421},
        {"HostForeign", get_with("Host: evil.example\r\n"), 421},
        {"HostSuffixTrick", get_with("Host: t.evil.example\r\n"), 421},
        {"HostUpperCaseIsOurs", get_with("Host: T:8000\r\nConnection: close\r\n"), 200},
        {"Http10WithoutHost", "GET /ok HTTP/1.0\r\n\r\n", 200},
        {"AbsoluteFormOurs", "GET http://t/target?x=1 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", 200},
        {"AbsoluteFormForeign", "GET http://evil/target HTTP/1.1\r\nHost: evil\r\n\r\n", 421},
        {"AbsoluteFormDisagrees", "GET http://t/target HTTP/1.1\r\nHost: other\r\n\r\n", 400},
        {"AbsoluteFormUser", "GET http://me@t/target HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"AbsoluteFormOtherScheme", "GET ftp://t/target HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"AuthorityForm", "GET t:80 HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"Connect", "CONNECT t:80 HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"AsteriskGet", with_target("GET", "*"), 400},
        {"AsteriskOptions", with_target("OPTIONS", "*"), 204},
        {"RelativeTarget", with_target("GET", "ok"), 400},
        {"Fragment", with_target("GET", "/ok#x"), 400},
        {"NonAsciiTarget", with_target("GET", "/\xc3\xa4"), 400},
        {"BackslashTarget", with_target("GET", "/a\\b"), 400},
        {"EncodedSlash", with_target("GET", "/echo/a%2fb"), 400},
        {"EncodedNul", with_target("GET", "/echo/a%00b"), 400},
        {"EncodedBroken", with_target("GET", "/echo/a%zz"), 400},
        {"EncodedCutOff", with_target("GET", "/echo/a%2"), 400},
        {"EncodedNotUtf8", with_target("GET", "/echo/%ff"), 400},
        {"DotSegments", with_target("GET", "/echo/../ok"), 400},
        {"EncodedDotSegments", with_target("GET", "/echo/%2e%2e/ok"), 400},
        {"LongUrl", with_target("GET", "/target?" + std::string(60'000, 'x')), 200},
        {"TooLongUrl", with_target("GET", "/target?" + std::string(70'000, 'x')), 414},
        {"TooLongUrlUnfinished", "GET /target?" + std::string(70'000, 'x'), 414},
        {"HeaderTooLarge", get_with("Host: t\r\nX: " + std::string(17'000, 'x') + "\r\n"), 431},
        {"HeaderEndless", "GET /ok HTTP/1.1\r\nHost: t\r\nX: " + std::string(17'000, 'x'), 431},
        {"HeaderCount", get_with([] {
             std::string fields = "Host: t\r\n";
             for (int i = 0; i < 100; ++i) fields += "X: y\r\n";
             return fields;
         }()),
         431},
    };
}

class EdgeProbe : public testing::TestWithParam<Probe> {
protected:
    static void SetUpTestSuite() {
        ServerConfig config;
        config.allowed_hosts = {"t", "other"};
        edge = std::make_unique<TestEdge>(config);
    }
    static void TearDownTestSuite() { edge.reset(); }
    static inline std::unique_ptr<TestEdge> edge;
};

TEST_P(EdgeProbe, IsAnsweredOnceAndRight) {
    const int ok_before = edge->ok_count();
    RawSocket socket(edge->port());
    socket.send(GetParam().bytes);
    const std::string answer = socket.read_all();
    EXPECT_EQ(first_status(answer), GetParam().status) << answer.substr(0, 400);
    EXPECT_EQ(count_responses(answer), GetParam().responses) << answer.substr(0, 800);
    EXPECT_TRUE(socket.is_closed()) << "the connection must end";
    if (GetParam().status >= 400) EXPECT_EQ(edge->ok_count(), ok_before) << "a smuggled request was executed";
}

std::string name_of(const testing::TestParamInfo<Probe>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Framing, EdgeProbe, testing::ValuesIn(framing_probes()), name_of);
INSTANTIATE_TEST_SUITE_P(Chunks, EdgeProbe, testing::ValuesIn(chunk_probes()), name_of);
INSTANTIATE_TEST_SUITE_P(Syntax, EdgeProbe, testing::ValuesIn(syntax_probes()), name_of);
INSTANTIATE_TEST_SUITE_P(HostAndTarget, EdgeProbe, testing::ValuesIn(host_and_target_probes()), name_of);

}  // namespace
}  // namespace platform::http
