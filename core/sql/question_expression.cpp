// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions of a question. PostgreSQL's three values of truth, and a fourth: it can't be told.
#include "core/sql/question_select.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <array>

namespace sightglass::question {

namespace {

constexpr int depthLimit = 100;

bool isTextual(const Datum& value)
{
    return value.kind == Datum::Kind::Text || value.kind == Datum::Kind::SystemName;
}

/// Some name of PostgreSQL's own beside a text: they differ for sure only if no such name exists.
Datum compareSystem(std::string_view operatorName, const Datum& left, const Datum& right)
{
    const bool onLeft = left.kind == Datum::Kind::SystemName;
    const Datum& system = onLeft ? left : right;
    const Datum& other = onLeft ? right : left;
    // A single letter may be a code; PostgreSQL's own objects have no name that short.
    const bool isName = system.flag || other.text.size() > 1;
    const bool differ = other.kind == Datum::Kind::Object ||
                        (other.kind == Datum::Kind::Text && isName && !maySystemHave(other.text));
    if (differ && (operatorName == "=" || operatorName == "<>"))
        return Datum::ofFlag(operatorName == "<>");
    if (differ && operatorName == "~~" && left.kind == Datum::Kind::SystemName) {
        // A pattern that begins with a word no system name begins with.
        const std::string prefix = other.text.substr(0, other.text.find_first_of("%\\"));
        if (prefix.size() > 4 && !prefix.starts_with("pg_") && !maySystemHave(prefix))
            return Datum::ofFlag(false);
    }
    return Datum::unknown("depends on PostgreSQL's own objects");
}

int threeWay(const Datum& left, const Datum& right)
{
    if (left.kind == Datum::Kind::Text)
        return left.text.compare(right.text);
    const std::int64_t a = left.kind == Datum::Kind::Flag ? left.flag : left.number;
    const std::int64_t b = right.kind == Datum::Kind::Flag ? right.flag : right.number;
    return a < b ? -1 : a > b ? 1 : 0;
}

Datum negated(const Datum& value)
{
    return value.kind == Datum::Kind::Flag ? Datum::ofFlag(!value.flag) : value;
}

Datum constant(const ParseNode& node)
{
    if (node.flag("isnull"))
        return {};
    if (node.has("boolval"))
        return Datum::ofFlag(node.field("boolval").flag("boolval"));
    if (node.has("ival"))
        return Datum::ofNumber(node.field("ival").integer("ival"));
    if (node.has("sval"))
        return Datum::ofText(plainValueOf(node));
    return Datum::unknown("has a number with a fraction");
}

/// A text becomes what it is compared with.
Datum coerced(const Datum& value, const Datum& like)
{
    if (value.kind != Datum::Kind::Text)
        return value;
    if (like.kind == Datum::Kind::Flag) {
        const std::string word = lowerCase(value.text);
        if (word == "t" || word == "true" || word == "yes" || word == "on" || word == "1")
            return Datum::ofFlag(true);
        return word.empty() ? value : Datum::ofFlag(false);
    }
    std::int64_t number = 0;
    if (like.kind != Datum::Kind::Number || value.text.empty() || value.text.size() > 18 ||
        value.text.find_first_not_of("0123456789") != std::string::npos)
        return value;
    for (const char c : value.text)
        number = number * 10 + (c - '0');
    return Datum::ofNumber(number);
}

constexpr std::array knownFunctions{std::string_view("count"),
                                    std::string_view("current_schema"),
                                    std::string_view("current_schemas"),
                                    std::string_view("to_regclass"),
                                    std::string_view("to_regtype"),
                                    std::string_view("pg_table_is_visible"),
                                    std::string_view("pg_type_is_visible"),
                                    std::string_view("lower"),
                                    std::string_view("upper"),
                                    std::string_view("pg_get_constraintdef"),
                                    std::string_view("enum_range"),
                                    std::string_view("unnest"),
                                    std::string_view("quote_ident"),
                                    std::string_view("current_database")};

} // namespace

bool mayAggregate(const ParseNode& node, int depth)
{
    constexpr int deepest = 100;
    constexpr std::array plain{std::string_view("length"),
                               std::string_view("substr"),
                               std::string_view("substring"),
                               std::string_view("replace"),
                               std::string_view("concat"),
                               std::string_view("now"),
                               std::string_view("md5"),
                               std::string_view("jsonb_typeof"),
                               std::string_view("json_typeof"),
                               std::string_view("date_trunc"),
                               std::string_view("to_char")};
    if (depth > deepest)
        return true;
    if (node.is("SubLink"))
        return false; // aggregates of its own
    if (node.is("FuncCall")) {
        const std::vector<std::string> name = node.strings("funcname");
        if (name.empty() ||
            (!isKnownFunction(name.back()) && std::ranges::find(plain, name.back()) == plain.end()))
            return true;
    }
    for (const auto& [name, child] : node.fields()) {
        if (mayAggregate(child, depth + 1))
            return true;
        for (const ParseNode& item : node.list(name)) {
            if (mayAggregate(item, depth + 1))
                return true;
        }
    }
    return false;
}

bool isKnownFunction(std::string_view name)
{
    return std::ranges::find(knownFunctions, name) != knownFunctions.end();
}

Datum compare(std::string_view operatorName, const Datum& leftGiven, const Datum& rightGiven)
{
    if (leftGiven.kind == Datum::Kind::Unknown)
        return leftGiven;
    if (rightGiven.kind == Datum::Kind::Unknown)
        return rightGiven;
    if (leftGiven.isNull() || rightGiven.isNull())
        return {};
    if (leftGiven.kind == Datum::Kind::SystemName || rightGiven.kind == Datum::Kind::SystemName)
        return compareSystem(operatorName, leftGiven, rightGiven);
    const Datum left = coerced(leftGiven, rightGiven);
    const Datum right = coerced(rightGiven, leftGiven);
    if (operatorName == "~~" || operatorName == "!~~" || operatorName == "~~*" ||
        operatorName == "!~~*") {
        if (!isTextual(left) || !isTextual(right))
            return Datum::unknown("compares what is no text with a pattern");
        const bool fits = isLike(left.text, right.text, operatorName.ends_with('*'));
        return Datum::ofFlag(fits != (operatorName.front() == '!'));
    }
    const bool objects = left.kind == Datum::Kind::Object || right.kind == Datum::Kind::Object;
    if (objects && left.kind != right.kind) {
        const Datum& other = left.kind == Datum::Kind::Object ? right : left;
        // An oid of ours is not 0; other numbers can't be told.
        if (other.kind == Datum::Kind::Number && other.number == 0)
            return Datum::ofFlag(operatorName == "<>");
        return Datum::unknown("compares an oid with a constant");
    }
    if (left.kind != right.kind || left.kind == Datum::Kind::List)
        return Datum::unknown("compares values of different kinds");
    const int order = threeWay(left, right);
    if (operatorName == "=")
        return Datum::ofFlag(order == 0);
    if (operatorName == "<>" || operatorName == "!=")
        return Datum::ofFlag(order != 0);
    if (objects)
        return Datum::unknown("sorts by oid");
    if (operatorName == "<")
        return Datum::ofFlag(order < 0);
    if (operatorName == ">")
        return Datum::ofFlag(order > 0);
    if (operatorName == "<=")
        return Datum::ofFlag(order <= 0);
    if (operatorName == ">=")
        return Datum::ofFlag(order >= 0);
    return Datum::unknown("has the operator " + std::string(operatorName));
}

Datum SelectReader::columnValue(const ParseNode& node)
{
    const std::vector<std::string> parts = node.strings("fields");
    if (parts.empty() || parts.size() > 3)
        return Datum::unknown("names a column in a way that isn't followed");
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
        for (const Source& source : (*scope)->sources) {
            if (parts.size() > 1 && source.alias != parts[parts.size() - 2])
                continue;
            const auto found = std::ranges::find(source.rows.columns, parts.back());
            if (found == source.rows.columns.end()) {
                if (parts.size() > 1)
                    return Datum::unknown("asks for column " + parts.back() + " of " +
                                          source.alias);
                continue;
            }
            if (source.row == nullptr)
                return Datum::unknown("names a column of a table that isn't at hand");
            return (*source.row)[static_cast<std::size_t>(found - source.rows.columns.begin())];
        }
    }
    return Datum::unknown("asks for column " + parts.back());
}

