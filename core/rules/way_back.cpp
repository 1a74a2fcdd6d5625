// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/way_back.h"

#include "core/rules/dropped.h"
#include "core/rules/idiom.h"
#include "core/rules/table_flaws.h"
#include "core/rules/upgrade_ledger.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sightglass {

namespace {

using Key = UpgradeLedger::Key;

bool isUnread(const Operation& operation)
{
    return isStructural(operation.change) &&
           (operation.resolution == Resolution::Opaque ||
            std::holds_alternative<change::Opaque>(operation.change));
}

bool isConditional(const Operation& operation)
{
    return operation.alternative || operation.resolution != Resolution::Resolved;
}

/// States in which PostgreSQL says that something is not there.
bool saysMissing(const Refusal& refusal)
{
    constexpr std::array states{std::string_view("42P01"),
                                std::string_view("42703"),
                                std::string_view("42704"),
                                std::string_view("42883"),
                                std::string_view("3F000")};
    return std::ranges::find(states, refusal.state) != states.end();
}

/// States in which PostgreSQL says that something is there already.
bool saysExists(const Refusal& refusal)
{
    constexpr std::array states{std::string_view("42P07"),
                                std::string_view("42701"),
                                std::string_view("42710"),
                                std::string_view("42723"),
                                std::string_view("42P06"),
                                std::string_view("42P16")};
    return std::ranges::find(states, refusal.state) != states.end();
}

std::string upperKind(std::string kind)
{
    for (char& letter : kind)
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return kind;
}

/// What downgrade() lacks where the upgrade made something; empty: not in one line.
std::string undoing(const Key& key)
{
    const std::string name = pythonText(key.object.name);
    const QualifiedName written{.schema = key.object.schema == "public" ? "" : key.object.schema,
                                .name = key.object.name};
    const std::string schema = schemaArgument(written) + ")";
    if (key.kind == "table")
        return "op.drop_table(" + name + schema;
    if (key.kind == "column")
        return "op.drop_column(" + name + ", " + pythonText(key.part) + schema;
    if (key.kind == "constraint")
        return "op.drop_constraint(" + pythonText(key.part) + ", " + name + schema;
    if (key.kind == "index")
        return "op.drop_index(" + name + schema;
    if (key.kind == "view" || key.kind == "sequence" || key.kind == "domain")
        return executeCall("DROP " + upperKind(key.kind) + " " + toSql(written));
    return {};
}

class Way
{
public:
    Way(const RevisionReview& revision, const RunReview& run, WayBackReview& result)
        : m_revision(revision)
        , m_run(run)
        , m_result(result)
        , m_seen(revision.seen)
    {}

    void goBack(Replay& replay)
    {
        const NewObjects none;
        const Moment moment(replay, none, *m_run.facts, *m_run.chain, m_run.whole);
        m_ledger = ledgerOf(m_revision.steps, moment);
        // What the upgrade makes in a schema that is not known was not replayed: nothing to judge.
        const bool followed = std::ranges::all_of(m_ledger.made, [&](const auto& each) {
            return each.first.kind != "table" || isThere(each.first, replay);
        });
        if (!followed)
            return;
        for (const auto& [name, table] : m_revision.seen.tables) {
            if (replay.isAssumed(name))
                m_unknown.insert(name);
        }
        for (const Operation& operation : m_revision.opposite->operations) {
            if (operation.alternative)
                continue;
            m_seen.note(operation, moment);
            if (neverMade(operation, moment) || !applied(operation, replay))
                return;
            noteTouched(operation, moment);
        }
        compareTables(replay);
        compareLedger(replay);
        compareChanges();
    }

private:
    void tell(WayBackReview::Flaw flaw) { m_result.flaws.push_back(std::move(flaw)); }

    void noteTouched(const Operation& operation, const Moment& moment)
    {
        if (Key key = changedKey(operation, moment); !key.kind.empty())
            m_touched.insert(std::move(key));
        if (const auto* const add = std::get_if<change::AddConstraint>(&operation.change);
            add != nullptr && add->constraint.name.empty())
            m_unnamed.insert(moment.fullName(add->table));
        if (const auto* const drop = std::get_if<change::DropFunction>(&operation.change))
            m_routines.insert(createdName(moment, drop->function));
    }

    /// A column or constraint of a table that is only known in part, which the replay can't refuse.
    bool neverMade(const Operation& operation, const Moment& moment)
    {
        const auto* const column = std::get_if<change::DropColumn>(&operation.change);
        const auto* const constraint = std::get_if<change::DropConstraint>(&operation.change);
        if ((column == nullptr || column->ifExists) &&
            (constraint == nullptr || constraint->ifExists))
            return false;
        const QualifiedName table =
            moment.fullName(column != nullptr ? column->table : constraint->table);
        const bool inPart = m_unknown.contains(table) && !m_ledger.renamed.contains(table);
        if (!inPart || (constraint != nullptr && m_ledger.unnamedKeys.contains(table)))
            return false;
        const Key key{.kind = column != nullptr ? "column" : "constraint",
                      .object = table,
                      .part = column != nullptr ? column->column : constraint->name};
        if (m_ledger.made.contains(key) || m_ledger.taken.contains(key))
            return false;
        tell({.title = "Downgrade drops " + key.words() + ", which the upgrade does not make",
              .detail = "It takes away what was there before the revision, or fails. Undo in "
                        "downgrade() exactly what upgrade() does.",
              .object = key.words(),
              .instead = {},
              .span = operation.span});
        return true;
    }

