// SPDX-License-Identifier: GPL-3.0-or-later
// Schemas, extensions, types, sequences, functions.
#include "core/rebuild/script_maker.h"
#include "core/rebuild/type_expression.h"
#include "core/schema/definitions.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// In every database from its start.
constexpr std::string_view everywhere = "plpgsql";

std::string sqlLiteral(std::string text)
{
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '\'');
    return "'" + text + "'";
}

std::string labelList(const std::vector<std::string>& labels)
{
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : ", ") + sqlLiteral(label);
    return "(" + text + ")";
}

void createEnum(const EnumType& type, BodyWriter& writer)
{
    writer.execute("CREATE TYPE " + toSql(type.name) + " AS ENUM " + labelList(type.labels));
}

bool isSubsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole)
{
    auto at = whole.begin();
    return std::ranges::all_of(part, [&](const std::string& each) {
        at = std::find(at, whole.end(), each);
        return at != whole.end() && at++ != whole.end();
    });
}

bool hasNewNames(const std::vector<std::string>& from, const std::vector<std::string>& to)
{
    if (from.size() != to.size())
        return false;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const bool isMoved =
            std::ranges::count(from, to[i]) > 0 || std::ranges::count(to, from[i]) > 0;
        if (from[i] != to[i] && isMoved)
            return false;
    }
    return true;
}

void addLabels(const EnumType& from, const EnumType& to, BodyWriter& writer)
{
    for (std::size_t i = 0; i < to.labels.size(); ++i) {
        const std::string& label = to.labels[i];
        if (std::ranges::count(from.labels, label) > 0)
            continue;
        const bool isLast = std::none_of(
            to.labels.begin() + static_cast<std::ptrdiff_t>(i),
            to.labels.end(),
            [&](const auto& each) { return std::ranges::count(from.labels, each) > 0; });
        std::string sql = "ALTER TYPE " + toSql(to.name) + " ADD VALUE " + sqlLiteral(label);
        if (!isLast)
            sql += i == 0 ? " BEFORE " + sqlLiteral(from.labels.front())
                          : " AFTER " + sqlLiteral(to.labels[i - 1]);
        writer.executeAlone(sql);
    }
}

void renameLabels(const EnumType& from, const EnumType& to, BodyWriter& writer)
{
    for (std::size_t i = 0; i < to.labels.size(); ++i) {
        if (from.labels[i] != to.labels[i])
            writer.execute("ALTER TYPE " + toSql(to.name) + " RENAME VALUE " +
                           sqlLiteral(from.labels[i]) + " TO " + sqlLiteral(to.labels[i]));
    }
}

/// PostgreSQL takes no label out of a type: it is made anew, and its columns change over.
void remakeEnum(const EnumType& from, const EnumType& to, ScriptScene& scene)
{
    BodyWriter& writer = scene.writer;
    const std::string old = from.name.name + "_old";
    writer.execute("ALTER TYPE " + toSql(from.name) + " RENAME TO " + quotedIdentifier(old));
    createEnum(to, writer);
    for (const auto& [name, table] : scene.from.tables) {
        if (scene.to.table(name) == nullptr)
            continue; // dropped by now
        for (const Column& column : table->columns) {
            if (enumOfType(column.type, scene.from) != &from || table->kind == TableKind::Partition)
                continue;
            const std::string alter =
                "ALTER TABLE " + toSql(name) + " ALTER COLUMN " + quotedIdentifier(column.name);
            const std::string text = column.type.ends_with("[]") ? "::text[]::" : "::text::";
            if (column.defaultExpression)
                writer.execute(alter + " DROP DEFAULT");
            writer.execute(alter + " TYPE " + column.type + " USING " +
                           quotedIdentifier(column.name) + text + column.type);
            if (column.defaultExpression)
                writer.execute(alter + " SET DEFAULT " + *column.defaultExpression);
        }
    }
    writer.execute("DROP TYPE " + toSql(QualifiedName{from.name.schema, old}));
}

void changeEnum(const EnumType& from, const EnumType& to, ScriptScene& scene)
{
    if (isSubsequence(from.labels, to.labels))
        addLabels(from, to, scene.writer);
    else if (hasNewNames(from.labels, to.labels))
        renameLabels(from, to, scene.writer);
    else
        remakeEnum(from, to, scene);
}

void createDomain(const Domain& domain, BodyWriter& writer)
{
    std::string sql = "CREATE DOMAIN " + toSql(domain.name) + " AS " + domain.type;
    if (domain.defaultExpression)
        sql += " DEFAULT " + *domain.defaultExpression;
    if (!domain.nullable)
        sql += " NOT NULL";
    for (const CheckConstraint& check : domain.checks)
        sql += " CONSTRAINT " + quotedIdentifier(check.name) + " " +
               readableExpression(checkDefinition(check));
    writer.execute(sql);
}

