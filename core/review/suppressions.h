// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/findings/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A comment that takes a finding back: `# danger-ok: drop-table replaced by orders_v2`, in SQL
/// `-- danger-ok: …`. It holds for the statement that its line is in or that follows it; as
/// `danger-ok-file: …` for the whole file. Several rules are separated by commas. Without a reason
/// it does nothing.
struct Suppression
{
    std::vector<std::string> rules;
    std::string reason;
    SourceSpan span; ///< of the comment
    bool wholeFile = false;
    int firstLine = 0; ///< of the comments that it stands among
    int lastLine = 0;
};

/// Every such comment of a file, in order. Strings are told from comments by the quotes around
/// them.
std::vector<Suppression> readSuppressions(std::string_view text, const std::string& file);

/// Marks findings of `file` that a suppression takes back (Finding::suppressed), and appends what
/// is wrong with the suppressions themselves: without a reason, of no such rule, without effect.
///
/// complete  every finding of the file is in `findings`: one without effect can be told
void applySuppressions(const std::vector<Suppression>& suppressions,
                       bool complete,
                       std::vector<Finding>& findings);

} // namespace sightglass
