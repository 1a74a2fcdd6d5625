// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/review.h"

#include "core/rules/finding_report.h"
#include "core/rules/loss_count.h"
#include "core/rules/not_analysed.h"
#include "core/rules/note_new.h"
#include "core/rules/transactions.h"

#include <utility>

namespace sightglass {

namespace {

/// Rules that are on, by the check that they have.
struct ActiveRules
{
    std::vector<Rule> exclusive; ///< severities are those of the settings
    std::vector<Rule> steps;
    std::vector<Rule> revisions;
    std::vector<Rule> runs;

    explicit ActiveRules(const RuleSettings& settings)
    {
        for (const Rule* const each : ruleTable()) {
            if (!settings.isOn(*each))
                continue;
            Rule rule = *each;
            rule.severity = settings.severityOf(rule);
            if (rule.checkStep != nullptr)
                (rule.exclusive ? exclusive : steps).push_back(rule);
            if (rule.checkRevision != nullptr)
                revisions.push_back(rule);
            if (rule.checkRun != nullptr)
                runs.push_back(rule);
        }
    }
};

class Walk
{
public:
    explicit Walk(ReviewRequest& request)
        : m_request(request)
        , m_rules(request.rules)
        , m_transactions(request.transactionPerMigration)
    {
        m_run.transactionPerMigration = request.transactionPerMigration;
        m_run.facts = &request.facts;
        m_run.chain = &request.chain;
        m_run.alembicVersion = request.alembicVersion;
        m_run.whole = request.whole;
        m_run.heads = request.heads;
        m_run.protectedTables = request.protectedTables;
        m_run.beside = viewsOf(request.beside);
        m_run.following = viewsOf(request.following);
        for (const ReviewPart& part : request.parts)
            m_run.readings.push_back(part.reading);
    }

    ReviewResult result(const RunContext& context)
    {
        if (m_request.assessLoss)
            m_loss.emplace(m_request.start.schema(),
                           m_request.facts,
                           m_request.chain,
                           m_request.countedTables);
        m_run.revisions.reserve(m_request.parts.size());
        for (const ReviewPart& part : m_request.parts) {
            if (context.stop.stop_requested())
                break;
            walk(part);
        }
        for (const Rule& rule : m_rules.runs) {
            FindingReport report(rule, m_result.findings);
            rule.checkRun(m_run, report);
        }
        sortFindings(m_result.findings);
        if (m_loss)
            m_result.loss = m_loss->finish();
        return std::move(m_result);
    }

private:
    static RevisionReview viewOf(const ReviewPart& part, std::size_t position)
    {
        RevisionReview view;
        view.id = part.id;
        view.direction = part.direction;
        view.mode = part.mode;
        view.reading = part.reading;
        view.opposite = part.opposite;
        view.position = position;
        view.reported = part.reported;
        view.applied = part.applied;
        view.span = part.span;
        return view;
    }

    static std::vector<RevisionReview> viewsOf(const std::vector<ReviewPart>& parts)
    {
        std::vector<RevisionReview> views;
        for (const ReviewPart& part : parts)
            views.push_back(viewOf(part, views.size()));
        return views;
    }

    void walk(const ReviewPart& part)
    {
        RevisionReview& revision =
            m_run.revisions.emplace_back(viewOf(part, m_run.revisions.size()));
        m_transactions.beginRevision(part.mode);
        NewObjects fresh;
        std::vector<Finding> findings;
        revision.steps.reserve(part.reading->operations.size());
        for (const Operation& operation : part.reading->operations)
            take(operation, revision, fresh, findings);
        if (!part.reported)
            return;
        revision.after = &m_request.start;
        for (const Rule& rule : m_rules.revisions) {
            FindingReport report(rule, findings);
            rule.checkRevision(revision, m_run, report);
        }
        revision.after = nullptr;
        ReviewedRevision& reviewed = m_result.revisions.emplace_back();
        reviewed.id = part.id;
        reviewed.message = part.message;
        reviewed.file = part.span.file;
        sortFindings(findings);
        reviewed.findings = std::move(findings);
        reviewed.notAnalysed = notAnalysed(*part.reading);
        if (m_loss)
            m_loss->noteUnknown(part.id, reviewed.notAnalysed);
        for (const StepRecord& step : revision.steps)
            reviewed.footprints.push_back(step.footprint);
    }

