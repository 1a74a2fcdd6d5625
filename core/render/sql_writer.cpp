// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_writer.h"

#include <array>

namespace sightglass {

namespace {

std::string nameList(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& each : names)
        list += (list.empty() ? "" : ", ") + sqlName(each);
    return "(" + list + ")";
}

/// The columns of a key; `lead` and `tail` stand around the last one.
std::string
keyList(const std::vector<std::string>& names, std::string_view lead, std::string_view tail)
{
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        list += (i == 0 ? "" : ", ") + std::string(last ? lead : "") + sqlName(names[i]) +
                std::string(last ? tail : "");
    }
    return "(" + list + ")";
}

} // namespace

SqlWriter& SqlWriter::words(std::string_view text)
{
    if (text.empty())
        return *this;
    if (!m_text.empty() && m_text.back() != '(')
        m_text += ' ';
    m_text += text;
    return *this;
}

SqlWriter& SqlWriter::glue(std::string_view text)
{
    m_text += text;
    return *this;
}

SqlWriter& SqlWriter::text(const SqlText& text)
{
    if (text.isKnown())
        return words(text.value());
    return fail(text.reason());
}

SqlWriter& SqlWriter::group(const SqlText& text)
{
    if (text.isKnown())
        return words("(" + text.value() + ")");
    return fail(text.reason());
}

SqlWriter& SqlWriter::names(const std::vector<std::string>& names)
{
    return words(nameList(names));
}

SqlWriter& SqlWriter::when(bool condition, std::string_view text)
{
    return condition ? words(text) : *this;
}

SqlWriter& SqlWriter::fail(std::string reason)
{
    if (!m_unknown)
        m_unknown = Unknown{std::move(reason)};
    return *this;
}

SqlText SqlWriter::result() const
{
    return m_unknown ? SqlText(*m_unknown) : SqlText(m_text);
}

SqlText joined(const std::vector<SqlText>& parts, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].isKnown())
            return parts[i];
        if (i > 0)
            text += separator;
        text += parts[i].value();
    }
    return text;
}

std::string collationText(std::string_view collation)
{
    constexpr std::string_view catalog = "pg_catalog.";
    if (collation.starts_with(catalog))
        return std::string(catalog) + collationText(collation.substr(catalog.size()));
    if (collation.size() > 1 && collation.front() == '"' && collation.back() == '"')
        return std::string(collation);
    std::string text = "\"";
    for (const char c : collation) {
        if (c == '"')
            text += '"';
        text += c;
    }
    return text + '"';
}

std::string sequenceOptionsText(const SequenceOptions& options)
{
    std::string text;
    const auto add = [&](std::string_view words) {
        text += text.empty() ? "" : " ";
        text += words;
    };
    const auto number = [&](std::string_view words, const std::optional<std::int64_t>& value) {
        if (value)
            add(std::string(words) + std::to_string(*value));
    };
    number("INCREMENT BY ", options.increment);
    number("START WITH ", options.start);
    number("MINVALUE ", options.minimum);
    number("MAXVALUE ", options.maximum);
    if (options.noMinimum)
        add("NO MINVALUE");
    if (options.noMaximum)
        add("NO MAXVALUE");
    number("CACHE ", options.cache);
    if (options.cycle)
        add(*options.cycle ? "CYCLE" : "NO CYCLE");
    return text;
}

std::string identityText(const IdentityDefinition& identity)
{
    std::string text =
        std::string("GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
    const std::string options = sequenceOptionsText(identity.options);
    return options.empty() ? text : text + " (" + options + ")";
}

SqlText columnText(const ColumnDefinition& column)
{
    SqlWriter out;
    out.name(column.name).text(column.type);
    if (!column.collation.empty())
        out.words("COLLATE").words(collationText(column.collation));
    if (column.defaultExpression)
        out.words("DEFAULT").text(*column.defaultExpression);
    if (column.generated)
        out.words("GENERATED ALWAYS AS")
            .group(*column.generated)
            .words(column.generatedVirtual ? "VIRTUAL" : "STORED");
    if (column.identity)
        out.words(identityText(*column.identity));
    out.when(column.notNull, "NOT NULL").when(column.nullWritten, "NULL");
    for (const ConstraintDefinition& constraint : column.constraints)
        out.text(constraintText(constraint));
    return out.result();
}

namespace {

/// True when the text is one call that ends at its last parenthesis: it stands in an index without
/// parentheses of its own.
bool isOneCall(std::string_view text)
{
    std::size_t open = 0;
    const auto ofName = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.';
    };
    while (open < text.size() && ofName(text[open]))
        ++open;
    if (open == 0 || open == text.size() || text[open] != '(' || text.back() != ')')
        return false;
    constexpr auto notCalls =
        std::to_array<std::string_view>({"not", "row", "array", "exists", "in", "any", "all"});
    std::string word;
    for (const char c : text.substr(0, open))
        word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    for (const std::string_view each : notCalls) {
        if (word == each)
            return false;
    }
    int depth = 0;
    char quote = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0 && i + 1 < text.size())
            return false;
    }
    return depth == 0;
}

