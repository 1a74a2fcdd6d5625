// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"

#include <span>
#include <string_view>

namespace sightglass {

class FindingReport;
class Step;
struct RevisionReview;
struct RunReview;

enum class RuleCategory
{
    DataLoss,
    Lock,
    Rewrite,
    Compatibility,
    Integrity,
    Transaction,
    Irreversible,
    Hygiene
};

std::string_view toText(RuleCategory category); ///< "data-loss", "lock", …

/// What changes a rule's severity when facts of a live database are known (see severity.h).
enum class Scaling
{
    Fixed,    ///< nothing: it breaks the application, or fails for certain, whatever the size
    Duration, ///< how long the statement's locks would be held
    Loss,     ///< how much is really destroyed
    MayFail   ///< whether the rows that are there let it pass
};

/// One kind of danger. A rule is one file: this value, its checks, and nothing else knows it. Its
/// page is resources/rules/<id>.md.
///
/// A rule has one of the three checks, the smallest that is enough.
struct Rule
{
    std::string_view id;
    RuleCategory category = RuleCategory::Hygiene;
    Severity severity = Severity::Info; ///< without live facts
    Scaling scaling = Scaling::Fixed;
    bool onByDefault = true;
    /// The statement can't run, or does nothing: nothing else is reported for it.
    bool exclusive = false;
    /// Called for every operation, with the database as it stands before it.
    void (*checkStep)(const Step&, FindingReport&) = nullptr;
    /// Called once for every revision, after its last operation.
    void (*checkRevision)(const RevisionReview&, const RunReview&, FindingReport&) = nullptr;
    /// Called once, after the last revision.
    void (*checkRun)(const RunReview&, FindingReport&) = nullptr;
};

/// Every rule, by category. Generated from the lists rules.cmake in the folders of the categories.
std::span<const Rule* const> ruleTable();

const Rule* findRule(std::string_view id); ///< null: there is none

} // namespace sightglass
