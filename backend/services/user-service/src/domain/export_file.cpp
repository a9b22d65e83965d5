#include "services/user-service/src/domain/export_file.hpp"

#include <boost/json.hpp>

namespace tt::user {
namespace {

namespace bj = boost::json;

void write_readable(std::string& out, const bj::value& value, std::size_t depth) {
    const auto new_line = [&out](std::size_t at) { out += '\n' + std::string(2 * at, ' '); };
    if (value.is_object() && !value.get_object().empty()) {
        out += '{';
        for (const auto& [name, member] : value.get_object()) {
            if (out.back() != '{') out += ',';
            new_line(depth + 1);
            out += bj::serialize(bj::string(name)) + ": ";
            write_readable(out, member, depth + 1);
        }
        new_line(depth);
        out += '}';
    } else if (value.is_array() && !value.get_array().empty()) {
        out += '[';
        bool is_first = true;
        for (const auto& item : value.get_array()) {
            if (!is_first) out += ',';
            is_first = false;
            new_line(depth + 1);
            write_readable(out, item, depth + 1);
        }
        new_line(depth);
        out += ']';
    } else {
        out += bj::serialize(value);
    }
}

}  // namespace

std::string readable_json(const std::string& json) {
    std::string out;
    write_readable(out, bj::parse(json), 0);
    return out + '\n';
}

std::string export_json(const ExportFacts& facts, const std::vector<PersonalDataPart>& parts) {
    bj::object data;
    for (const auto& part : parts) data[part.name] = bj::parse(part.data.text);
    const bj::object document{{"user_id", to_string(facts.user_id)},
                              {"made_at", to_rfc3339(facts.made_at)},
                              {"missing", bj::value_from(facts.missing)},
                              {"data", std::move(data)}};
    return readable_json(bj::serialize(document));
}

std::string export_readme(const ExportFacts& facts, const std::vector<PersonalDataPart>& parts) {
    std::string text = "Your data at TrendTactics\n\nMade at " + to_rfc3339(facts.made_at) + " for the account " +
                       to_string(facts.user_id) + ".\nEach file is one kind of data, as JSON:\n\n";
    for (const auto& part : parts) text += "  " + part.name + ".json\n";
    if (!facts.missing.empty()) {
        text += "\nThese could not be had when the file was made; ask for another export later:\n\n";
        for (const auto& name : facts.missing) text += "  " + name + "\n";
    }
    return text;
}

}  // namespace tt::user
