#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tt::course::import {

struct Captions {
    std::string vtt;  ///< WebVTT
    int cues = 0;
    int last_ms = 0;  ///< end of the last cue: a lower bound of the film's length
};

/// Reads SubRip (.srt), also with a byte order mark, Windows line ends, missing numbers and "." for ",".
/// Cue text keeps <i>, <b>, <u>; every other tag is dropped. Empty when there is no cue at all.
std::optional<Captions> captions_from_srt(std::string_view srt);

/// Reads Open edX's .sjson: {"start":[ms],"end":[ms],"text":[…]}.
std::optional<Captions> captions_from_sjson(std::string_view sjson);

}  // namespace tt::course::import
