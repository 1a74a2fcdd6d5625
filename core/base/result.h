// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace sightglass {

/// A value, or why there is none. Only this file mentions tl::expected.
template <typename T>
using Result = tl::expected<T, Error>;

/// A value, or what stands in its place when the other outcome is no Error of ours: what a server
/// or a Python program would raise.
template <typename T, typename E>
using Outcome = tl::expected<T, E>;

template <typename E>
tl::unexpected<E> otherwise(E other)
{
    return tl::unexpected<E>(std::move(other));
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> failure(ErrorCode code, std::string message, std::string nextStep = {})
{
    return failure(
        Error{.code = code, .message = std::move(message), .nextStep = std::move(nextStep)});
}

} // namespace sightglass
