// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include "core/rules/severity.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// What is conditional may not happen; what stands in the branch not taken seldom does.
Confidence confidenceOf(const Operation& operation)
{
    if (operation.alternative)
        return Confidence::Possible;
    switch (operation.resolution) {
    case Resolution::Resolved:
        return Confidence::Certain;
    case Resolution::Conditional:
        return Confidence::Likely;
    case Resolution::Opaque:
        return Confidence::Possible;
    }
    return Confidence::Possible;
}

std::string objectWords(const Operation& operation, const Found& target)
{
    const ChangedObject object = objectOf(operation.change);
    const std::string table = target.name.name.empty() ? std::string() : toText(target.name);
    if (!object.column.empty())
        return "column " + table + "." + object.column;
    if (!table.empty())
        return "table " + table;
    return object.name;
}

FindingEvidence evidenceOf(const StepRecord& record, const ReviewFacts& facts)
{
    FindingEvidence evidence;
    const Footprint& footprint = record.footprint;
    if (footprint.strongest() != LockMode::None)
        evidence.lock = toText(footprint.strongest());
    evidence.rewrites = footprint.rewrites;
    evidence.scans = footprint.scans || footprint.buildsIndex;
    if (const TableFacts* const known = facts.table(record.target.name)) {
        evidence.rows = known->rows;
        evidence.bytes = known->bytes;
    }
    return evidence;
}

} // namespace

Finding FindingReport::made(FindingDraft draft) const
{
    Finding finding;
    finding.rule = m_rule.id;
    finding.category = toText(m_rule.category);
    finding.severity = draft.severity.value_or(m_rule.severity);
    finding.confidence = draft.confidence.value_or(Confidence::Certain);
    finding.title = std::move(draft.title);
    finding.detail = std::move(draft.detail);
    finding.object = std::move(draft.object);
    finding.instead = std::move(draft.instead);
    finding.unsettled = std::move(draft.unsettled);
    finding.related = std::move(draft.related);
    if (draft.span)
        finding.span = *std::move(draft.span);
    return finding;
}

void FindingReport::add(const Step& step, FindingDraft draft)
{
    add(step.revision, step.record, step.moment.facts(), std::move(draft));
}

void FindingReport::add(const RevisionReview& revision,
                        const StepRecord& record,
                        const ReviewFacts& facts,
                        FindingDraft draft)
{
    const auto severity =
        severityWithFacts(draft.severity.value_or(m_rule.severity), m_rule.scaling, record, facts);
    if (!severity)
        return;
    draft.severity = severity;
    const Operation& operation = *record.operation;
    draft.confidence =
        std::max(draft.confidence.value_or(Confidence::Certain), confidenceOf(operation));
    if (draft.unsettled.empty() && operation.resolution != Resolution::Resolved)
        draft.unsettled = operation.reason;
    if (draft.object.empty())
        draft.object = objectWords(operation, record.target);
    if (!draft.span)
        draft.span = operation.span;
    Finding finding = made(std::move(draft));
    finding.revision = revision.id;
    finding.evidence = evidenceOf(record, facts);
    m_findings.push_back(std::move(finding));
    ++m_count;
}

void FindingReport::add(const RevisionReview& revision, FindingDraft draft)
{
    if (!draft.span)
        draft.span = revision.span;
    Finding finding = made(std::move(draft));
    finding.revision = revision.id;
    m_findings.push_back(std::move(finding));
    ++m_count;
}

void FindingReport::add(FindingDraft draft)
{
    m_findings.push_back(made(std::move(draft)));
    ++m_count;
}

} // namespace sightglass
