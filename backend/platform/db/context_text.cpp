#include "platform/db/context_text.hpp"

#include "platform/db/quote.hpp"

#include <stdexcept>

namespace platform::db {
namespace {

// A function of PostgreSQL takes 100 arguments.
constexpr std::size_t settings_per_call = 100;

class CallWriter {
public:
    explicit CallWriter(ContextCall& call) : call_(call) {
        call_.text.clear();
        call_.values.clear();
    }

    void add(std::string_view name, const std::string& value) {
        if (value.find('\0') != std::string::npos) throw std::invalid_argument("NUL byte in a setting");
        // Arguments are evaluated in order: what the login role may set comes before the role.
        const bool begins_call = call_.values.size() % settings_per_call == 0;
        if (call_.values.empty()) {
            call_.text += "SELECT num_nulls(";
        } else {
            call_.text += begins_call ? "), num_nulls(" : ", ";
        }
        call_.text += "set_config(";
        append_literal(call_.text, name);
        call_.values.push_back(value.c_str());
        call_.text += ", $";
        call_.text += std::to_string(call_.values.size());
        call_.text += ", true)";
    }

    void add(const std::vector<Setting>& settings) {
        for (const auto& setting : settings) add(setting.name, setting.value);
    }

    void end() { call_.text += ')'; }

private:
    ContextCall& call_;
};

}  // namespace

std::string begin_text(const Context& context) {
    std::string text = "BEGIN";
    if (context.isolation == "serializable" || context.isolation == "repeatable read" ||
        context.isolation == "read committed" || context.isolation == "read uncommitted") {
        text += " ISOLATION LEVEL " + context.isolation;
    } else if (!context.isolation.empty()) {
        throw std::invalid_argument("not an isolation level: " + context.isolation);
    }
    if (context.read_only) text += " READ ONLY";
    return text;
}

void write_context_call(const Context& context, bool begins_read, ContextCall& call) {
    static const std::string on = "on";
    CallWriter writer(call);
    if (begins_read) writer.add("transaction_read_only", on);
    writer.add(context.login_settings);
    if (context.role == "none") throw std::invalid_argument("not a role: none");
    if (!context.role.empty()) writer.add("role", context.role);
    if (!context.search_path.empty()) {
        call.search_path.clear();
        append_names(call.search_path, context.search_path);
        writer.add("search_path", call.search_path);
    }
    writer.add(context.settings);
    writer.end();
}

}  // namespace platform::db