    /// False: PostgreSQL surely refuses it.
    bool applied(const Operation& operation, Replay& replay)
    {
        const auto refusal = replay.apply(operation);
        if (!refusal || operation.tolerated)
            return true;
        const bool others = isOfOthers(objectOf(operation.change).table, replay);
        if (saysMissing(*refusal) && (others || (!m_run.whole && !takesAway(operation)))) {
            // It may well be there: no revision that is known makes it.
            replay.assume(operation, *refusal);
            return true;
        }
        tell({.title = "Downgrade fails: " + refusal->message,
              .detail =
                  "PostgreSQL refuses this operation of downgrade(), so the revision can't be "
                  "undone. Undo what upgrade() does, in the opposite order.",
              .object = refusal->object,
              .instead = {},
              .span = operation.span});
        return false;
    }

    /// No revision makes the table, and no database is at hand that would show it.
    bool isOfOthers(const QualifiedName& written, const Replay& replay) const
    {
        const NewObjects none;
        const Moment moment(replay, none, *m_run.facts, *m_run.chain, m_run.whole);
        return m_run.chain->schema == nullptr && !written.name.empty() &&
               !m_run.chain->managed.contains(moment.fullName(written)) &&
               replay.schema().table(moment.fullName(written)) == nullptr;
    }

    static bool takesAway(const Operation& operation)
    {
        return kindOf(operation.change).starts_with("drop_") ||
               kindOf(operation.change).starts_with("rename_");
    }

    void compareTables(const Replay& replay)
    {
        for (const auto& [name, before] : m_seen.tables) {
            if (before == nullptr || m_unknown.contains(name) || m_seen.notKnown.contains(name))
                continue;
            const Table* const after = replay.schema().table(name);
            if (after == nullptr) {
                if (const Key key{.kind = "table", .object = name, .part = {}}; !wasMadeTwice(key))
                    lack(key);
                continue;
            }
            for (const TableFlaw& flaw : tableFlaws(*before, *after)) {
                if (!wasMadeTwice(keyOf(flaw, name)))
                    tellOf(flaw, name);
            }
        }
    }

    /// The upgrade makes it, and a database has it already: an upgrade that stopped half-way left
    /// it there. In the chain it is not there before, so the downgrade is right to take it away.
    bool wasMadeTwice(const Key& key) const
    {
        const auto made = m_ledger.made.find(key);
        return made != m_ledger.made.end() &&
               std::ranges::any_of(m_revision.steps, [&](const StepRecord& step) {
                   return step.operation == made->second && step.refusal &&
                          saysExists(*step.refusal);
               });
    }

    /// The ledger's key of a part of a table.
    static Key keyOf(const TableFlaw& flaw, const QualifiedName& table)
    {
        if (flaw.kind == "index")
            return {
                .kind = "index", .object = {.schema = table.schema, .name = flaw.part}, .part = {}};
        const bool own = flaw.kind == "column" || flaw.kind == "trigger" || flaw.kind == "policy";
        return {.kind = own ? flaw.kind : "constraint", .object = table, .part = flaw.part};
    }

    void tellOf(const TableFlaw& flaw, const QualifiedName& table)
    {
        const std::string words = flaw.kind + " " +
                                  (flaw.kind == "column" ? toText(table) + "." : "") + flaw.part +
                                  (flaw.kind == "column" ? "" : " of " + toText(table));
        switch (flaw.kindOfFlaw) {
        case TableFlaw::Kind::Left:
            leave(words, nullptr, undoing(keyOf(flaw, table)));
            return;
        case TableFlaw::Kind::Missing:
            lack(words, nullptr);
            return;
        case TableFlaw::Kind::Differs:
            tell({.title = "Downgrade leaves " + words + " otherwise than it was",
                  .detail = "Before the upgrade it was: " + flaw.before +
                            ". After the downgrade it is: " + flaw.after +
                            ". Give it its former definition in downgrade().",
                  .object = words,
                  .instead = {},
                  .span = m_revision.span});
            return;
        }
    }

    void leave(const std::string& words, const Operation* operation, std::string instead)
    {
        tell({.title = "Downgrade leaves " + words + " behind",
              .detail = "The upgrade makes it and the downgrade does not take it away, so the next "
                        "upgrade fails because it is there already. Drop it in downgrade().",
              .object = words,
              .instead = std::move(instead),
              .span = operation == nullptr ? m_revision.span : operation->span});
    }

    void lack(const Key& key) { lack(key.words(), nullptr); }

    void lack(const std::string& words, const Operation* operation)
    {
        tell({.title = "Downgrade does not bring back " + words,
              .detail =
                  "It is there before the upgrade and not after the downgrade, so the code of the "
                  "release before does not find it. Make it again in downgrade().",
              .object = words,
              .instead = {},
              .span = operation == nullptr ? m_revision.span : operation->span});
    }

