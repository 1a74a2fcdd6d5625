// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A value of a YAML document with the line it begins in. Aliases are followed, merge keys (`<<`)
/// are carried out.
struct YamlValue
{
    enum class Kind
    {
        Null,
        Text, ///< every scalar; `text` as written
        List,
        Map
    };
    Kind kind = Kind::Null;
    std::string text;
    bool block = false; ///< a scalar of several lines (| or >): its text begins in the next line
    int line = 0;       ///< 1-based
    std::vector<YamlValue> items;
    std::vector<std::pair<std::string, YamlValue>> entries; ///< of a map, in order

    bool isMap() const { return kind == Kind::Map; }

    bool isList() const { return kind == Kind::List; }

    bool isText() const { return kind == Kind::Text; }

    /// The value of a key; a Null value when there is none.
    const YamlValue& operator[](std::string_view key) const;
    bool has(std::string_view key) const;
    /// Its texts: of a list, or the one text.
    std::vector<std::string> texts() const;
};

/// The documents of a YAML text.
///
/// errors  Malformed    no YAML; line and what is wrong
///         Unsupported  larger than what is read: aliases that multiply
Result<std::vector<YamlValue>> readYaml(std::string_view text, const std::string& file);

} // namespace sightglass