Datum SelectReader::anyOf(const std::string& operatorName,
                          const Datum& left,
                          const std::vector<Datum>& items,
                          bool all)
{
    Datum result = Datum::ofFlag(all);
    for (const Datum& item : items) {
        const Datum one = compare(operatorName, left, item);
        if (one.kind == Datum::Kind::Flag && one.flag != all)
            return one;
        if (one.isUnknown() || (one.isNull() && !result.isUnknown()))
            result = one;
    }
    return result;
}

Datum SelectReader::operation(const ParseNode& node, int depth)
{
    const std::string_view kind = node.text("kind");
    const std::vector<std::string> name = node.strings("name");
    const std::string operatorName = name.empty() ? std::string() : name.back();
    const Datum left = value(node.field("lexpr"), depth + 1);
    if (kind == "AEXPR_IN") {
        std::vector<Datum> items;
        for (const ParseNode& item : node.list("rexpr"))
            items.push_back(value(item, depth + 1));
        return anyOf(operatorName, left, items, operatorName == "<>");
    }
    const Datum right = value(node.field("rexpr"), depth + 1);
    if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
        if (right.kind != Datum::Kind::List)
            return right.isNull() ? right : Datum::unknown("compares with an array");
        return anyOf(operatorName, left, right.items, kind == "AEXPR_OP_ALL");
    }
    if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT") {
        if (left.isUnknown() || right.isUnknown())
            return Datum::unknown("compares what isn't known");
        const bool same = left.isNull() || right.isNull() ? left.isNull() && right.isNull()
                                                          : compare("=", left, right).isTrue();
        return Datum::ofFlag(same == (kind == "AEXPR_NOT_DISTINCT"));
    }
    if (kind != "AEXPR_OP" && kind != "AEXPR_LIKE" && kind != "AEXPR_ILIKE")
        return Datum::unknown("compares in a way that isn't followed");
    if (operatorName == "||" && left.kind == Datum::Kind::Text && right.kind == Datum::Kind::Text)
        return Datum::ofText(left.text + right.text);
    return compare(operatorName, left, right);
}