void writeKeyConstraint(SqlWriter& out, const ConstraintDefinition& key)
{
    const bool primary = key.kind == ConstraintDefinition::Kind::PrimaryKey;
    out.words(primary ? "PRIMARY KEY" : "UNIQUE");
    if (!key.usingIndex.empty()) {
        out.words("USING INDEX").name(key.usingIndex);
        return;
    }
    out.when(key.nullsNotDistinct, "NULLS NOT DISTINCT");
    if (!key.atColumn)
        out.words(keyList(key.columns, "", key.withoutOverlaps ? " WITHOUT OVERLAPS" : ""));
    if (!key.include.empty())
        out.words("INCLUDE").names(key.include);
}

void writeForeignKey(SqlWriter& out, const ConstraintDefinition& key)
{
    if (!key.atColumn)
        out.words("FOREIGN KEY").glue(keyList(key.columns, key.period ? "PERIOD " : "", ""));
    out.words("REFERENCES").name(key.target);
    if (!key.targetColumns.empty())
        out.words(keyList(key.targetColumns, key.period ? "PERIOD " : "", ""));
    if (!key.match.empty())
        out.words("MATCH").words(key.match);
    if (!key.onDelete.empty())
        out.words("ON DELETE").words(key.onDelete);
    if (!key.onUpdate.empty())
        out.words("ON UPDATE").words(key.onUpdate);
}

void writeExclusion(SqlWriter& out, const ConstraintDefinition& constraint)
{
    std::vector<SqlText> elements;
    for (const IndexElement& element : constraint.elements)
        elements.push_back(SqlWriter()
                               .text(elementText(element))
                               .words("WITH")
                               .words(element.excludeOperator)
                               .result());
    out.words("EXCLUDE");
    if (!constraint.method.empty())
        out.words("USING").words(constraint.method);
    out.group(joined(elements));
    if (!constraint.include.empty())
        out.words("INCLUDE").names(constraint.include);
    if (constraint.predicate)
        out.words("WHERE").group(*constraint.predicate);
}

} // namespace

SqlText elementText(const IndexElement& element)
{
    SqlWriter out;
    if (!element.expression)
        out.name(element.column);
    else if (element.asWritten ||
             (element.expression->isKnown() && isOneCall(element.expression->value())))
        out.text(*element.expression);
    else
        out.group(*element.expression);
    if (!element.collation.empty())
        out.words("COLLATE").words(element.collation);
    out.words(element.operatorClass).words(element.order);
    if (!element.nulls.empty())
        out.words("NULLS").words(element.nulls);
    return out.result();
}

SqlText constraintText(const ConstraintDefinition& constraint)
{
    SqlWriter out;
    if (!constraint.name.empty())
        out.words("CONSTRAINT").name(constraint.name);
    switch (constraint.kind) {
    case ConstraintDefinition::Kind::PrimaryKey:
    case ConstraintDefinition::Kind::Unique:
        writeKeyConstraint(out, constraint);
        break;
    case ConstraintDefinition::Kind::ForeignKey:
        writeForeignKey(out, constraint);
        break;
    case ConstraintDefinition::Kind::Check:
        out.words("CHECK").group(constraint.expression).when(constraint.noInherit, "NO INHERIT");
        break;
    case ConstraintDefinition::Kind::Exclude:
        writeExclusion(out, constraint);
        break;
    }
    if (constraint.deferrable)
        out.words(*constraint.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
    if (!constraint.initially.empty())
        out.words("INITIALLY").words(constraint.initially);
    out.when(constraint.notEnforced, "NOT ENFORCED").when(constraint.notValid, "NOT VALID");
    return out.result();
}

} // namespace sightglass