/// Made by its table.
bool comesWithTable(const Sequence& sequence, const Schema& here, const Schema& other)
{
    if (!sequence.ownerTable || other.table(*sequence.ownerTable) != nullptr)
        return false;
    const Table* table = here.table(*sequence.ownerTable);
    const Column* column = table == nullptr ? nullptr : table->column(sequence.ownerColumn);
    return column != nullptr && makesItsSequence(*table, *column, here) &&
           ownedSequence(*table, *column, here) == &sequence;
}

bool isNamedByTables(const Function& function, const Schema& schema)
{
    const std::string& name = function.name.name;
    const auto inText = [&](const std::string& text) { return mentions(text, name); };
    for (const auto& [_, table] : schema.tables) {
        for (const Column& column : table->columns) {
            if (inText(column.defaultExpression.value_or("")) ||
                inText(column.generated.value_or("")))
                return true;
        }
        const auto inIndex = [&](const Index& index) {
            return std::ranges::any_of(index.columns, inText) ||
                   inText(index.predicate.value_or(""));
        };
        if (std::ranges::any_of(table->indexes, inIndex) ||
            std::ranges::any_of(table->checks,
                                [&](const auto& check) { return inText(check.expression); }) ||
            std::ranges::any_of(table->exclusions,
                                [&](const auto& each) { return inText(each.definition); }))
            return true;
    }
    return std::ranges::any_of(schema.domains, [&](const auto& entry) {
        return std::ranges::any_of(entry.second->checks,
                                   [&](const auto& check) { return inText(check.expression); });
    });
}

/// What is known of a function, as a statement.
std::string plainFunctionText(const Function& function)
{
    std::string tag = "$function$";
    for (int i = 1; function.body.find(tag) != std::string::npos; ++i)
        tag = "$function" + std::to_string(i) + "$";
    const bool isProcedure = function.kind == "procedure";
    return std::string("CREATE OR REPLACE ") + (isProcedure ? "PROCEDURE " : "FUNCTION ") +
           toSql(function.name) + "(" + function.arguments + ")" +
           (isProcedure ? "" : "\nRETURNS " + function.result) + "\nLANGUAGE " + function.language +
           "\nAS " + tag + function.body + tag;
}

void createFunction(const Function& function, const std::string& signature, ScriptScene& scene)
{
    const auto text = scene.functions.find({function.name, signature});
    if (text != scene.functions.end()) {
        scene.writer.execute(text->second);
        return;
    }
    scene.note("Of function " + toText(function.name) +
               " only arguments, result, language and body are known: volatility and other "
               "settings are PostgreSQL's defaults here.");
    scene.writer.execute(plainFunctionText(function));
}

std::string routineWord(const Function& function)
{
    return function.kind == "procedure"   ? "PROCEDURE "
           : function.kind == "aggregate" ? "AGGREGATE "
                                          : "FUNCTION ";
}

} // namespace

void createNamespaces(ScriptScene& scene)
{
    for (const std::string& name : scene.to.namespaces) {
        if (!scene.from.namespaces.contains(name) && name != "public")
            scene.writer.execute("CREATE SCHEMA " + quotedIdentifier(name));
    }
    for (const auto& [name, extension] : scene.to.extensions) {
        if (scene.from.extensions.contains(name) || name == everywhere)
            continue;
        std::string sql = "CREATE EXTENSION IF NOT EXISTS " + quotedIdentifier(name);
        if (!extension.schema.empty() && extension.schema != "public" &&
            extension.schema != "pg_catalog")
            sql += " SCHEMA " + quotedIdentifier(extension.schema);
        scene.writer.execute(sql);
    }
}

void dropNamespaces(ScriptScene& scene)
{
    for (const auto& [name, extension] : scene.from.extensions) {
        if (!scene.to.extensions.contains(name) && name != everywhere)
            scene.writer.execute("DROP EXTENSION " + quotedIdentifier(name));
    }
    for (const std::string& name : scene.from.namespaces) {
        if (!scene.to.namespaces.contains(name) && name != "public")
            scene.writer.execute("DROP SCHEMA " + quotedIdentifier(name));
    }
}

