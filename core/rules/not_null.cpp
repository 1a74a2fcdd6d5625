// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/not_null.h"

#include "core/rules/alembic_words.h"
#include "core/sql/expression_facts.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <vector>

namespace sightglass {

namespace {

constexpr int usesChecks = 120'000;         ///< before, PostgreSQL reads all rows whatever is known
constexpr int notNullConstraints = 180'000; ///< NOT NULL can be added NOT VALID

bool proves(const CheckConstraint& check, const std::string& column)
{
    return check.validated && check.enforced && provesNotNull(check.expression, column);
}

std::vector<std::string> proofsOf(const Table& table, const std::string& column)
{
    std::vector<std::string> names;
    for (const CheckConstraint& check : table.checks) {
        if (proves(check, column))
            names.push_back(check.name);
    }
    return names;
}

bool drops(const Change& change, const std::string& constraint)
{
    const auto* const drop = std::get_if<change::DropConstraint>(&change);
    return drop != nullptr && drop->name == constraint;
}

/// Drops are done before everything else in an ALTER TABLE, wherever they stand in it.
bool droppedBeside(const Step& step, const std::string& constraint)
{
    return std::ranges::any_of(step.later(), [&](const Operation& later) {
        return inOneAlterTable(step.operation(), later) && drops(later.change, constraint);
    });
}

/// Whether earlier steps of the revision made a valid CHECK of this name that proves it.
bool provedHere(std::span<const StepRecord> steps,
                const StepRecord& drop,
                const std::string& constraint,
                const std::string& column)
{
    bool valid = false;
    for (const StepRecord& each : steps.first(drop.index)) {
        if (each.target.name != drop.target.name)
            continue;
        const auto* const add = each.as<change::AddConstraint>();
        const auto* const validate = each.as<change::ValidateConstraint>();
        if (add != nullptr && add->constraint.name == constraint &&
            add->constraint.expression.isKnown() &&
            provesNotNull(add->constraint.expression.value(), column))
            valid = (!add->constraint.notValid && !add->constraint.notEnforced) || valid;
        if (validate != nullptr && validate->name == constraint)
            valid = true;
    }
    return valid;
}

/// A CHECK that an earlier step of the revision dropped and that would have proved it.
std::string droppedProof(const Step& step, const QualifiedName& table, const std::string& column)
{
    for (const StepRecord& earlier : step.earlier()) {
        const auto* const drop = earlier.as<change::DropConstraint>();
        if (drop == nullptr || earlier.target.name != table)
            continue;
        if (!earlier.target.table) {
            if (provedHere(step.earlier(), earlier, drop->name, column))
                return drop->name;
            continue;
        }
        const std::vector<std::string> proofs = proofsOf(*earlier.target.table, column);
        if (std::ranges::find(proofs, drop->name) != proofs.end())
            return drop->name;
    }
    return {};
}

NotNullOutlook withoutProof(const Step& step, const QualifiedName& table, const std::string& column)
{
    const std::string dropped = step.moment.serverVersion() < usesChecks
                                    ? std::string()
                                    : droppedProof(step, table, column);
    if (!dropped.empty())
        return {.work = NotNullWork::HelperDropped, .helper = dropped};
    const bool known = step.moment.relation(table).table != nullptr;
    return {.work = known ? NotNullWork::Scan : NotNullWork::NotKnown, .helper = {}};
}

} // namespace

bool inOneAlterTable(const Operation& left, const Operation& right)
{
    if (left.statement != right.statement || left.call != right.call || left.sql.empty() ||
        left.sql != right.sql)
        return false;
    const auto first = nextSqlToken(left.sql, 0);
    return first && first->is("alter");
}

NotNullOutlook
notNullOutlook(const Step& step, const QualifiedName& table, const std::string& column)
{
    const QualifiedName name = step.moment.fullName(table);
    const Table* const known = step.moment.schema().table(name);
    const Column* const definition = known == nullptr ? nullptr : known->column(column);
    if (definition != nullptr && !definition->nullable)
        return {.work = NotNullWork::None, .helper = {}};
    if (known == nullptr || step.moment.serverVersion() < usesChecks)
        return withoutProof(step, name, column);
    const std::vector<std::string> proofs = proofsOf(*known, column);
    const auto stays = std::ranges::find_if(
        proofs, [&](const std::string& proof) { return !droppedBeside(step, proof); });
    if (stays != proofs.end())
        return {.work = NotNullWork::Proven, .helper = *stays};
    if (!proofs.empty())
        return {.work = NotNullWork::HelperDropped, .helper = proofs.front()};
    return withoutProof(step, name, column);
}

std::optional<ColumnMadeNotNull> columnMadeNotNull(const Change& change)
{
    if (const auto* const set = std::get_if<change::SetNotNull>(&change))
        return set->notValid
                   ? std::nullopt
                   : std::optional(ColumnMadeNotNull{.table = set->table, .column = set->column});
    return std::nullopt;
}

std::string
stepsToNotNull(const QualifiedName& written, const std::string& column, int serverVersion)
{
    if (serverVersion < usesChecks)
        return {};
    const std::string name = written.name + "_" + column + "_not_null";
    const std::string quoted = quotedIdentifier(name);
    const std::string validate = executedAlterTable(written, "VALIDATE CONSTRAINT " + quoted);
    if (serverVersion >= notNullConstraints)
        return inTwoRevisions(executedAlterTable(written,
                                                 "ADD CONSTRAINT " + quoted + " NOT NULL " +
                                                     quotedIdentifier(column) + " NOT VALID"),
                              validate);
    const std::string table = pythonText(written.name);
    const std::string schema = schemaArgument(written);
    return inTwoRevisions("op.create_check_constraint(" + pythonText(name) + ", " + table + ", " +
                              pythonText(quotedIdentifier(column) + " IS NOT NULL") + schema +
                              ", postgresql_not_valid=True)",
                          validate + "\n# and in the one after that:\nop.alter_column(" + table +
                              ", " + pythonText(column) + ", nullable=False" + schema +
                              ")\nop.drop_constraint(" + pythonText(name) + ", " + table + schema +
                              ")");
}

} // namespace sightglass
