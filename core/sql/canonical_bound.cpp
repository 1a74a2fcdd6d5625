// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  transformPartitionBound, get_rule_expr of PartitionBoundSpec, get_const_expr
#include "core/sql/canonical_bound.h"

#include "core/sql/statement_text.h"

#include <array>

namespace sightglass {

namespace {

constexpr std::string_view boundLead = "CREATE TABLE t PARTITION OF p ";

using Text = Outcome<Known<std::string>, Refusal>;

/// A number with as many decimals as its type has: 1.5 of numeric(6,2) is 1.50.
Text withScale(const std::string& number, std::string_view type)
{
    const std::size_t comma = type.find(',');
    const std::string digits(
        comma == std::string_view::npos ? "0" : type.substr(comma + 1, type.find(')') - comma - 1));
    const std::size_t point = number.find('.');
    const std::size_t written = point == std::string::npos ? 0 : number.size() - point - 1;
    const bool plain = digits.size() <= 3 && !digits.empty() &&
                       digits.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t scale = plain ? static_cast<std::size_t>(std::stoi(digits)) : 0;
    if (!plain || written > scale)
        return Known<std::string>(
            Unknown{.reason = "how a partition's bound is rounded is not known: " + number});
    if (scale == 0)
        return Known<std::string>(number);
    return Known<std::string>(number + (written == 0 ? "." : "") +
                              std::string(scale - written, '0'));
}

/// `'2020-01-01'::date` without its type; a number without a label stands bare only where
/// PostgreSQL prints its type so.
Text constantWithoutType(const std::string& printed, std::string_view type)
{
    const bool quoted = printed.starts_with('\'');
    const std::size_t end = quoted ? printed.rfind("\'::") : std::string::npos;
    if (quoted && end == std::string::npos)
        return Known<std::string>(printed);
    if (quoted)
        return Known<std::string>(printed.substr(0, end + 1));
    if (printed == "true" || printed == "false" || printed == "NULL")
        return Known<std::string>(printed);
    const bool number = printed.find_first_not_of("0123456789.") == std::string::npos;
    if (!number || printed.empty())
        return Known<std::string>(
            Unknown{.reason = "the value of a partition's bound is not known: " + printed});
    if (type.starts_with("numeric("))
        return withScale(printed, type);
    const bool bare = type == "integer" || type == "numeric";
    return Known<std::string>(bare ? printed : "\'" + printed + "\'");
}

/// One value, coerced to the type of its key.
Text valueText(const std::string& written, std::string_view type, const SqlScope& scope)
{
    if (type.empty())
        return Known<std::string>(Unknown{.reason = "the type of the partition key is not known"});
    const auto text = canonicalExpression(written, ExpressionUse::Default, scope, type);
    if (!text)
        return otherwise(text.error());
    if (!text->isKnown())
        return Known<std::string>(Unknown{.reason = text->reason()});
    // A default that is NULL has no text.
    return text->value().text.empty() ? Text(Known<std::string>("NULL"))
                                      : constantWithoutType(text->value().text, type);
}

std::string_view openEnd(const ParseNode& datum)
{
    const std::vector<std::string> fields = datum.strings("fields");
    const std::string word = fields.size() == 1 ? lowerCase(fields.front()) : std::string();
    return word == "minvalue" ? "MINVALUE" : word == "maxvalue" ? "MAXVALUE" : "";
}

struct BoundReader
{
    const StatementText& statement;
    const std::vector<std::string>& keyTypes;
    const SqlScope& scope;

    /// Values in parentheses; `list`: all of the first key's type.
    Text values(const std::vector<ParseNode>& data, bool list) const
    {
        std::string text;
        for (std::size_t i = 0; i < data.size(); ++i) {
            const std::size_t key = list ? 0 : i;
            const std::string_view open = list ? std::string_view() : openEnd(data[i]);
            text += i == 0 ? "" : ", ";
            if (!open.empty()) {
                text += open;
                continue;
            }
            const auto value = valueText(statement.cut(statement.item(statement.from(data[i]))),
                                         key < keyTypes.size() ? keyTypes[key] : std::string(),
                                         scope);
            if (!value || !value->isKnown())
                return value;
            text += value->value();
        }
        return Known<std::string>("(" + text + ")");
    }
};

Text rangeText(const BoundReader& reader, const ParseNode& bound)
{
    const auto from = reader.values(bound.list("lowerdatums"), false);
    if (!from || !from->isKnown())
        return from;
    const auto to = reader.values(bound.list("upperdatums"), false);
    if (!to || !to->isKnown())
        return to;
    return Known<std::string>("FOR VALUES FROM " + from->value() + " TO " + to->value());
}

} // namespace

Outcome<Known<std::string>, Refusal> canonicalBound(std::string_view bound,
                                                    const std::vector<std::string>& keyTypes,
                                                    const SqlScope& scope)
{
    const std::string source = std::string(boundLead) + std::string(bound);
    const auto tree = parseSql(source);
    const ParseNode spec = tree && !tree->statements().empty()
                               ? tree->statements().front().field("partbound")
                               : ParseNode();
    if (!spec)
        return Known<std::string>(Unknown{.reason = "the bound of a partition can't be read"});
    if (spec.flag("is_default"))
        return Known<std::string>("DEFAULT");
    const StatementText statement(source);
    const BoundReader reader{.statement = statement, .keyTypes = keyTypes, .scope = scope};
    const std::string_view strategy = spec.text("strategy");
    if (strategy == "h")
        return Known<std::string>("FOR VALUES WITH (modulus " +
                                  std::to_string(spec.integer("modulus")) + ", remainder " +
                                  std::to_string(spec.integer("remainder")) + ")");
    if (strategy == "r")
        return rangeText(reader, spec);
    const auto values = reader.values(spec.list("listdatums"), true);
    if (!values || !values->isKnown())
        return values;
    return Known<std::string>("FOR VALUES IN " + values->value());
}

} // namespace sightglass
