// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace sightglass {

/// What static reading can't say, and why.
struct Unknown
{
    std::string reason; ///< "computed by a call, line 14"
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

/// A value that was read, or Unknown with its reason. Never a guess.
template <typename T>
class Known
{
public:
    Known(T value) : m_value(std::move(value)) {}
    Known(Unknown unknown) : m_value(std::move(unknown)) {}

    bool isKnown() const { return m_value.index() == 0; }
    const T& value() const { return std::get<0>(m_value); }
    T& value() { return std::get<0>(m_value); }
    const std::string& reason() const { return std::get<1>(m_value).reason; }

    friend bool operator==(const Known&, const Known&) = default;

private:
    std::variant<T, Unknown> m_value;
};

} // namespace sightglass
