#include "services/content-service/src/seed_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tt::content {
namespace {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Code::not_found, "seed_unreadable", "cannot read " + path.string()};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::filesystem::path> markdown_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Task<Result<bool>> seed_post(Blog& blog, std::filesystem::path file) {
    const auto text = read_file(file);
    if (!text) co_return text.error();
    auto draft = read_post_file(file.stem().string(), *text);
    if (!draft) co_return draft.error();
    co_return co_await blog.save(std::move(*draft));
}

Task<Result<bool>> seed_quiz(Growth& growth, std::filesystem::path file) {
    const auto text = read_file(file);
    if (!text) co_return text.error();
    auto quiz = json::parse<QuizDefinition>(*text);
    if (!quiz) co_return quiz.error();
    co_return co_await growth.save(std::move(*quiz));
}

}  // namespace

Task<Result<std::size_t>> seed_content(Blog& blog, Growth& growth, std::filesystem::path folder) {
    std::size_t changed = 0;
    for (auto& file : markdown_files(folder / "posts")) {
        const auto saved = co_await seed_post(blog, file);
        if (!saved) co_return saved.error();
        changed += *saved ? 1 : 0;
    }
    const auto saved = co_await seed_quiz(growth, folder / "growth-quiz.json");
    if (!saved) co_return saved.error();
    co_return changed + (*saved ? 1 : 0);
}

}  // namespace tt::content
