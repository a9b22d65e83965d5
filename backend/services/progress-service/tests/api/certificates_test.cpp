#include "platform/crypto/hash.hpp"
#include "platform/jobs/jobs.hpp"
#include "services/progress-service/src/domain/certificate_number.hpp"
#include "services/progress-service/tests/support/progress_kit.hpp"

#include <cstdio>
#include <fstream>

namespace tt::progress::testing {
namespace {

/// Output of a command of the PDF and QR tools; nothing where the tool is not installed.
std::optional<std::string> output_of(const std::string& command) {
    FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    if (!pipe) return std::nullopt;
    std::string out;
    std::array<char, 4096> chunk{};
    while (const auto n = std::fread(chunk.data(), 1, chunk.size(), pipe)) out.append(chunk.data(), n);
    return pclose(pipe) == 0 ? std::optional(out) : std::nullopt;
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

class CertificatesApi : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ProgressKit; }
    static void TearDownTestSuite() {
        delete kit_;
        kit_ = nullptr;
    }
    std::string count() const {
        return kit_->scalar("SELECT count(*) FROM public.certificates WHERE user_id = '" + to_string(user_) + "'");
    }
    std::string code() const {
        return kit_->scalar("SELECT verification_code FROM public.certificates WHERE user_id = '" + to_string(user_) +
                            "'");
    }
    std::filesystem::path save(const std::string& bytes, const std::string& name) const {
        const auto path = kit_->folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    inline static ProgressKit* kit_ = nullptr;
    UserId user_ = kit_->enrolled("Zoë Nuñez");
};

TEST_F(CertificatesApi, CompletionIssuesOneThatAnybodyCanVerify) {
    kit_->complete(user_);
    ASSERT_EQ(count(), "1");
    const auto shown = kit_->call("GET", "/api/v1/certificates/" + code());
    ASSERT_EQ(shown.status, 200U) << shown.body;
    const auto facts = shown.json();
    EXPECT_EQ(facts.at("recipient_name").as_string(), "Zoë Nuñez");
    EXPECT_EQ(facts.at("course_title").as_string(), "Tactics of Growth");
    EXPECT_EQ(facts.at("status").as_string(), "issued");
    EXPECT_EQ(boost::json::serialize(facts.at("grade_percent")), "100");
    EXPECT_EQ(boost::json::serialize(facts.at("hours")), "1.5E0");
    EXPECT_TRUE(is_certificate_number(std::string_view(facts.at("certificate_no").as_string())));
    EXPECT_EQ(shown.body.find(to_string(user_)), std::string::npos) << "no account data";
    const auto mine = kit_->call("GET", "/api/v1/me/certificates", {}, user_).json();
    EXPECT_EQ(mine.at("items").as_array().size(), 1U);
}

TEST_F(CertificatesApi, ThePdfRepeatsEveryFactAndItsQrOpensThePage) {
    kit_->complete(user_);
    const auto facts = kit_->call("GET", "/api/v1/certificates/" + code()).json();
    const auto pdf = kit_->call("GET", std::string(facts.at("pdf_url").as_string()));
    ASSERT_EQ(pdf.status, 200U);
    EXPECT_EQ(pdf.headers.find("Content-Type"), "application/pdf");
    EXPECT_EQ(crypto::sha256_hex(pdf.body), std::string(facts.at("pdf_sha256").as_string()));
    const auto path = save(pdf.body, "certificate.pdf");
    const auto text = output_of("pdftotext " + path.string() + " -");
    ASSERT_TRUE(text) << "pdftotext is missing";
    const std::string plain = without_spaces(*text);
    const std::string url = "http://127.0.0.1:8501/verify/" + code();
    for (const std::string fact : {"ZoëNuñez", "TacticsofGrowth", "100%", "1.5hours"}) {
        EXPECT_NE(plain.find(fact), std::string::npos) << fact << " in " << *text;
    }
    EXPECT_NE(plain.find(std::string(facts.at("certificate_no").as_string())), std::string::npos);
    EXPECT_NE(plain.find(url), std::string::npos);
    const auto picture = kit_->folder / "certificate";
    ASSERT_TRUE(output_of("pdftoppm -r 150 -png -singlefile " + path.string() + " " + picture.string()));
    const auto decoded = output_of("zbarimg -q --raw " + picture.string() + ".png");
    if (!decoded) GTEST_SKIP() << "zbarimg is not installed";
    EXPECT_EQ(without_spaces(*decoded), url);
}

TEST_F(CertificatesApi, TheFileIsTheSameAfterItsStoreLostIt) {
    kit_->complete(user_);
    const std::string path = "/api/v1/certificates/" + code() + "/pdf";
    const auto before = kit_->call("GET", path);
    const std::string key = crypto::sha256_hex(before.body);
    EXPECT_TRUE(kit_->run(kit_->objects.remove(key)));
    EXPECT_EQ(crypto::sha256_hex(kit_->call("GET", path).body), key);
    EXPECT_TRUE(kit_->run(kit_->objects.open(key)).has_value());
}

TEST_F(CertificatesApi, AskingAgainReturnsTheSame) {
    kit_->complete(user_);
    const auto again = kit_->call("POST", "/api/v1/courses/tactics/certificate", {}, user_);
    EXPECT_EQ(again.status, 200U) << again.body;
    EXPECT_EQ(std::string(again.json().at("verification_code").as_string()), code());
    EXPECT_EQ(count(), "1");
}

TEST_F(CertificatesApi, RefusesUntilTheRuleIsMet) {
    EXPECT_EQ(kit_->call("POST", "/api/v1/courses/tactics/certificate").status, 401U);
    EXPECT_EQ(kit_->call("POST", "/api/v1/courses/nowhere/certificate", {}, user_).code(), "course_not_found");
    EXPECT_EQ(kit_->call("POST", "/api/v1/courses/tactics/certificate", {}, UserId::make()).code(), "not_enrolled");
    const auto early = kit_->call("POST", "/api/v1/courses/tactics/certificate", {}, user_);
    EXPECT_EQ(early.status, 409U);
    EXPECT_EQ(early.code(), "not_eligible");
    EXPECT_EQ(count(), "0");
}

TEST_F(CertificatesApi, UnknownCodesAreNotFound) {
    for (const std::string code : {"0", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "00000000000000000000000000", "%27%20or%201"}) {
        EXPECT_EQ(kit_->call("GET", "/api/v1/certificates/" + code).status, 404U) << code;
        EXPECT_EQ(kit_->call("GET", "/api/v1/certificates/" + code + "/pdf").status, 404U) << code;
    }
}

TEST_F(CertificatesApi, ARevokedOneSaysSoAndHasNoFile) {
    kit_->complete(user_);
    kit_->database.exec("UPDATE public.certificates SET status = 'revoked', revoked_at = now() WHERE user_id = '" +
                        to_string(user_) + "'");
    EXPECT_EQ(kit_->call("GET", "/api/v1/certificates/" + code()).json().at("status").as_string(), "revoked");
    EXPECT_EQ(kit_->call("GET", "/api/v1/certificates/" + code() + "/pdf").status, 410U);
}

/// The process dies between the commit that completes the course and the certificate: the job of that commit issues
/// it, and however many try at once there is one.
TEST_F(CertificatesApi, TheJobOfTheCompletionIssuesWhatTheRequestCouldNot) {
    kit_->service.progress().on_completed({});
    kit_->complete(user_);
    EXPECT_EQ(count(), "0");
    std::vector<std::future<Result<IssuedCertificate>>> issues;
    for (std::size_t i = 0; i < 16; ++i) {
        issues.push_back(
            kit_->runtime.start(kit_->service.certificates().issue(user_, kit_->courses.course.course_id), i % 2));
    }
    int created = 0;
    for (auto& issue : issues) created += issue.get().value().created ? 1 : 0;
    EXPECT_EQ(created, 1);
    EXPECT_EQ(count(), "1");

    const UserId second = kit_->enrolled("Grace Hopper");
    kit_->complete(second);
    jobs::Worker worker(kit_->runtime.get(), kit_->pool.database("svc_platform"));
    kit_->service.work(worker);
    kit_->run([](jobs::Worker& w) -> Task<void> {
        w.start();
        co_return;
    }(worker));
    const std::string query = "SELECT count(*) FROM public.certificates WHERE user_id = '" + to_string(second) + "'";
    for (int i = 0; i < 200 && kit_->scalar(query) == "0"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(kit_->scalar(query), "1");
    kit_->run(worker.drain());
    kit_->service.progress().on_completed(
        [](UserId user, CourseId course) { return kit_->service.certificates().issue_after_commit(user, course); });
}

TEST(CertificatePage, SetsNamesOfAnyScriptTheSameWayTwice) {
    const Time day = *parse_rfc3339("2026-11-22T10:00:00Z");
    for (const std::string name :
         {"Łukasz Żółć", "王小明", "محمد بن سلمان", "प्रिया शर्मा", "Ngô Thị Hồng 🎓", "Αθηνά"}) {
        const CertificateFacts facts{name,
                                     "Growth — 成長 — النمو",
                                     "TrendTactics Academy",
                                     "TT-2026-0000000000000",
                                     std::string(26, '0'),
                                     "http://127.0.0.1:8001/verify/" + std::string(26, '0'),
                                     "87.5",
                                     "12",
                                     day};
        const std::string pdf = draw_certificate(facts);
        EXPECT_TRUE(pdf.starts_with("%PDF-1.5"));
        EXPECT_EQ(crypto::sha256_hex(pdf), crypto::sha256_hex(draw_certificate(facts))) << name;
    }
}

TEST(CertificatePage, LongFactsFitThePage) {
    std::string name;
    for (int i = 0; i < 30; ++i) name += "Maximilian ";
    const CertificateFacts facts{name,
                                 name + name,
                                 "TrendTactics Academy",
                                 "TT-2026-0000000000000",
                                 std::string(26, '0'),
                                 "http://academy.example.org/verify/" + std::string(26, '0'),
                                 {},
                                 {},
                                 *parse_rfc3339("2026-11-22T10:00:00Z")};
    EXPECT_TRUE(draw_certificate(facts).starts_with("%PDF"));
}

}  // namespace
}  // namespace tt::progress::testing
