#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace platform::http {

/// Bytes received and not yet understood. Grows on demand and gives memory back when idle.
class ReadBuffer {
public:
    static constexpr std::size_t idle_capacity = 4096;  ///< most requests fit; 10k idle connections stay below 120 MB

    bool empty() const { return begin_ == end_; }
    std::size_t size() const { return end_ - begin_; }
    std::string_view view() const { return {data_.get() + begin_, size()}; }

    /// Room for at least `wanted` more bytes; views into the buffer move.
    void reserve(std::size_t wanted) {
        if (capacity_ - end_ >= wanted) return;
        const std::size_t used = size();
        if (capacity_ - used < wanted) {
            const std::size_t capacity = std::max(used + wanted, std::min(capacity_ * 2, used + 2 * wanted));
            auto bigger = std::make_unique_for_overwrite<char[]>(capacity);
            if (used > 0) std::memcpy(bigger.get(), data_.get() + begin_, used);
            data_ = std::move(bigger);
            capacity_ = capacity;
        } else if (used > 0) {
            std::memmove(data_.get(), data_.get() + begin_, used);
        }
        begin_ = 0;
        end_ = used;
    }
    char* free_begin() { return data_.get() + end_; }
    std::size_t free_size() const { return capacity_ - end_; }
    void commit(std::size_t count) { end_ += count; }
    void consume(std::size_t count) {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    void shrink() {
        if (!empty() || capacity_ <= idle_capacity) return;
        data_.reset();
        capacity_ = 0;
    }

private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace platform::http
