// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stamp/stamp_rows.h"

#include "core/base/error.h"
#include "core/revisions/relative_text.h"
#include "core/revisions/revision_names.h"
#include "core/revisions/revision_refusal.h"
#include "core/revisions/revision_steps.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass {

namespace {

using Indexes = std::vector<RevisionIndex>;
using Kind = VersionRowChange::Kind;

/// A step of Alembic's StampStep: rows that go, the row that comes.
struct StampMove
{
    std::vector<std::string> from;
    std::string to; ///< empty: base
    bool isUpgrade = false;
    bool isBranchMove = false;
};

Error asCommand(Error refused)
{
    const bool severalHeads =
        !refused.context.empty() && refused.context.front().starts_with("MultipleHeads");
    Error error = commandError(std::move(refused), {});
    if (severalHeads) {
        error.message = "Multiple heads are present; please specify a single target revision";
        error.nextStep = "Name one of them, or heads for all.";
    }
    return error;
}

Error rowsStop(std::string message)
{
    return Error{.code = ErrorCode::Unsupported,
                 .message = std::move(message),
                 .nextStep = "Stamp with --purge: it empties the version table first.",
                 .context = {"CommandError: "}};
}

/// The rows as Alembic's _stamp_revs resolves them.
Result<Indexes> headsOf(const RevisionGraph& graph, const std::vector<std::string>& rows)
{
    Indexes heads;
    for (const std::string& row : rows) {
        const auto places = RevisionNames(graph).places(std::optional(row));
        if (!places)
            return failure(rowsStop("Alembic can't stamp over row " + printable(row) +
                                    " of the version table: no file defines that revision."));
        for (const NamedPlace place : *places) {
            if (!place.isRevision())
                return failure(rowsStop("Alembic can't stamp over row " + printable(row) +
                                        " of the version table: it names no revision."));
            heads.push_back(place.index);
        }
    }
    return heads;
}

/// The place that a downgrade of the one row to `text` leads to.
Result<std::vector<std::string>>
below(const RevisionGraph& graph, const std::vector<std::string>& rows, const std::string& text)
{
    const auto target = downgradeTarget(graph, rows, text, true);
    if (!target)
        return failure(asCommand(target.error()));
    if (target->place.kind == NamedPlace::Kind::None)
        return failure(Error{.code = ErrorCode::NotFound,
                             .message = "'" + text + "' leads past the end of the chain.",
                             .nextStep = "Use a smaller number, or name base."});
    return std::vector{target->place.isRevision() ? graph.revision(target->place.index).id
                                                  : std::string("base")};
}

/// Ids for a walk that only an upgrade knows; the text itself else.
Result<std::vector<std::string>> withoutWalks(const RevisionGraph& graph,
                                              const std::vector<std::string>& rows,
                                              const std::string& text)
{
    const auto walk = relativeTextOf(text);
    const bool isName = graph.find(text).has_value() || graph.findLabel(text).has_value();
    // With a row Alembic's stamp refuses -1; without one it counts from the heads.
    const bool goesDown = walk && !walk->symbol && walk->count < 0 && rows.size() == 1;
    const bool goesUp = walk && (walk->symbol || walk->count > 0);
    if (!walk || !walk->isWhole || isName || (!goesDown && !goesUp))
        return std::vector{text};
    if (goesDown)
        return below(graph, rows, text);
    const auto places = upgradeTargets(graph, {.texts = rows}, text, true);
    if (!places)
        return failure(asCommand(places.error()));
    std::vector<std::string> ids;
    for (const NamedPlace place : *places) {
        if (!place.isRevision())
            return failure(Error{.code = ErrorCode::NotFound,
                                 .message = "'" + text + "' leads past the end of the chain.",
                                 .nextStep = "Use a smaller number, or name the revision."});
        ids.push_back(graph.revision(place.index).id);
    }
    return ids;
}

struct ResolvedStamp
{
    Indexes heads;                   ///< rows that share a line with what is asked for, each once
    std::vector<NamedPlace> targets; ///< None for base
};

Result<ResolvedStamp>
resolved(const RevisionGraph& graph, const Indexes& heads, const std::vector<std::string>& texts)
{
    const RevisionNames names(graph);
    ResolvedStamp stamp;
    for (const std::string& text : texts) {
        const auto some = names.ofFamily(heads, text);
        if (!some)
            return failure(asCommand(some.error()));
        for (const RevisionIndex head : *some) {
            if (std::ranges::find(stamp.heads, head) == stamp.heads.end())
                stamp.heads.push_back(head);
        }
    }
    for (const std::string& text : texts) {
        const auto places = names.places(std::optional(text));
        if (!places)
            return failure(asCommand(places.error()));
        for (const NamedPlace place : *places) {
            if (place.kind == NamedPlace::Kind::Base)
                return failure(Error{.code = ErrorCode::NotFound,
                                     .message = "'" + text + "' leads past the end of the chain.",
                                     .nextStep = "Use a smaller number, or name base.",
                                     .context = {"AssertionError: "}});
            stamp.targets.push_back(place);
        }
    }
    if (stamp.targets.empty())
        stamp.targets.push_back({});
    return stamp;
}

bool meets(const std::vector<bool>& flags, const Indexes& indexes)
{
    return std::ranges::any_of(indexes, [&](RevisionIndex index) { return flags[index]; });
}

Result<std::vector<StampMove>> movesOf(const RevisionGraph& graph, const ResolvedStamp& stamp)
{
    std::vector<std::string> ids;
    for (const RevisionIndex head : stamp.heads)
        ids.push_back(graph.revision(head).id);
    std::vector<StampMove> moves;
    for (const NamedPlace target : stamp.targets) {
        if (!target.isRevision()) {
            for (const std::string& id : ids)
                moves.push_back({.from = {id}, .isBranchMove = true});
            continue;
        }
        if (std::ranges::find(stamp.heads, target.index) != stamp.heads.end())
            continue;
        const std::string& to = graph.revision(target.index).id;
        const bool hasAbove = meets(graph.withDescendants(std::array{target.index}), stamp.heads);
        const bool hasBelow = meets(graph.withAncestors(std::array{target.index}), stamp.heads);
        if (hasAbove && hasBelow)
            return failure(rowsStop("Alembic can't stamp " + printable(to) +
                                    ": the version table has rows before and after it."));
        if (hasAbove || hasBelow)
            moves.push_back({.from = ids, .to = to, .isUpgrade = hasBelow});
        else
            moves.push_back({.from = {}, .to = to, .isUpgrade = true, .isBranchMove = true});
    }
    return moves;
}

/// The rows while moves are made, as Alembic's HeadMaintainer sees them and as the table has them.
class StampedTable
{
public:
    explicit StampedTable(const std::vector<std::string>& rows)
        : m_heads(rows.begin(), rows.end())
        , m_rows(rows.begin(), rows.end())
    {}

