// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::no_downgrade {

namespace {

/// Something that a way back would have to undo.
bool changesAnything(const Operation& operation)
{
    return isStructural(operation.change) ||
           std::holds_alternative<change::ChangeData>(operation.change) ||
           std::holds_alternative<change::Opaque>(operation.change);
}

/// Reading stopped where a table is asked for that no revision makes: what follows is not known,
/// but it is not nothing.
bool stopsEarly(const RevisionReading& up)
{
    using End = RevisionReading::End;
    return up.end == End::Limit || up.end == End::NeedsSchema ||
           (up.end == End::Raises && up.raised.starts_with("NoSuchTableError"));
}

void check(const RevisionReview& revision, const RunReview&, FindingReport& report)
{
    using End = RevisionReading::End;
    if (revision.direction != Direction::Upgrade || revision.opposite == nullptr ||
        (std::ranges::none_of(revision.operations(), changesAnything) &&
         !stopsEarly(*revision.reading)))
        return;
    const RevisionReading& down = *revision.opposite;
    const bool missing = down.end == End::NoFunction;
    // A downgrade that raises says honestly that there is no way back.
    const bool empty =
        down.end == End::Done && down.operations.empty() && down.possibleStops.empty();
    if (!missing && !empty)
        return;
    report.add(revision,
               {.title = missing ? "The revision has no downgrade()" : "downgrade() does nothing",
                .detail =
                    "A downgrade goes past the revision and leaves all of it in the database, "
                    "so the next upgrade runs it a second time and fails. Write what undoes "
                    "it, or raise with the reason why nothing can.",
                .object = revision.id.empty() ? std::string() : "revision " + revision.id,
                .instead = "def downgrade():\n    raise NotImplementedError(\"can't be undone: "
                           "...\")"});
}

} // namespace

extern const Rule rule{.id = "no-downgrade",
                       .category = RuleCategory::Irreversible,
                       .severity = Severity::Low,
                       .checkRevision = check};

} // namespace sightglass::rules::no_downgrade
