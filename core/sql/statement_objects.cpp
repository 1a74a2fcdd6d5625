// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"
#include "core/sql/statement_definitions.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr std::string_view inputModes[] = {
    "FUNC_PARAM_IN", "FUNC_PARAM_INOUT", "FUNC_PARAM_VARIADIC", "FUNC_PARAM_DEFAULT"};

/// A parameter's type as written, up to its default.
std::string parameterType(const StatementText& statement, const ParseNode& type)
{
    TokenRange range = statement.item(statement.from(type));
    range.end = std::min(range.end, statement.find(range, "default"));
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (statement.token(i).text == "=" || statement.token(i).text == ":=")
            range.end = i;
    }
    return statement.cut(range);
}

/// Types of what a call passes, as they make a function's identity.
std::string inputTypes(const StatementText& statement, const std::vector<ParseNode>& parameters)
{
    std::string result;
    for (const ParseNode& parameter : parameters) {
        if (std::ranges::find(inputModes, parameter.text("mode")) == std::end(inputModes))
            continue;
        result +=
            (result.empty() ? "" : ", ") + parameterType(statement, parameter.field("argType"));
    }
    return result;
}

/// What stands behind RETURNS: "SETOF text", "TABLE(a integer)", "trigger".
std::string resultText(const StatementText& statement, const ParseNode& node)
{
    if (!node.has("returnType"))
        return {};
    const std::size_t word = statement.find(statement.all(), "returns");
    TokenRange range{word + 1, statement.all().end};
    if (statement.is(range.begin, "table"))
        return statement.cut({range.begin, statement.closing(range.begin + 1) + 1});
    static constexpr std::array behind{
        "as",        "language", "transform", "window",  "immutable", "stable",   "volatile",
        "leakproof", "not",      "called",    "returns", "strict",    "security", "external",
        "parallel",  "cost",     "rows",      "support", "set",       "return",   "begin"};
    for (const std::string_view stop : behind)
        range.end = std::min(range.end, statement.find({word + 2, range.end}, stop));
    return statement.cut(range);
}

void readFunctionOptions(const StatementText& statement,
                         const ParseNode& node,
                         change::CreateFunction& function)
{
    bool window = false;
    for (const ParseNode& option : node.list("options")) {
        const std::string_view name = option.text("defname");
        if (name == "language")
            function.language = option.text("arg");
        else if (name == "window")
            window = true;
        else if (name == "as" && !option.strings("arg").empty())
            function.body = option.strings("arg").front();
    }
    function.kind = node.flag("is_procedure") ? "procedure" : window ? "window" : "function";
    if (!node.has("sql_body"))
        return;
    const TokenRange all = statement.all();
    const std::size_t body = std::min(statement.find(all, "begin"), statement.find(all, "return"));
    function.body = statement.cut({body, all.end});
    if (function.language.empty())
        function.language = "sql";
}

std::string roleName(const ParseNode& role)
{
    const std::string_view type = role.text("roletype");
    if (type == "ROLESPEC_CSTRING")
        return std::string(role.text("rolename"));
    return type.starts_with("ROLESPEC_") ? lowerCase(type.substr(9)) : std::string();
}

} // namespace

void readCreateIndex(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    out.push_back(readChange(change::CreateIndex{.index = readIndex(statement, node),
                                                 .ifNotExists = node.flag("if_not_exists"),
                                                 .concurrently = node.flag("concurrent")}));
}

void readCreateView(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("view");
    const TokenRange rest = statement.from(relation);
    TokenRange query{statement.find(rest, "as") + 1, rest.end};
    if (query.end > query.begin + 2 && statement.is(query.end - 1, "option") &&
        statement.is(query.end - 2, "check")) {
        while (query.end > query.begin && !statement.is(query.end, "with"))
            --query.end;
    }
    change::CreateView view{.view = relationName(relation),
                            .query = statement.cut(query),
                            .orReplace = node.flag("replace"),
                            .columns = node.strings("aliases")};
    view.temporary = relation.text("relpersistence") == "t";
    out.push_back(readChange(std::move(view)));
}

void readCreateFunction(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    change::CreateFunction function;
    function.function = nameOfParts(node.strings("funcname"));
    function.arguments = inputTypes(statement, node.list("parameters"));
    function.result = resultText(statement, node);
    function.orReplace = node.flag("replace");
    readFunctionOptions(statement, node, function);
    out.push_back(readChange(std::move(function)));
}

void readCreateTrigger(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    out.push_back(
        readChange(change::CreateTrigger{.table = relationName(node.field("relation")),
                                         .trigger = std::string(node.text("trigname")),
                                         .definition = std::string(statement.text()),
                                         .function = nameOfParts(node.strings("funcname")),
                                         .orReplace = node.flag("replace")}));
}

void readCreatePolicy(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("table");
    Policy policy;
    policy.name = node.text("policy_name");
    policy.command = upperCase(node.text("cmd_name"));
    policy.permissive = true;
    const TokenRange rest = statement.from(relation);
    if (statement.find(rest, "restrictive") < rest.end)
        policy.permissive = false;
    for (const ParseNode& role : node.list("roles"))
        policy.roles.push_back(roleName(role));
    const std::size_t with = statement.find(rest, "with");
    const std::size_t usingWord = statement.find({rest.begin, with}, "using");
    if (node.has("qual"))
        policy.usingExpression = statement.cut(statement.inside(usingWord + 1));
    if (node.has("with_check"))
        policy.checkExpression = statement.cut(statement.inside(with + 2));
    out.push_back(readChange(
        change::CreatePolicy{.table = relationName(relation), .policy = std::move(policy)}));
}

void readAlterPolicy(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("table");
    change::AlterPolicy policy{.table = relationName(relation),
                               .policy = std::string(node.text("policy_name")),
                               .newName = {}};
    for (const ParseNode& role : node.list("roles")) {
        if (!policy.roles)
            policy.roles.emplace();
        policy.roles->push_back(roleName(role));
    }
    const TokenRange rest = statement.from(relation);
    const std::size_t with = statement.find(rest, "with");
    const std::size_t usingWord = statement.find({rest.begin, with}, "using");
    if (node.has("qual"))
        policy.usingExpression = statement.cut(statement.inside(usingWord + 1));
    if (node.has("with_check"))
        policy.checkExpression = statement.cut(statement.inside(with + 2));
    out.push_back(readChange(std::move(policy)));
}

void readDefine(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const QualifiedName name = nameOfParts(node.strings("defnames"));
    const std::string_view kind = node.text("kind");
    if (kind == "OBJECT_TYPE") {
        const bool shell = node.list("definition").empty();
        out.push_back(
            readChange(change::CreateType{.type = name, .kind = shell ? "shell" : "base"}));
        return;
    }
    if (kind != "OBJECT_AGGREGATE") {
        out.push_back(readChange(otherStatement(statement, name)));
        return;
    }
    change::CreateFunction aggregate{.function = name, .kind = "aggregate"};
    aggregate.orReplace = node.flag("replace");
    const std::vector<ParseNode> arguments = node.list("args");
    if (!arguments.empty())
        aggregate.arguments = inputTypes(statement, arguments.front().items());
    out.push_back(readChange(std::move(aggregate)));
}

} // namespace sightglass
