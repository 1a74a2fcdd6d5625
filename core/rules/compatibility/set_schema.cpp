// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/sql/statement_tokens.h"

namespace sightglass::rules::set_schema {

namespace {

struct Move
{
    std::string object; ///< with its kind
    std::string newSchema;
    bool isNew = false;
    const QualifiedName* table = nullptr; ///< as written
};

/// Routines and others whose move has no change of its own: "ALTER FUNCTION f(int) SET SCHEMA s".
std::optional<Move> unfollowedMove(const Step& step)
{
    const auto* const opaque = step.as<change::Opaque>();
    const auto* const other = step.as<change::Other>();
    if (opaque == nullptr && other == nullptr)
        return std::nullopt;
    const std::vector<SqlToken> tokens = sqlTokens(step.operation().sql);
    if (tokens.empty() || !tokens.front().is("alter"))
        return std::nullopt;
    for (std::size_t i = 1; i + 2 < tokens.size(); ++i) {
        if (!tokens[i].is("set") || !tokens[i + 1].is("schema"))
            continue;
        const QualifiedName& name = opaque != nullptr ? opaque->table : other->object;
        return Move{
            .object = std::string(tokens[1].text) + " " + toText(name),
            .newSchema = std::string(tokens[i + 2].text),
            .isNew = step.moment.isNew(NewObjects::Kind::Function, createdName(step.moment, name)),
            .table = nullptr};
    }
    return std::nullopt;
}

std::optional<Move> moveOf(const Step& step)
{
    if (const auto* const table = step.as<change::SetTableSchema>())
        return Move{.object = "table " + toText(step.moment.fullName(table->table)),
                    .newSchema = table->newSchema,
                    .isNew = step.moment.isNewRelation(table->table),
                    .table = &table->table};
    if (const auto* const type = step.as<change::SetTypeSchema>())
        return Move{.object = "type " + toText(step.moment.fullTypeName(type->type)),
                    .newSchema = type->newSchema,
                    .isNew = step.moment.isNewType(type->type),
                    .table = nullptr};
    const auto* const function = step.as<change::RenameFunction>();
    if (function != nullptr && !function->newSchema.empty())
        return Move{.object = function->kind + " " + toText(function->function),
                    .newSchema = function->newSchema,
                    .isNew = step.moment.isNew(NewObjects::Kind::Function,
                                               createdName(step.moment, function->function)),
                    .table = nullptr};
    return unfollowedMove(step);
}

void check(const Step& step, FindingReport& report)
{
    const auto move = moveOf(step);
    if (!move || move->isNew)
        return;
    FindingDraft draft{
        .title = "Moves " + move->object + " to schema " + move->newSchema,
        .detail = "Code that runs now still looks for it in the old schema and fails at once, "
                  "unless every client's search path has both. Leave a view in the old schema for "
                  "one release.",
        .object = move->object,
        .unsettled = {}};
    if (move->table != nullptr) {
        const QualifiedName moved{.schema = move->newSchema, .name = move->table->name};
        const QualifiedName old = step.moment.fullName(*move->table);
        draft.instead =
            executeCall("ALTER TABLE " + toSql(old) + " SET SCHEMA " +
                        quotedIdentifier(move->newSchema)) +
            "\n" + executeCall("CREATE VIEW " + toSql(old) + " AS SELECT * FROM " + toSql(moved));
        const auto isView = [&](const change::CreateView& view) {
            return step.sameName(view.view, *move->table) || view.view == old;
        };
        if (step.laterChange<change::CreateView>(isView) != nullptr) {
            draft.severity = Severity::Low;
            draft.instead.clear();
        }
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "set-schema",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::set_schema