Datum SelectReader::logic(const ParseNode& node, int depth)
{
    const std::string_view kind = node.text("boolop");
    if (kind == "NOT_EXPR") {
        const std::vector<ParseNode> arguments = node.list("args");
        return arguments.empty() ? Datum{} : negated(value(arguments.front(), depth + 1));
    }
    const bool decisive = kind == "OR_EXPR";
    Datum result = Datum::ofFlag(!decisive);
    for (const ParseNode& argument : node.list("args")) {
        const Datum one = value(argument, depth + 1);
        if (one.kind == Datum::Kind::Flag && one.flag == decisive)
            return one;
        if (one.isUnknown() || (one.isNull() && !result.isUnknown()))
            result = one;
    }
    return result;
}

Datum SelectReader::subquery(const ParseNode& node, int depth)
{
    const std::string before = std::exchange(m_reason, {});
    const auto rows = read(node.field("subselect"));
    const std::string reason = std::exchange(m_reason, before);
    if (!rows)
        return Datum::unknown(reason);
    const std::string_view kind = node.text("subLinkType");
    if (kind == "EXISTS_SUBLINK")
        return Datum::ofFlag(!rows->rows.empty());
    std::vector<Datum> items;
    for (const std::vector<Datum>& row : rows->rows) {
        if (row.size() != 1)
            return Datum::unknown("has a query of several columns");
        items.push_back(row.front());
    }
    if (kind == "EXPR_SUBLINK")
        return items.empty()       ? Datum{}
               : items.size() == 1 ? items.front()
                                   : Datum::unknown("has a query of several rows");
    if (kind == "ARRAY_SUBLINK") {
        Datum list{.kind = Datum::Kind::List};
        list.items = std::move(items);
        return list;
    }
    if (kind != "ANY_SUBLINK" && kind != "ALL_SUBLINK")
        return Datum::unknown("asks in a way that isn't followed");
    const std::vector<std::string> name = node.strings("operName");
    return anyOf(name.empty() ? "=" : name.back(),
                 value(node.field("testexpr"), depth + 1),
                 items,
                 kind == "ALL_SUBLINK");
}

Datum SelectReader::call(const ParseNode& node, int depth)
{
    const std::vector<std::string> name = node.strings("funcname");
    const std::string function = name.empty() ? std::string() : name.back();
    if (function == "count") {
        const auto place = static_cast<std::int64_t>(node.location().value_or(0));
        if (m_scopes.empty() || !m_scopes.back()->counting)
            return Datum::unknown("counts where that isn't followed");
        return Datum::ofNumber(m_scopes.back()->counts[place]);
    }
    if (function == "current_schema")
        return m_tables.currentSchema();
    if (!isKnownFunction(function) || function == "current_database")
        return Datum::unknown("calls " + function);
    const std::vector<ParseNode> arguments = node.list("args");
    if (arguments.empty())
        return Datum::unknown("calls " + function);
    if (function == "enum_range")
        return m_tables.enumLabels(
            sqlOfParts(arguments.front().field("typeName").strings("names")));
    const Datum argument = value(arguments.front(), depth + 1);
    if (argument.isUnknown() || argument.isNull())
        return argument;
    if (function == "current_schemas")
        return m_tables.currentSchemas(argument.isTrue());
    if (function == "unnest")
        return argument;
    if (function == "to_regclass" && argument.kind == Datum::Kind::Text)
        return m_tables.relation(argument.text);
    if (function == "to_regtype" && argument.kind == Datum::Kind::Text)
        return m_tables.type(argument.text)
            .value_or(Datum::unknown("asks for a type that PostgreSQL may have"));
    if (function.ends_with("_is_visible") && argument.kind == Datum::Kind::Object)
        return Datum::ofFlag(m_tables.isVisible(argument));
    if (function == "pg_get_constraintdef" && argument.kind == Datum::Kind::Object)
        return argument.text.empty() ? Datum::unknown("asks for a constraint's definition")
                                     : Datum::ofText(argument.text);
    if (argument.kind != Datum::Kind::Text)
        return Datum::unknown("calls " + function);
    if (function == "lower" || function == "upper")
        return Datum::ofText(function == "lower" ? lowerCase(argument.text)
                                                 : upperCase(argument.text));
    return Datum::ofText(quotedIdentifier(argument.text));
}

