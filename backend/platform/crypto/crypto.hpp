#pragma once

// Everything of platform/crypto that services use daily.
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/envelope.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/random.hpp"