void createTypes(ScriptScene& scene)
{
    for (const auto& [name, type] : scene.to.enums) {
        const auto before = scene.from.enums.find(name);
        if (!type->extension.empty())
            continue;
        if (before == scene.from.enums.end())
            createEnum(*type, scene.writer);
        else if (before->second->labels != type->labels)
            changeEnum(*before->second, *type, scene);
    }
    for (const auto& [name, domain] : scene.to.domains) {
        const auto before = scene.from.domains.find(name);
        if (!domain->extension.empty() ||
            (before != scene.from.domains.end() && *before->second == *domain))
            continue;
        if (before != scene.from.domains.end())
            scene.note("Domain " + toText(name) +
                       " is another after the revision, which the file does not write.");
        else
            createDomain(*domain, scene.writer);
    }
}

void dropTypes(ScriptScene& scene)
{
    for (const auto& [name, domain] : scene.from.domains) {
        if (domain->extension.empty() && scene.to.domains.find(name) == scene.to.domains.end())
            scene.writer.execute("DROP DOMAIN " + toSql(name));
    }
    for (const auto& [name, type] : scene.from.enums) {
        if (type->extension.empty() && scene.to.enums.find(name) == scene.to.enums.end())
            scene.writer.execute("DROP TYPE " + toSql(name));
    }
}

void createSequences(ScriptScene& scene)
{
    for (const auto& [name, sequence] : scene.to.sequences) {
        const auto before = scene.from.sequences.find(name);
        const bool isThere = before != scene.from.sequences.end();
        if (!sequence->extension.empty() || comesWithTable(*sequence, scene.to, scene.from))
            continue;
        if (isThere && before->second->type == sequence->type &&
            before->second->start == sequence->start &&
            before->second->increment == sequence->increment)
            continue;
        std::string sql = (isThere ? "ALTER SEQUENCE " : "CREATE SEQUENCE ") + toSql(name);
        if (isThere || sequence->type != "bigint")
            sql += " AS " + sequence->type;
        if (isThere || sequence->start != 1)
            sql += " START WITH " + std::to_string(sequence->start);
        if (isThere || sequence->increment != 1)
            sql += " INCREMENT BY " + std::to_string(sequence->increment);
        scene.writer.execute(sql);
    }
}

void ownSequences(ScriptScene& scene)
{
    for (const auto& [name, sequence] : scene.to.sequences) {
        const auto before = scene.from.sequences.find(name);
        const bool isThere = before != scene.from.sequences.end();
        const bool isOwnedBefore = isThere && before->second->ownerTable == sequence->ownerTable &&
                                   before->second->ownerColumn == sequence->ownerColumn;
        if (!sequence->extension.empty() || isOwnedBefore || (!isThere && !sequence->ownerTable) ||
            comesWithTable(*sequence, scene.to, scene.from))
            continue;
        scene.writer.execute("ALTER SEQUENCE " + toSql(name) + " OWNED BY " +
                             (sequence->ownerTable ? toSql(*sequence->ownerTable) + "." +
                                                         quotedIdentifier(sequence->ownerColumn)
                                                   : std::string("NONE")));
    }
}

void dropSequences(ScriptScene& scene)
{
    for (const auto& [name, sequence] : scene.from.sequences) {
        if (!sequence->extension.empty() ||
            scene.to.sequences.find(name) != scene.to.sequences.end())
            continue;
        // It goes with the column or table that owns it.
        const Table* owner = sequence->ownerTable ? scene.to.table(*sequence->ownerTable) : nullptr;
        const bool isFree = !sequence->ownerTable ||
                            (owner != nullptr && owner->column(sequence->ownerColumn) != nullptr);
        if (isFree)
            scene.writer.execute("DROP SEQUENCE " + toSql(name));
    }
}

void createFunctions(ScriptScene& scene, bool early)
{
    for (const auto& [key, function] : scene.to.functions) {
        const auto before = scene.from.functions.find(key);
        const bool isThere = before != scene.from.functions.end();
        if (!function->extension.empty() || (isThere && *before->second == *function) ||
            isNamedByTables(*function, scene.to) != early)
            continue;
        if (function->kind == "aggregate" || function->kind == "window") {
            scene.note("The file does not make " + function->kind + " " + toText(function->name) +
                       ".");
            continue;
        }
        if (isThere && before->second->result != function->result)
            scene.writer.execute("DROP " + routineWord(*before->second) + toSql(key.first) + "(" +
                                 key.second + ")");
        createFunction(*function, key.second, scene);
    }
}

void dropFunctions(ScriptScene& scene)
{
    for (const auto& [key, function] : scene.from.functions) {
        if (function->extension.empty() && !scene.to.functions.contains(key))
            scene.writer.execute("DROP " + routineWord(*function) + toSql(key.first) + "(" +
                                 key.second + ")");
    }
}

} // namespace sightglass