    Result<void> make(const StampMove& move)
    {
        if (!move.isUpgrade && move.isBranchMove)
            return remove(move.from.front());
        const bool isNew = !m_heads.contains(move.to);
        const bool leavesRows = std::ranges::any_of(
            move.from, [&](const std::string& id) { return !m_heads.contains(id); });
        if (move.isUpgrade && (move.isBranchMove || leavesRows) && isNew)
            return insert(move.to);
        if (move.from.empty())
            return failure(rowsStop("Alembic can't stamp " + printable(move.to) +
                                    " twice: it is in the version table already."));
        for (std::size_t i = 0; i + 1 < move.from.size(); ++i) {
            if (auto removed = remove(move.from[i]); !removed)
                return removed;
        }
        return update(move.from.back(), move.to);
    }

    std::vector<VersionRowChange> takeChanges() { return std::move(m_changes); }

    std::vector<std::string> rows() const { return {m_rows.begin(), m_rows.end()}; }

private:
    Result<void> insert(const std::string& id)
    {
        m_heads.insert(id);
        m_rows.insert(id);
        m_changes.push_back({.kind = Kind::Insert, .from = {}, .to = id});
        return {};
    }

    Result<void> takeOut(const std::string& id)
    {
        if (m_heads.erase(id) == 0)
            return failure(rowsStop("Alembic can't change row " + printable(id) +
                                    " of the version table: there is no such row."));
        if (m_rows.count(id) != 1)
            return failure(rowsStop("Alembic can't change row " + printable(id) +
                                    " of the version table: it stands there " +
                                    std::to_string(m_rows.count(id)) + " times."));
        m_rows.erase(id);
        return {};
    }

    Result<void> remove(const std::string& id)
    {
        m_changes.push_back({.kind = Kind::Delete, .from = id, .to = {}});
        return takeOut(id);
    }

    Result<void> update(const std::string& from, const std::string& to)
    {
        if (m_heads.contains(to))
            return failure(rowsStop("Alembic can't stamp " + printable(to) +
                                    ": it is in the version table already."));
        if (auto taken = takeOut(from); !taken)
            return taken;
        m_heads.insert(to);
        m_rows.insert(to);
        m_changes.push_back({.kind = Kind::Update, .from = from, .to = to});
        return {};
    }

    std::set<std::string> m_heads;
    std::multiset<std::string> m_rows;
    std::vector<VersionRowChange> m_changes;
};

} // namespace

Result<StampedRows> stampedRows(const RevisionGraph& graph,
                                const std::vector<std::string>& rows,
                                const StampRequest& request)
{
    const std::vector<std::string> current = request.purge ? std::vector<std::string>() : rows;
    const auto heads = headsOf(graph, current);
    if (!heads)
        return failure(heads.error());
    std::vector<std::string> texts;
    for (const std::string& text : request.revisions) {
        const auto some = withoutWalks(graph, current, text);
        if (!some)
            return failure(some.error());
        texts.insert(texts.end(), some->begin(), some->end());
    }
    const auto stamp = resolved(graph, *heads, texts);
    if (!stamp)
        return failure(stamp.error());
    const auto moves = movesOf(graph, *stamp);
    if (!moves)
        return failure(moves.error());
    StampedTable table(current);
    for (const StampMove& move : *moves) {
        if (auto made = table.make(move); !made)
            return failure(made.error());
    }
    StampedRows result{.changes = table.takeChanges(), .after = table.rows(), .targets = {}};
    for (const NamedPlace target : stamp->targets) {
        if (target.isRevision())
            result.targets.push_back(target.index);
    }
    return result;
}

} // namespace sightglass
