// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/change_text.h"
#include "core/render/sql_writer.h"

#include <array>

namespace sightglass {

namespace {

/// The body within dollar quotes that it does not contain.
std::string dollarQuoted(const std::string& body)
{
    std::string tag = "$$";
    for (int number = 1; (body + tag).find(tag) != body.size(); ++number)
        tag = "$body" + std::to_string(number) + "$";
    return tag + body + tag;
}

std::string_view routineWord(std::string_view kind)
{
    struct Word
    {
        std::string_view kind;
        std::string_view word;
    };

    constexpr auto words = std::to_array<Word>(
        {{"procedure", "PROCEDURE"}, {"aggregate", "AGGREGATE"}, {"routine", "ROUTINE"}});
    for (const Word& each : words) {
        if (each.kind == kind)
            return each.word;
    }
    return "FUNCTION";
}

std::string roleName(const std::string& role)
{
    for (const std::string_view word : {"public", "current_user", "session_user", "current_role"}) {
        if (role == word)
            return role;
    }
    return sqlName(role);
}

std::string roleNames(const std::vector<std::string>& roles)
{
    std::string result;
    for (const std::string& role : roles)
        result += (result.empty() ? "" : ", ") + roleName(role);
    return result;
}

bool isPlainSetting(const std::string& value)
{
    if (value.empty())
        return false;
    for (const char c : value) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ',' || c == ' ' ||
                           c == '"' || c == '\'' || c == '-';
        if (!plain)
            return false;
    }
    return true;
}

} // namespace

SqlText textOf(const change::CreateFunction& change)
{
    SqlWriter out;
    out.words("CREATE").when(change.orReplace, "OR REPLACE").words(routineWord(change.kind));
    out.words(sqlName(change.function) + "(" + change.arguments + ")");
    if (change.kind == "aggregate" || change.kind == "window" || change.body.empty() ||
        change.language.empty())
        out.fail("the definition of function " + change.function.name + " is not known");
    if (change.kind != "procedure" && !change.result.empty())
        out.words("RETURNS").words(change.result);
    return out.words("LANGUAGE")
        .words(change.language)
        .words("AS")
        .words(dollarQuoted(change.body))
        .result();
}

SqlText textOf(const change::DropFunction& change)
{
    const std::string arguments = change.arguments ? "(" + *change.arguments + ")" : std::string();
    return SqlWriter()
        .words("DROP")
        .words(routineWord(change.kind))
        .when(change.ifExists, "IF EXISTS")
        .words(sqlName(change.function) + arguments)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::RenameFunction& change)
{
    const std::string arguments = change.arguments ? "(" + *change.arguments + ")" : std::string();
    SqlWriter out;
    out.words("ALTER").words(routineWord(change.kind)).words(sqlName(change.function) + arguments);
    if (!change.newSchema.empty())
        return out.words("SET SCHEMA").name(change.newSchema).result();
    return out.words("RENAME TO").name(change.newName).result();
}

SqlText textOf(const change::CreateTrigger& change)
{
    if (change.definition.empty())
        return Unknown{"the definition of trigger " + change.trigger + " is not known"};
    return change.definition;
}

SqlText textOf(const change::RenameTrigger& change)
{
    return SqlWriter()
        .words("ALTER TRIGGER")
        .name(change.trigger)
        .words("ON")
        .name(change.table)
        .words("RENAME TO")
        .name(change.newName)
        .result();
}

SqlText textOf(const change::DropTrigger& change)
{
    return SqlWriter()
        .words("DROP TRIGGER")
        .when(change.ifExists, "IF EXISTS")
        .name(change.trigger)
        .words("ON")
        .name(change.table)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::CreatePolicy& change)
{
    const Policy& policy = change.policy;
    SqlWriter out;
    out.words("CREATE POLICY").name(policy.name).words("ON").name(change.table);
    out.when(!policy.permissive, "AS RESTRICTIVE");
    if (!policy.command.empty() && policy.command != "ALL")
        out.words("FOR").words(policy.command);
    const std::string roles = roleNames(policy.roles);
    out.when(!roles.empty(), "TO").words(roles);
    if (!policy.usingExpression.empty())
        out.words("USING").group(policy.usingExpression);
    if (!policy.checkExpression.empty())
        out.words("WITH CHECK").group(policy.checkExpression);
    return out.result();
}

SqlText textOf(const change::AlterPolicy& change)
{
    SqlWriter out;
    out.words("ALTER POLICY").name(change.policy).words("ON").name(change.table);
    if (!change.newName.empty())
        return out.words("RENAME TO").name(change.newName).result();
    if (change.roles)
        out.words("TO").words(roleNames(*change.roles));
    if (change.usingExpression)
        out.words("USING").group(*change.usingExpression);
    if (change.checkExpression)
        out.words("WITH CHECK").group(*change.checkExpression);
    return out.result();
}

SqlText textOf(const change::DropPolicy& change)
{
    return SqlWriter()
        .words("DROP POLICY")
        .when(change.ifExists, "IF EXISTS")
        .name(change.policy)
        .words("ON")
        .name(change.table)
        .result();
}

SqlText textOf(const change::Other& change)
{
    return Unknown{"of this " + change.statement + " only the kind is known"};
}

SqlText textOf(const change::ChangeData& change)
{
    if (change.table.name.empty())
        return Unknown{"the table whose data is changed is not known"};
    if (change.command == "TRUNCATE")
        return SqlWriter()
            .words("TRUNCATE")
            .name(change.table)
            .when(change.cascade, "CASCADE")
            .result();
    if (change.command == "DELETE" && !change.filtered)
        return SqlWriter().words("DELETE FROM").name(change.table).result();
    return Unknown{"the values that the " + change.command + " has are not kept"};
}

SqlText textOf(const change::Query& change)
{
    return change.text.empty() ? SqlText(Unknown{"the query's text is not known"})
                               : SqlText(change.text);
}

SqlText textOf(const change::SetSetting& change)
{
    if (change.reset)
        return SqlWriter().words("RESET").words(change.name).result();
    const std::string value =
        isPlainSetting(change.value) ? change.value : sqlLiteral(change.value);
    return SqlWriter()
        .words("SET")
        .when(change.local, "LOCAL")
        .words(change.name)
        .words("TO")
        .words(value)
        .result();
}

SqlText textOf(const change::Transaction& change)
{
    return change.word;
}

SqlText textOf(const change::LockTable& change)
{
    SqlWriter out;
    out.words("LOCK TABLE").name(change.table);
    if (!change.mode.empty())
        out.words("IN").words(change.mode).words(change.mode.ends_with("MODE") ? "" : "MODE");
    return out.result();
}

SqlText textOf(const change::Opaque& change)
{
    return Unknown{change.what};
}

} // namespace sightglass
