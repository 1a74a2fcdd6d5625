// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/spelling.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/sql/expression_facts.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <array>

namespace sightglass::rules::default_frozen_timestamp {

namespace {

constexpr std::array<std::string_view, 5> frozenWords{
    "now", "now()", "today", "tomorrow", "yesterday"};
constexpr std::array<std::string_view, 9> timeTypes{"timestamp",
                                                    "timestamptz",
                                                    "date",
                                                    "time",
                                                    "timetz",
                                                    "pg_catalog.timestamp",
                                                    "pg_catalog.timestamptz",
                                                    "pg_catalog.date",
                                                    "pg_catalog.time"};
/// Types that hold the word as it is.
constexpr std::array<std::string_view, 12> otherTypes{"text",
                                                      "varchar",
                                                      "character",
                                                      "char",
                                                      "name",
                                                      "citext",
                                                      "json",
                                                      "jsonb",
                                                      "bpchar",
                                                      "xml",
                                                      "bytea",
                                                      "tsvector"};

enum class TypeKind
{
    Time,
    Other,
    NotKnown
};

/// By its first word: "timestamp(3) with time zone", "VARCHAR(20)".
TypeKind kindOfType(const std::string& type)
{
    const std::string lower = lowerCase(type);
    const std::string word = lower.substr(0, lower.find_first_of(" (["));
    if (lower.find('[') != std::string::npos)
        return TypeKind::Other;
    if (std::ranges::find(timeTypes, word) != timeTypes.end())
        return TypeKind::Time;
    return std::ranges::find(otherTypes, word) != otherTypes.end() ? TypeKind::Other
                                                                   : TypeKind::NotKnown;
}

std::string trimmed(std::string text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
    text.erase(text.begin(), std::ranges::find_if_not(text, isSpace));
    while (!text.empty() && isSpace(text.back()))
        text.pop_back();
    return text;
}

/// 'now'::text::timestamptz is computed for each row: the cast of a text is not done beforehand.
bool isCastAsText(const std::string& expression)
{
    const std::vector<SqlToken> tokens = sqlTokens(expression);
    return std::ranges::any_of(tokens, [](const SqlToken& token) {
        return token.is("text") || token.is("varchar") || token.is("character");
    });
}

/// The frozen word of a default; empty: it has none.
std::string frozenWord(const SqlText& expression)
{
    if (!expression.isKnown() || isCastAsText(expression.value()))
        return {};
    const ExpressionFacts facts = expressionFacts(expression.value());
    if (!facts.literal)
        return {};
    std::string word = trimmed(lowerCase(*facts.literal));
    return std::ranges::find(frozenWords, word) != frozenWords.end() ? word : std::string();
}

bool isCastAsTime(const std::string& expression)
{
    const std::vector<SqlToken> tokens = sqlTokens(expression);
    return std::ranges::any_of(tokens, [](const SqlToken& token) {
        return token.kind == SqlTokenKind::Word &&
               kindOfType(std::string(token.text)) == TypeKind::Time;
    });
}

struct Place
{
    QualifiedName written;
    std::string table;
    std::string column;
    TypeKind type = TypeKind::NotKnown;
    bool exists = false; ///< SET DEFAULT rather than a new column
};

std::string safeForm(const Place& place)
{
    if (!place.exists)
        return "server_default=sa.func.now()";
    return "op.alter_column(" + pythonText(place.written.name) + ", " + pythonText(place.column) +
           ", server_default=sa.func.now()" + schemaArgument(place.written) + ")";
}

void look(const Step& step, Place place, const SqlText& expression, FindingReport& report)
{
    const std::string word = frozenWord(expression);
    if (word.empty())
        return;
    if (isCastAsTime(expression.value()))
        place.type = TypeKind::Time;
    if (place.type == TypeKind::Other)
        return;
    const std::string column = place.table + "." + place.column;
    FindingDraft draft{
        .title = "Default of " + column + " is the moment of the migration",
        .detail = "'" + word +
                  "' is a literal: PostgreSQL turns it into a timestamp once, when the statement "
                  "runs, and every later row gets that same moment. Give a function as the "
                  "default, as sa.func.now() or sa.text(\"now()\").",
        .object = "column " + column,
        .instead = safeForm(place)};
    if (place.type == TypeKind::NotKnown) {
        draft.confidence = Confidence::Possible;
        draft.unsettled = "the type of " + column + "; a text column would keep the word itself";
    }
    report.add(step, std::move(draft));
}

/// An enum has labels of its own.
TypeKind kindOfTypeHere(const Step& step, const std::string& type)
{
    const TypeKind kind = kindOfType(type);
    const bool label =
        kind == TypeKind::NotKnown && step.moment.enumType(replaying::nameFromSql(type)) != nullptr;
    return label ? TypeKind::Other : kind;
}

void lookAt(const Step& step,
            const QualifiedName& table,
            const ColumnDefinition& column,
            FindingReport& report)
{
    if (!column.defaultExpression)
        return;
    const Place place{.written = table,
                      .table = toText(table),
                      .column = column.name,
                      .type = column.type.isKnown() ? kindOfTypeHere(step, column.type.value())
                                                    : TypeKind::NotKnown};
    look(step, place, *column.defaultExpression, report);
}

void check(const Step& step, FindingReport& report)
{
    if (const auto* const table = step.as<change::CreateTable>()) {
        for (const ColumnDefinition& column : table->columns)
            lookAt(step, table->table, column, report);
    } else if (const auto* const added = step.as<change::AddColumn>()) {
        lookAt(step, added->table, added->column, report);
    } else if (const auto* const set = step.as<change::SetDefault>()) {
        const Column* const column = step.moment.column(set->table, set->column);
        look(step,
             {.written = set->table,
              .table = toText(step.target().name),
              .column = set->column,
              .type = column == nullptr ? TypeKind::NotKnown : kindOfTypeHere(step, column->type),
              .exists = true},
             set->expression,
             report);
    }
}

} // namespace

extern const Rule rule{.id = "default-frozen-timestamp",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::default_frozen_timestamp
