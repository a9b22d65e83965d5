#include "services/auth-service/src/domain/redirect.hpp"

#include "services/auth-service/src/domain/link_scanner.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/domain/pkce.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

const RedirectRules strict{{"https://site.test", "http://academy.test:8001"}, {}};

TEST(AllowedRedirect, OurOwnSites) {
    EXPECT_EQ(allowed_redirect("https://site.test/welcome?x=1", strict), "https://site.test/welcome?x=1");
    EXPECT_EQ(allowed_redirect("http://academy.test:8001/a#frag", strict), "http://academy.test:8001/a");
}

// S024: what looks like ours and is not.
TEST(AllowedRedirect, S024ForeignAddressesAreRefused) {
    for (const char* target :
         {"", "https://site.test.evil/", "https://evil/https://site.test", "//evil", "/relative", "\\\\evil",
          "https://site.test@evil/", "https://site.test:444/", "http://site.test/", "javascript:alert(1)",
          "https://site.test\\@evil/", "https://evil\t.test/", "https:site.test", "https://[::1]/",
          "https://2130706433/", "https://8.8.8.8/", "https://0x7f.1/", "https://127.1/", "http://127.0.0.1:9/"}) {
        EXPECT_FALSE(allowed_redirect(target, strict)) << target;
    }
    EXPECT_FALSE(allowed_redirect("https://site.test/" + std::string(3000, 'x'), strict));
}

// RFC 8252 §7.3: programs of this machine listen on any port.
TEST(AllowedRedirect, LoopbackMayUseAnyPort) {
    const RedirectRules here{{"http://127.0.0.1:8000", "http://localhost:8000"}, {}};
    EXPECT_TRUE(allowed_redirect("http://127.0.0.1:5173/x", here));
    EXPECT_TRUE(allowed_redirect("http://localhost:1/x", here));
    EXPECT_FALSE(allowed_redirect("https://127.0.0.1:5173/x", here)) << "the scheme counts";
    EXPECT_FALSE(allowed_redirect("http://127.0.0.2:8000/x", here));
}

TEST(AllowedRedirect, PatternsAreExplicit) {
    const RedirectRules rules{{}, {"https://*.preview.test/**", "com.example.app://login", "https://8.8.8.8/**"}};
    EXPECT_TRUE(allowed_redirect("https://pr-7.preview.test/a/b?c=d", rules));
    EXPECT_TRUE(allowed_redirect("com.example.app://login", rules));
    EXPECT_FALSE(allowed_redirect("https://a.b.preview.test/", rules)) << "a star stops at a dot";
    EXPECT_FALSE(allowed_redirect("https://evil.test/.preview.test/", rules)) << "and at a slash";
    EXPECT_FALSE(allowed_redirect("com.example.app://login/more", rules));
    EXPECT_FALSE(allowed_redirect("https://8.8.8.8/", rules)) << "never a number of a stranger";
    EXPECT_FALSE(allowed_redirect("https://x%2eevil.preview.test/", rules));
}

// §3 row 2: programs that follow links.
TEST(LinkScanner, ProgramsAndPreviewsAreNoPeople) {
    const std::string_view firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
    EXPECT_FALSE(is_link_scanner({firefox, "", "document"}));
    EXPECT_FALSE(is_link_scanner({firefox, "", ""}));
    EXPECT_TRUE(is_link_scanner({firefox, "prefetch;prerender", "document"}));
    EXPECT_TRUE(is_link_scanner({firefox, "", "image"}));
    EXPECT_TRUE(is_link_scanner({"", "", ""}));
    EXPECT_TRUE(is_link_scanner({"Slackbot-LinkExpanding 1.0", "", ""}));
    EXPECT_TRUE(is_link_scanner({"Mozilla/5.0 BingPreview/1.0b", "", ""}));
}

TEST(NormalizedPhone, IsE164WithoutThePlus) {
    EXPECT_EQ(normalized_phone("+34 600 111 222"), "34600111222");
    EXPECT_EQ(normalized_phone("1234567890"), "1234567890");
    for (const char* wrong : {"", "+", "0123", "1", "12a", "+12-34", "1234567890123456"}) {
        EXPECT_FALSE(normalized_phone(wrong)) << wrong;
    }
}

// RFC 7636, appendix B.
TEST(Pkce, IsProvenByItsVerifierOnly) {
    const auto pkce = pkce_of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "S256", false);
    ASSERT_TRUE(pkce);
    EXPECT_TRUE(pkce->is_proven_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    EXPECT_FALSE(pkce->is_proven_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"));
    EXPECT_FALSE(pkce->is_proven_by(""));
}

TEST(Pkce, RefusesWhatIsNoChallenge) {
    const std::string good(43, 'a');
    EXPECT_TRUE(pkce_of("", "", false)->challenge.empty());
    EXPECT_TRUE(pkce_of(good, "plain", true));
    EXPECT_FALSE(pkce_of(good, "plain", false)) << "RFC 9700: plain only where it is asked for";
    EXPECT_FALSE(pkce_of(good, "", false));
    EXPECT_FALSE(pkce_of("", "s256", false));
    EXPECT_FALSE(pkce_of(good, "s512", false));
    EXPECT_FALSE(pkce_of(good.substr(1), "s256", false));
    EXPECT_FALSE(pkce_of(std::string(129, 'a'), "s256", false));
    EXPECT_FALSE(pkce_of(std::string(43, '+'), "s256", false));
}

}  // namespace
}  // namespace tt::auth
