#include "services/course-service/src/lesson_blocks.hpp"

#include "platform/json/json.hpp"
#include "services/course-service/src/text_member.hpp"

#include <map>

namespace tt::course {

namespace {

using boost::json::object;

/// A file of one line with an address: it stands for a video that lies elsewhere and is itself no source.
constexpr std::string_view address_type = "text/uri-list";

std::optional<int> number(const object& content, std::string_view name) {
    const auto* value = content.if_contains(name);
    if (!value || !value->is_int64()) return std::nullopt;
    return static_cast<int>(value->get_int64());
}

class Renderer {
public:
    Renderer(const store::LessonContent& content, const std::vector<progress::QuizRules>& rules,
             const MediaLinks& links)
        : content_(content), links_(links) {
        for (const auto& rule : rules) rules_.emplace(rule.id, rule);
        for (const auto& block : content.blocks) by_parent_.emplace(block.parent_block_id, &block);
    }

    std::vector<api::Block> children_of(std::optional<BlockId> parent) const {
        std::vector<api::Block> blocks;
        const auto [first, last] = by_parent_.equal_range(parent);
        for (auto at = first; at != last; ++at) {
            if (at->second->quiz_id && !rules_.contains(*at->second->quiz_id)) continue;
            blocks.push_back(render(*at->second));
        }
        return blocks;
    }

private:
    api::Block render(const store::BlockRecord& record) const {
        // Written by our own writer; anything that is no object counts as empty.
        const auto parsed = json::parse_value(record.content.text);
        const object content = parsed && parsed->is_object() ? parsed->get_object() : object();
        api::Block block;
        block.id = record.id;
        block.kind = record.kind;
        block.title = text_member(content, "title");
        block.variant_key = record.variant_key;
        if (record.content_html) block.html = links_.html(*record.content_html);
        fill(block, record, content);
        block.children = children_of(record.id);
        return block;
    }

    void fill(api::Block& block, const store::BlockRecord& record, const object& content) const {
        const auto& kind = record.kind;
        if (kind == "video" || kind == "audio") {
            block.video = video(record, content);
        } else if (kind == "file" || kind == "image") {
            block.file = file(record);
        } else if (kind == "quiz") {
            block.quiz = rules_.at(*record.quiz_id);
        } else if (kind == "embed" || kind == "external") {
            block.embed = api::Embed{text_member(content, "url").value_or(""), block.title.value_or("")};
        } else if (kind == "unsupported") {
            // Never the source: it can hold what is right.
            block.unsupported =
                api::Unsupported{text_member(content, "reason").value_or(""), record.source_type.value_or("")};
        } else if (kind == "discussion" || kind == "poll" || kind == "survey" || kind == "assignment") {
            block.data = record.content;
        }
    }

    api::Video video(const store::BlockRecord& record, const object& content) const {
        api::Video video;
        const auto* sources = content.if_contains("sources");
        if (sources && sources->is_array()) {
            for (const auto& source : sources->get_array()) {
                if (!source.is_object()) continue;
                video.sources.push_back({links_.link(text_member(source.get_object(), "url").value_or("")),
                                         text_member(source.get_object(), "type").value_or("")});
            }
        }
        if (video.sources.empty() && record.storage_key && record.content_type != address_type) {
            video.sources.push_back({links_.file(*record.storage_key, *record.file_name), *record.content_type});
        }
        video.youtube_id = text_member(content, "youtube_id");
        if (const auto poster = text_member(content, "poster_url")) video.poster_url = links_.link(*poster);
        video.duration_ms = record.duration_ms ? record.duration_ms : number(content, "duration_ms");
        video.start_ms = number(content, "start_ms");
        video.end_ms = number(content, "end_ms");
        video.captions = captions_of(record.asset_id);
        return video;
    }

    std::vector<api::CaptionTrack> captions_of(std::optional<Uuid> asset) const {
        std::vector<api::CaptionTrack> tracks;
        for (const auto& caption : content_.captions) {
            if (!asset || caption.asset_id != *asset) continue;
            tracks.push_back(
                {caption.language, caption.label, links_.file(caption.storage_key, caption.file_name), caption.kind});
        }
        return tracks;
    }

    std::optional<api::File> file(const store::BlockRecord& record) const {
        if (!record.storage_key) return std::nullopt;
        return api::File{links_.file(*record.storage_key, *record.file_name), *record.file_name,
                         record.bytes.value_or(0), record.content_type.value_or("")};
    }

    const store::LessonContent& content_;
    const MediaLinks& links_;
    std::map<QuizId, progress::QuizRules> rules_;
    std::multimap<std::optional<BlockId>, const store::BlockRecord*> by_parent_;  // keeps the order of equal keys
};

}  // namespace

std::vector<api::Block> render_blocks(const store::LessonContent& content,
                                      const std::vector<progress::QuizRules>& rules, const MediaLinks& links) {
    return Renderer(content, rules, links).children_of(std::nullopt);
}

std::vector<QuizId> quizzes_of(const store::LessonContent& content) {
    std::vector<QuizId> quizzes;
    for (const auto& block : content.blocks) {
        if (block.quiz_id) quizzes.push_back(*block.quiz_id);
    }
    return quizzes;
}

}  // namespace tt::course
