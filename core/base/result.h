// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace sightglass {

/// A value, or why there is none. The only mention of tl::expected.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> failure(ErrorCode code, std::string message, std::string nextStep = {})
{
    return failure(Error{.code = code, .message = std::move(message), .nextStep = std::move(nextStep)});
}

} // namespace sightglass
