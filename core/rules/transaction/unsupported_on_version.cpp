// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/needed_version.h"
#include "core/sql/unparsed_sql.h"

namespace sightglass::rules::unsupported_on_version {

namespace {

std::string major(int version)
{
    return std::to_string(version / 10'000);
}

/// Functions that the database is known to have of its own: a stand-in for a newer one, or an
/// extension's.
std::set<std::string> ownFunctions(const Moment& moment)
{
    std::set<std::string> names;
    for (const auto& [key, function] : moment.schema().functions)
        names.insert(key.first.name);
    for (const auto& [name, volatility] : moment.facts().volatility)
        names.insert(name);
    if (moment.schema().extensions.contains("pgcrypto"))
        names.insert("gen_random_uuid");
    return names;
}

void check(const Step& step, FindingReport& report)
{
    const ReviewFacts& facts = step.moment.facts();
    if (!facts.serverKnown || !isFirstOfStatement(step))
        return;
    const auto* const opaque = step.as<change::Opaque>();
    if (opaque != nullptr && opaque->what.starts_with(unparsedSql))
        return;
    NeededVersion needed = neededFor(step.operation());
    if (needed.version > facts.serverVersion && needed.function)
        needed = neededFor(step.operation(), ownFunctions(step.moment));
    if (needed.version <= facts.serverVersion)
        return;
    FindingDraft draft{
        .title = needed.what + " needs PostgreSQL " + major(needed.version),
        .detail = "The server is PostgreSQL " + major(facts.serverVersion) +
                  ", which does not know it, so the revision fails at this statement. Write the "
                  "older form, or raise the server first.",
        .object = needed.what};
    if (needed.function && !step.moment.isWhole()) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "whether an extension or the project itself has made the function";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "unsupported-on-version",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::unsupported_on_version