Datum SelectReader::cast(const ParseNode& node, int depth)
{
    const Datum argument = value(node.field("arg"), depth + 1);
    const std::vector<std::string> names = node.field("typeName").strings("names");
    if (argument.isUnknown() || argument.isNull() || names.empty())
        return argument;
    const std::string& type = names.back();
    if (node.field("typeName").has("arrayBounds"))
        return argument.kind == Datum::Kind::List ? argument : Datum::unknown("casts to an array");
    if (type == "regclass" && argument.kind == Datum::Kind::Text) {
        Datum relation = m_tables.relation(argument.text);
        return relation.isNull()
                   ? Datum::unknown("fails where relation " + argument.text + " does not exist")
                   : relation;
    }
    if (type == "regtype" && argument.kind == Datum::Kind::Text) {
        auto found = m_tables.type(argument.text);
        return found && !found->isNull() ? *found
                                         : Datum::unknown("casts to a type that isn't known");
    }
    if (type == "regnamespace" && argument.kind == Datum::Kind::Text)
        return m_tables.namespaceNamed(argument.text);
    if (type == "bool" && argument.kind != Datum::Kind::Flag)
        return coerced(argument, Datum::ofFlag(true));
    if ((type == "int4" || type == "int8" || type == "int2") && argument.kind == Datum::Kind::Text)
        return coerced(argument, Datum::ofNumber(0));
    const bool toText = type == "text" || type == "varchar" || type == "name" || type == "bpchar" ||
                        type == "sql_identifier" || type == "character_data" || type == "char";
    if (!toText)
        return argument;
    if (argument.kind == Datum::Kind::Object)
        return m_tables.printedObject(argument);
    if (argument.kind == Datum::Kind::Flag)
        return Datum::ofText(argument.flag ? "true" : "false");
    return Datum::ofText(printed(argument).value_or(std::string()));
}

Datum SelectReader::value(const ParseNode& node, int depth)
{
    if (depth > depthLimit)
        return Datum::unknown("nests too deeply");
    if (node.is("A_Const"))
        return constant(node);
    if (node.is("ColumnRef"))
        return columnValue(node);
    if (node.is("A_Expr"))
        return operation(node, depth);
    if (node.is("BoolExpr"))
        return logic(node, depth);
    if (node.is("SubLink"))
        return subquery(node, depth);
    if (node.is("FuncCall"))
        return call(node, depth);
    if (node.is("TypeCast"))
        return cast(node, depth);
    if (node.is("NullTest")) {
        const Datum argument = value(node.field("arg"), depth + 1);
        if (argument.kind == Datum::Kind::Unknown)
            return argument;
        return Datum::ofFlag(argument.isNull() == (node.text("nulltesttype") == "IS_NULL"));
    }
    if (node.is("BooleanTest")) {
        const Datum argument = value(node.field("arg"), depth + 1);
        const std::string_view test = node.text("booltesttype");
        if (argument.isUnknown() || test.ends_with("UNKNOWN"))
            return Datum::unknown("tests what isn't known");
        const bool is = test.ends_with("TRUE")
                            ? argument.isTrue()
                            : argument.kind == Datum::Kind::Flag && !argument.flag;
        return Datum::ofFlag(is != test.starts_with("IS_NOT"));
    }
    if (node.is("SQLValueFunction") && node.text("op") == "SVFOP_CURRENT_SCHEMA")
        return m_tables.currentSchema();
    if (node.is("CoalesceExpr")) {
        for (const ParseNode& argument : node.list("args")) {
            const Datum one = value(argument, depth + 1);
            if (!one.isNull())
                return one;
        }
        return {};
    }
    if (node.is("A_ArrayExpr")) {
        Datum list{.kind = Datum::Kind::List};
        for (const ParseNode& element : node.list("elements"))
            list.items.push_back(value(element, depth + 1));
        return list;
    }
    return Datum::unknown("asks in a way that isn't followed");
}

} // namespace sightglass::question
