// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/project.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// "1 table", "16 tables".
std::string counted(std::size_t count, std::string_view one, std::string_view many);
/// The first `shown` names and how many more: "users, providers, provider_tokens and 6 more".
/// Control characters are made visible.
std::string firstOf(std::span<const std::string> names, std::size_t shown = 3);
/// An error's first line, without the full stop that ends it.
std::string firstSentence(std::string_view error);
/// Characters of UTF-8 text, as PostgreSQL counts them against varchar(n).
std::size_t characterCount(std::string_view text);
/// One word of a POSIX shell, quoted where it has to be.
std::string shellWord(std::string_view text);
/// A literal of SQL, quotes doubled.
std::string quotedLiteral(std::string_view text);
/// "alembic stamp base" with -c and -n where the project needs them; to be run in the project's
/// root.
std::string alembicCommand(const Project& project, std::string_view arguments);
/// `path` below the project's root as people write it, else the whole path.
std::string shownPath(const Project& project, const Path& path);
/// The first versions folder as `shownPath` gives it.
std::string versionsFolder(const Project& project);

} // namespace sightglass
