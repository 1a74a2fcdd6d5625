// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/statement_words.h"

namespace sightglass::rules::refresh_matview_not_concurrently {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const refresh = step.as<change::RefreshView>();
    if (refresh == nullptr || refresh->concurrently || step.target().isNew)
        return;
    const std::string view = toText(step.target().name);
    const bool noData =
        StatementWords(step.operation().sql).find({"with", "no", "data"}).has_value();
    const std::string refreshed =
        executeCall("REFRESH MATERIALIZED VIEW CONCURRENTLY " + toSql(refresh->view));
    report.add(
        step,
        {.title = noData ? "Empties materialized view " + view
                         : "Refreshes " + view + " while its readers wait",
         .detail = noData ? "WITH NO DATA is quick, but the view can't be read until the next "
                            "REFRESH: queries of it fail. Refresh it concurrently instead, or "
                            "drop it when nobody reads it."
                          : "REFRESH without CONCURRENTLY takes ACCESS EXCLUSIVE on the view for "
                            "as long as its query runs: every reader waits. Give the view a "
                            "unique index and refresh it concurrently; that is allowed inside a "
                            "transaction.",
         .instead = refreshed,
         .severity = noData ? std::optional(Severity::Low) : std::nullopt});
}

} // namespace

extern const Rule rule{.id = "refresh-matview-not-concurrently",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::refresh_matview_not_concurrently
