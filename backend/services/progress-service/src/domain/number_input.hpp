#pragma once

#include "services/progress-service/src/domain/exact.hpp"

#include <boost/describe.hpp>

#include <string_view>
#include <vector>

/// Reads a number as people write it.
namespace tt::progress {

/// Which character the learner's language puts before the decimals.
enum class DecimalMark { unknown, point, comma };
BOOST_DESCRIBE_ENUM(DecimalMark, unknown, point, comma)

/// "de", "de-AT", "pt_BR" → comma; "en", "zh" … → point; unknown languages → unknown.
DecimalMark decimal_mark_of(std::string_view locale);

/// Every value the text can stand for: none (not a number), one, or two where the separator is ambiguous
/// ("1,234" of a learner whose language is unknown).
/// Understood: signs (also U+2212), digits of any script, `1 234,5` `1.234,5` `1'234.5` `12,34,567`, `45 %`,
/// `1.5e-3`, `1.5×10^-3`. At most 64 characters and exponents within ±300.
std::vector<Exact> read_number(std::string_view text, DecimalMark mark);

}  // namespace tt::progress
