#include "platform/core/result.hpp"

namespace platform {

unsigned http_status(Code code) {
    switch (code) {
        case Code::invalid_argument:
            return 400;
        case Code::unauthenticated:
            return 401;
        case Code::payment_required:
            return 402;
        case Code::permission_denied:
            return 403;
        case Code::not_found:
            return 404;
        case Code::conflict:
            return 409;
        case Code::gone:
            return 410;
        case Code::precondition_failed:
            return 412;
        case Code::too_large:
            return 413;
        case Code::unsupported_media_type:
            return 415;
        case Code::unprocessable:
            return 422;
        case Code::rate_limited:
            return 429;
        case Code::internal:
            return 500;
        case Code::unavailable:
            return 503;
        case Code::timeout:
            return 504;
    }
    return 500;
}

}  // namespace platform
