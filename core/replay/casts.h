// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass::replaying {

enum class Answer
{
    No,
    Yes,
    NotKnown
};

/// Whether a foreign key may join a column of the first type to one of the second. Types as
/// format_type spells them; an empty one is not known.
Answer comparableTypes(std::string_view referencing, std::string_view referenced);

/// Whether ALTER COLUMN TYPE works without USING: an assignment cast, or the way through text.
Answer castsAutomatically(std::string_view from, std::string_view to);

/// Whether values of every type become this one by assignment, through their text.
bool takesText(std::string_view type);

/// Whether the type has an order that btree indexes and keys can use.
Answer hasOrder(std::string_view type);

} // namespace sightglass::replaying