    /// A part of a table is judged by the ledger only where the table is not known as a whole.
    bool isByLedger(const Key& key) const
    {
        const auto seen = m_seen.tables.find(key.object);
        const bool isPart = !key.part.empty();
        if (key.kind == "index" || !isPart)
            return true;
        return m_unknown.contains(key.object) && !m_ledger.renamed.contains(key.object) &&
               (seen == m_seen.tables.end() || seen->second == nullptr ||
                m_seen.notKnown.contains(key.object) || m_unknown.contains(key.object));
    }

    void compareLedger(const Replay& replay)
    {
        for (const auto& [key, operation] : m_ledger.made) {
            if (!isByLedger(key) || isTold(key) || !isThere(key, replay))
                continue;
            if (key.kind == "type")
                m_result.typesLeft.push_back({.type = key.object, .span = operation->span});
            else
                leave(key.words(), operation, undoing(key));
        }
        for (const auto& [key, operation] : m_ledger.taken) {
            const bool generated = key.kind == "constraint" && m_unnamed.contains(key.object);
            const bool gone = !key.part.empty() && replay.schema().table(key.object) == nullptr;
            if (isByLedger(key) && !isTold(key) && !generated && !gone && !isThere(key, replay))
                lack(key.words(), operation);
        }
    }

    bool isTold(const Key& key) const
    {
        const std::string words = key.words();
        const std::string ofTable = "index " + key.object.name + " of ";
        return std::ranges::any_of(m_result.flaws, [&](const WayBackReview::Flaw& each) {
            return each.object == words ||
                   (key.kind == "index" && each.object.starts_with(ofTable));
        });
    }

    bool isThere(const Key& key, const Replay& replay) const
    {
        const Schema& schema = replay.schema();
        if (!key.part.empty()) {
            const Table* const table = schema.table(key.object);
            return table != nullptr && hasPart(*table, key.kind, key.part);
        }
        if (key.kind == "schema")
            return schema.namespaces.contains(key.object.name);
        if (key.kind == "extension")
            return schema.extensions.contains(key.object.name);
        if (key.kind == "type" || key.kind == "domain")
            return replay.findType(key.object).has_value();
        if (key.kind == "function") {
            const bool found = std::ranges::any_of(
                schema.functions, [&](const auto& each) { return each.first.first == key.object; });
            return found && !m_routines.contains(key.object);
        }
        return replay.findRelation(key.object).has_value();
    }

    /// Columns of tables that are not known as a whole: the same kind of change has to come back.
    void compareChanges()
    {
        for (const auto& [key, operation] : m_ledger.changed) {
            const Key column{.kind = "column", .object = key.object, .part = key.part};
            const bool moved =
                m_ledger.renamed.contains(key.object) || m_ledger.taken.contains(column) ||
                m_ledger.made.contains(column) ||
                m_ledger.taken.contains({.kind = "table", .object = key.object, .part = {}});
            if (!m_unknown.contains(key.object) || moved || m_touched.contains(key))
                continue;
            tell({.title = "Downgrade does not undo the change of " + column.words(),
                  .detail = "The upgrade changes its " + key.kind +
                            " and the downgrade leaves that as it is. Set it back in downgrade().",
                  .object = column.words(),
                  .instead = {},
                  .span = operation->span});
        }
    }

    const RevisionReview& m_revision;
    const RunReview& m_run;
    WayBackReview& m_result;
    SeenObjects m_seen;
    UpgradeLedger m_ledger;
    std::set<QualifiedName> m_unknown; ///< tables that are only known in part
    std::set<QualifiedName> m_unnamed; ///< tables that the downgrade gives a key without a name
    std::set<QualifiedName> m_routines;
    std::set<Key> m_touched;
};

bool isInUse(const Replay& replay, const QualifiedName& type)
{
    return !replay.tablesWithType(quotedIdentifier(type.name)).empty() ||
           !replay.tablesWithType(toSql(type)).empty();
}

} // namespace

WayBackReview wayBack(const RevisionReview& revision, const RunReview& run)
{
    WayBackReview result;
    const bool comparable = revision.direction == Direction::Upgrade &&
                            revision.opposite != nullptr && revision.after != nullptr &&
                            revision.reading->end == RevisionReading::End::Done &&
                            revision.opposite->end == RevisionReading::End::Done &&
                            !revision.opposite->operations.empty();
    if (!comparable || std::ranges::any_of(revision.operations(), isUnread) ||
        std::ranges::any_of(revision.opposite->operations, isUnread))
        return result;
    const bool conditional = std::ranges::any_of(revision.operations(), isConditional) ||
                             std::ranges::any_of(revision.opposite->operations, isConditional);
    result.judged = true;
    result.confidence = run.whole && !conditional ? Confidence::Certain : Confidence::Likely;
    revision.after->tryOut([&](Replay& replay) {
        Way(revision, run, result).goBack(replay);
        std::erase_if(result.typesLeft, [&](const WayBackReview::TypeLeft& each) {
            return isInUse(replay, each.type);
        });
    });
    return result;
}

} // namespace sightglass