    void take(const Operation& operation,
              RevisionReview& revision,
              NewObjects& fresh,
              std::vector<Finding>& findings)
    {
        Replay& replay = m_request.start;
        const Moment moment(replay, fresh, m_request.facts, m_request.chain, m_request.whole);
        StepRecord record{.operation = &operation, .index = revision.steps.size()};
        record.transaction = m_transactions.at(operation);
        record.target = moment.relation(objectOf(operation.change).table);
        record.footprint = footprintOf(operation, moment);
        if (m_request.whole && isSure(operation, moment))
            record.refusal = replay.wouldRefuse(operation);
        revision.seen.note(operation, moment);
        if (revision.reported)
            check(record, moment, revision, findings);
        if (m_loss && revision.reported && record.runs)
            m_loss->note(Step(record, moment, revision, m_run), replay);
        noteNewObjects(operation.change, moment, fresh);
        if (const auto refusal = replay.apply(operation); refusal && !operation.tolerated)
            replay.assume(operation, *refusal);
        const StepPlace place{.revision = revision.position, .step = revision.steps.size()};
        if (!record.target.name.name.empty())
            m_run.places[record.target.name].push_back(place);
        if (setsConstraints(operation.change))
            m_run.constraintSettings.push_back(place);
        revision.steps.push_back(std::move(record));
    }

    static bool setsConstraints(const Change& change)
    {
        const auto* const other = std::get_if<change::Other>(&change);
        return other != nullptr && other->statement.starts_with("SET CONSTRAINTS");
    }

    /// Whether what PostgreSQL answers to it can be told at all.
    static bool isSure(const Operation& operation, const Moment& moment)
    {
        return !operation.tolerated && !operation.alternative &&
               operation.resolution == Resolution::Resolved &&
               !moment.isDoubtful(objectOf(operation.change).table);
    }

    void check(StepRecord& record,
               const Moment& moment,
               const RevisionReview& revision,
               std::vector<Finding>& findings)
    {
        const Step step(record, moment, revision, m_run);
        if (endsHere(step))
            record.runs = false;
        for (const Rule& rule : m_rules.exclusive) {
            FindingReport report(rule, findings);
            rule.checkStep(step, report);
            if (report.count() > 0)
                record.runs = false;
        }
        if (!record.runs)
            return;
        for (const Rule& rule : m_rules.steps) {
            FindingReport report(rule, findings);
            rule.checkStep(step, report);
        }
    }

    /// An earlier action of the same statement can't run: then none of it does.
    static bool endsHere(const Step& step)
    {
        return !step.earlier().empty() && !step.earlier().back().runs &&
               step.earlier().back().operation->statement == step.operation().statement &&
               step.earlier().back().operation->call == step.operation().call;
    }

    ReviewRequest& m_request;
    ActiveRules m_rules;
    TransactionCount m_transactions;
    RunReview m_run;
    ReviewResult m_result;
    std::optional<LossCount> m_loss;
};

} // namespace

bool RuleSettings::isOn(const Rule& rule) const
{
    if (disabled.contains(rule.id))
        return false;
    return rule.onByDefault || enabled.contains(rule.id);
}

Severity RuleSettings::severityOf(const Rule& rule) const
{
    const auto found = severities.find(rule.id);
    return found == severities.end() ? rule.severity : found->second;
}

std::string_view toText(Reversibility reversibility)
{
    switch (reversibility) {
    case Reversibility::Exact:
        return "exact";
    case Reversibility::ShapeOnly:
        return "shape-only";
    case Reversibility::None:
        return "none";
    case Reversibility::NotKnown:
        return "not-known";
    }
    return "not-known";
}

ReviewResult review(ReviewRequest request, const RunContext& run)
{
    return Walk(request).result(run);
}

} // namespace sightglass
