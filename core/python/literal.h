// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/syntax_tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A Python value as far as it can be known without running anything.
struct Literal
{
    enum class Kind
    {
        None,
        Boolean,    ///< text is True or False
        Integer,    ///< text is the number in decimal digits where it fits 64 bits, else as written
        Float,      ///< text as written
        Text,       ///< text in UTF-8
        Bytes,      ///< text is the bytes
        Tuple,      ///< items
        List,       ///< items
        Set,        ///< items in written order, each once
        Dictionary, ///< items: key, value, key, value, …
        Module,     ///< text is its dotted name
        Object,     ///< something that is none of these for certain; text says what: "a function"
        Unknown,    ///< text is the reason: "computed by a call, line 14"
    };

    Kind kind = Kind::Unknown;
    std::string text;
    std::vector<Literal> items;
    TextRange
        range; ///< where it is written; line 0 when it came from another place than the expression

    bool isKnown() const; ///< it and everything in it

    bool isText() const { return kind == Kind::Text; }

    bool isSequence() const; ///< tuple, list or set
    /// Reason of the first Unknown in it; empty when all is known.
    std::string reason() const;

    static Literal none() { return {.kind = Kind::None, .text = {}, .items = {}, .range = {}}; }

    static Literal boolean(bool value);
    static Literal integer(long long value);
    static Literal ofText(std::string value);
    static Literal object(std::string what);
    static Literal unknown(std::string reason);

    /// Equal as Python's == would say for known values; ranges don't count.
    bool sameValue(const Literal& other) const;
};

/// What `if value:` decides; empty when unknown.
std::optional<bool> truth(const Literal& value);

/// `None`, `a number`, `a tuple`: the value's kind in words, for sentences.
std::string kindInWords(const Literal& value);

/// The value of one string literal: quotes and prefix included, without interpolations.
///
/// shape   Text or Bytes; Unknown for an escape that can't be answered here (\N{…}, a lone
/// surrogate) source  Python language reference 2.4.1
Literal decodeString(std::string_view spelled);

/// The text between the quotes of a string with `prefix` (as r, f, b), escapes applied. With f in
/// the prefix doubled braces become one. Empty when an escape can't be answered.
std::optional<std::string> decodeStringPart(std::string_view part, std::string_view prefix);

} // namespace sightglass
