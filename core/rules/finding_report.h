// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"
#include "core/rules/step.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What a rule says; the report adds rule, category, revision, place, and what live facts change.
struct FindingDraft
{
    std::string title;  ///< below 90 characters, names the object: "Drops table orders"
    std::string detail; ///< fact, what it means, what to do next; whole sentences
    std::string object; ///< "table orders", "column orders.total"; empty: the step's
    /// The safe form in Alembic's idiom, with the real names, ready to paste; may be empty.
    std::string instead;
    std::optional<Severity> severity;     ///< where it differs from the rule's
    std::optional<Confidence> confidence; ///< where it is not that of the step
    std::string unsettled;                ///< what would settle it, when not certain
    std::vector<SourceSpan> related;
    std::optional<SourceSpan> span; ///< where it is not that of the step
};

/// Takes the findings of one rule.
class FindingReport
{
public:
    FindingReport(const Rule& rule, std::vector<Finding>& findings)
        : m_rule(rule)
        , m_findings(findings)
    {}

    /// About one step of `revision`: place, evidence, confidence and live severity are the step's.
    void add(const Step& step, FindingDraft draft);
    void add(const RevisionReview& revision,
             const StepRecord& record,
             const ReviewFacts& facts,
             FindingDraft draft);
    /// About a revision as a whole.
    void add(const RevisionReview& revision, FindingDraft draft);
    /// About the whole run.
    void add(FindingDraft draft);

    std::size_t count() const { return m_count; }

private:
    Finding made(FindingDraft draft) const;

    const Rule& m_rule;
    std::vector<Finding>& m_findings;
    std::size_t m_count = 0;
};

} // namespace sightglass
