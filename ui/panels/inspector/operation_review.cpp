// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/operation_review.h"

#include "core/report/review_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <variant>

namespace sightglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::OperationReview", text);
}

bool holds(const SourceSpan& outer, const SourceSpan& inner)
{
    return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end &&
           outer.end > outer.begin;
}

/// A full name and one as written, which may lack its namespace.
bool mayBeSame(const QualifiedName& full, const QualifiedName& written)
{
    return full.name == written.name &&
           (full.schema == written.schema || written.schema.empty() || full.schema.empty());
}

/// Notes a table that `operation` surely makes: nobody waits for a lock on it.
void noteMade(const Operation& operation, std::vector<QualifiedName>& made)
{
    const auto* const create = std::get_if<change::CreateTable>(&operation.change);
    if (create != nullptr && !create->ifNotExists && operation.resolution == Resolution::Resolved)
        made.push_back(create->table);
}

QString durationWords(const Footprint& footprint)
{
    const bool sure = footprint.confidence == Confidence::Certain;
    if (footprint.rewrites)
        return sure ? tr("rewrites the table") : tr("may rewrite the table");
    if (footprint.buildsIndex)
        return sure ? tr("builds an index") : tr("may build an index");
    if (footprint.scans)
        return sure ? tr("reads every row") : tr("may read every row");
    return footprint.changesRows ? tr("changes rows") : QString();
}

QString sizeWords(const Inspection& inspection, const QualifiedName& table)
{
    const auto& tables = inspection.live->schema.tables;
    const auto found = tables.find(table);
    if (found == tables.end())
        return {};
    FindingEvidence evidence;
    // An estimate of 0 is no proof that there is no row.
    if (found->second->rowEstimate && *found->second->rowEstimate > 0)
        evidence.rows = found->second->rowEstimate;
    evidence.bytes = found->second->bytes;
    return toQString(evidenceText(evidence));
}

/// The strongest lock on something that others may use; nothing when there is none.
const RelationLock* lockThatIsFelt(const Footprint& footprint,
                                   const std::vector<QualifiedName>& made)
{
    const RelationLock* strongest = nullptr;
    for (const RelationLock& lock : footprint.locks) {
        const bool isNew = std::ranges::any_of(
            made, [&](const QualifiedName& each) { return mayBeSame(lock.relation, each); });
        if (!isNew && (strongest == nullptr || lock.mode > strongest->mode))
            strongest = &lock;
    }
    return strongest;
}

/// "instant" is said only of what changes the schema and touches nothing that others use: a query
/// may call anything.
QString wordsWithoutLock(const Operation& operation, const Footprint& footprint)
{
    if (!footprint.locks.empty())
        return tr("new table");
    return footprint.isSlow() || !isStructural(operation.change) ? QString() : tr("instant");
}

void describeLock(const Inspection& inspection,
                  RevisionIndex revision,
                  const Operation& operation,
                  const Footprint& footprint,
                  const std::vector<QualifiedName>& made,
                  OperationReview& review)
{
    if (operation.resolution == Resolution::Opaque) {
        review.lock = tr("lock not known");
        return;
    }
    const auto* const lock = lockThatIsFelt(footprint, made);
    review.duration = durationWords(footprint);
    if (lock == nullptr) {
        review.lock = wordsWithoutLock(operation, footprint);
        if (review.lock.isEmpty())
            review.duration.clear(); // of which table is not known
        return;
    }
    review.lock = toQString(toText(lock->mode));
    if (inspection.live != nullptr && stateOf(inspection, revision) == RevisionState::Pending)
        review.size = sizeWords(inspection, lock->relation);
}

QString objectOfOperation(const Operation& operation)
{
    const ChangedObject object = objectOf(operation.change);
    return toQString(!object.column.empty() ? object.column
                     : !object.name.empty() ? object.name
                                            : object.table.name);
}

/// The operation that a finding stands at. Operations of one call share a span: the one whose
/// object the finding names goes first.
std::optional<std::size_t> operationOf(const Finding& finding,
                                       const std::vector<Operation>& operations)
{
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (!holds(operations[i].span, finding.span))
            continue;
        const QString object = objectOfOperation(operations[i]);
        if (!object.isEmpty() && toQString(finding.object).endsWith(object))
            return i;
        if (!first)
            first = i;
    }
    return first;
}

} // namespace

UpgradeReview upgradeReview(const Inspection& inspection, RevisionIndex revision)
{
    UpgradeReview review;
    if (inspection.review == nullptr || inspection.history == nullptr)
        return review;
    const std::string& id = inspection.graph->revision(revision).id;
    const auto& all = inspection.review->revisions;
    const auto found = std::ranges::find(all, id, &ReviewedRevision::id);
    const auto& operations = inspection.history->steps(revision).upgrade.operations;
    if (found == all.end() || found->footprints.size() != operations.size())
        return review;
    review.known = true;
    review.notAnalysed = found->notAnalysed;
    review.operations.resize(operations.size());
    std::vector<QualifiedName> made;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        describeLock(
            inspection, revision, operations[i], found->footprints[i], made, review.operations[i]);
        noteMade(operations[i], made);
    }
    for (const Finding& finding : found->findings) { // worst first
        if (!finding.suppressed.empty())
            continue;
        const auto at = operationOf(finding, operations);
        if (!at) {
            review.ofRevision.push_back(&finding);
        } else if (review.operations[*at].worst == nullptr) {
            review.operations[*at].worst = &finding;
        } else {
            ++review.operations[*at].others;
        }
    }
    return review;
}

} // namespace sightglass
