// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/revisions/revision.h"

#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// The bytes of a revision file with other identifiers: only those of the values themselves, and of
/// the docstring's lines that repeat them, are new. Comments, annotations, quotes and line ends
/// stay.
///
/// errors  Unsupported  the value is not written as text at its assignment, the file is not UTF-8,
///                      or it has been changed since it was read
///
/// The `down_revision` that names `down`; none: None.
Result<std::string> withDownRevisions(const Revision& revision,
                                      const std::string& bytes,
                                      std::span<const RevisionId> down);
/// Another id of its own.
Result<std::string>
withRevisionId(const Revision& revision, const std::string& bytes, const RevisionId& id);
/// `to` wherever down_revision or depends_on name `from`.
Result<std::string> withReference(const Revision& revision,
                                  const std::string& bytes,
                                  const RevisionId& from,
                                  const RevisionId& to);

/// A value for `down_revision` as Python: `None`, `"a"`, `("a", "b")`.
std::string downRevisionText(std::span<const RevisionId> down, char quote);

} // namespace sightglass
