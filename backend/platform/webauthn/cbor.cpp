#include "platform/webauthn/cbor.hpp"

#include "platform/core/text.hpp"

#include <cbor/streaming.h>

#include <algorithm>
#include <limits>

namespace platform::webauthn::cbor {
namespace {

/// One head, with the content of a string: what libcbor tells per call.
struct Item {
    enum class Kind { refused, integer, bytes, text, array, map, simple };
    Kind kind = Kind::refused;
    std::int64_t number = 0;
    std::uint64_t count = 0;  // of an array or map
    std::string_view content;
    Value simple;
};

Error cbor_invalid(std::string why) {
    return {Code::invalid_argument, "cbor_invalid", std::move(why)};
}

void set_unsigned(void* context, std::uint64_t number) {
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return;
    auto& item = *static_cast<Item*>(context);
    item.kind = Item::Kind::integer;
    item.number = static_cast<std::int64_t>(number);
}

// CBOR writes -1 - n as n.
void set_negative(void* context, std::uint64_t number) {
    set_unsigned(context, number);
    auto& item = *static_cast<Item*>(context);
    if (item.kind == Item::Kind::integer) item.number = -1 - item.number;
}

void set_content(void* context, Item::Kind kind, cbor_data data, std::size_t size) {
    auto& item = *static_cast<Item*>(context);
    item.kind = kind;
    item.content = {reinterpret_cast<const char*>(data), size};
}

void set_count(void* context, Item::Kind kind, std::uint64_t count) {
    auto& item = *static_cast<Item*>(context);
    item.kind = kind;
    item.count = count;
}

void set_simple(void* context, Value value) {
    auto& item = *static_cast<Item*>(context);
    item.kind = Item::Kind::simple;
    item.simple = std::move(value);
}

// What has no callback here (tags, floats, indefinite lengths, "break") leaves the item refused.
cbor_callbacks callbacks_of_items() {
    cbor_callbacks on = cbor_empty_callbacks;
    on.uint8 = [](void* context, std::uint8_t number) { set_unsigned(context, number); };
    on.uint16 = [](void* context, std::uint16_t number) { set_unsigned(context, number); };
    on.uint32 = [](void* context, std::uint32_t number) { set_unsigned(context, number); };
    on.uint64 = [](void* context, std::uint64_t number) { set_unsigned(context, number); };
    on.negint8 = [](void* context, std::uint8_t number) { set_negative(context, number); };
    on.negint16 = [](void* context, std::uint16_t number) { set_negative(context, number); };
    on.negint32 = [](void* context, std::uint32_t number) { set_negative(context, number); };
    on.negint64 = [](void* context, std::uint64_t number) { set_negative(context, number); };
    on.byte_string = [](void* context, cbor_data data, std::size_t size) {
        set_content(context, Item::Kind::bytes, data, size);
    };
    on.string = [](void* context, cbor_data data, std::size_t size) {
        set_content(context, Item::Kind::text, data, size);
    };
    on.array_start = [](void* context, std::size_t count) { set_count(context, Item::Kind::array, count); };
    on.map_start = [](void* context, std::size_t count) { set_count(context, Item::Kind::map, count); };
    on.boolean = [](void* context, bool value) { set_simple(context, {value}); };
    on.null = [](void* context) { set_simple(context, {}); };
    on.undefined = [](void* context) { set_simple(context, {}); };
    return on;
}

bool is_key(const Value& value) {
    return value.as<std::int64_t>() || value.as<std::string>();
}

bool are_equal_keys(const Value& a, const Value& b) {
    if (const auto* number = a.as<std::int64_t>()) return b.as<std::int64_t>() && *number == *b.as<std::int64_t>();
    return b.as<std::string>() && *a.as<std::string>() == *b.as<std::string>();
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    Result<Value> value(std::size_t depth) {
        auto item = next();
        if (!item) return item.error();
        switch (item->kind) {
            case Item::Kind::integer:
                return Value{item->number};
            case Item::Kind::text:
                if (!is_utf8(item->content)) return cbor_invalid("text that is not UTF-8");
                return Value{std::string(item->content)};
            case Item::Kind::bytes:
                return Value{Bytes{std::string(item->content)}};
            case Item::Kind::simple:
                return std::move(item->simple);
            case Item::Kind::array:
                return array(item->count, depth);
            case Item::Kind::map:
                return map(item->count, depth);
            case Item::Kind::refused:
                break;
        }
        return cbor_invalid("an item that authenticators do not send");
    }

    std::size_t position() const { return position_; }

private:
    Result<Item> next() {
        static const cbor_callbacks callbacks = callbacks_of_items();
        Item item;
        const std::string_view rest = bytes_.substr(position_);
        const auto done = cbor_stream_decode(reinterpret_cast<cbor_data>(rest.data()), rest.size(), &callbacks, &item);
        if (done.status != CBOR_DECODER_FINISHED) return cbor_invalid("the bytes end within an item");
        position_ += done.read;
        return item;
    }

    // Every item takes at least one byte: a count beyond what is left is a lie, and is not allocated for.
    Result<void> check_room(std::uint64_t items, std::size_t depth) const {
        if (depth >= max_depth) return cbor_invalid("nested too deep");
        if (items > max_members) return cbor_invalid("too many members");
        if (items > bytes_.size() - position_) return cbor_invalid("fewer items than announced");
        return {};
    }

    Result<Value> array(std::uint64_t count, std::size_t depth) {
        if (const auto room = check_room(count, depth); !room) return room.error();
        Array items;
        for (std::uint64_t i = 0; i < count; ++i) {
            auto item = value(depth + 1);
            if (!item) return item;
            items.push_back(std::move(*item));
        }
        return Value{std::move(items)};
    }

    Result<Value> map(std::uint64_t count, std::size_t depth) {
        if (const auto room = check_room(count, depth); !room) return room.error();
        Map members;
        for (std::uint64_t i = 0; i < count; ++i) {
            auto key = value(depth + 1);
            if (!key) return key;
            if (!is_key(*key)) return cbor_invalid("a key that is no name");
            const auto is_same = [&](const Member& known) { return are_equal_keys(known.key, *key); };
            if (std::ranges::any_of(members, is_same)) return cbor_invalid("a key that comes twice");
            auto member = value(depth + 1);
            if (!member) return member;
            members.push_back({std::move(*key), std::move(*member)});
        }
        return Value{std::move(members)};
    }

    std::string_view bytes_;
    std::size_t position_ = 0;
};

const Value* find_key(const Map& map, const Value& wanted) {
    const auto found = std::ranges::find_if(map, [&](const Member& m) { return are_equal_keys(m.key, wanted); });
    return found == map.end() ? nullptr : &found->value;
}

std::string bytes_of(const Value* value) {
    const auto* bytes = value ? value->as<Bytes>() : nullptr;
    return bytes ? bytes->octets : std::string();
}

}  // namespace

Result<Parsed> parse_front(std::string_view bytes) {
    if (bytes.size() > max_bytes) return cbor_invalid("too large");
    Reader reader(bytes);
    auto value = reader.value(0);
    if (!value) return value.error();
    return Parsed{std::move(*value), reader.position()};
}

Result<Value> parse(std::string_view bytes) {
    auto parsed = parse_front(bytes);
    if (!parsed) return parsed.error();
    if (parsed->size != bytes.size()) return cbor_invalid("bytes follow the value");
    return std::move(parsed->value);
}

const Value* find(const Map& map, std::string_view key) {
    return find_key(map, Value{std::string(key)});
}

const Value* find(const Map& map, std::int64_t key) {
    return find_key(map, Value{key});
}

std::string bytes_member(const Map& map, std::int64_t key) {
    return bytes_of(find(map, key));
}

std::string bytes_member(const Map& map, std::string_view key) {
    return bytes_of(find(map, key));
}

}  // namespace platform::webauthn::cbor
