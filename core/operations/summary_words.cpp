// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/summary_words.h"

#include "core/base/error.h"

#include <algorithm>

namespace sightglass::words {

namespace {

constexpr std::size_t textLimit = 60;

} // namespace

std::string brief(std::string_view text)
{
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (line.size() > textLimit) {
        std::size_t end = textLimit;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U)
            --end;
        line = line.substr(0, end) + "…";
    }
    return printable(line);
}

std::string expressionWord(const SqlText& text)
{
    return text.isKnown() ? brief(text.value()) : "an unknown expression";
}

std::string typeWord(const SqlText& type)
{
    if (!type.isKnown())
        return "unknown type";
    std::string result = brief(type.value());
    if (result.find('"') == std::string::npos)
        std::ranges::transform(result, result.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
    return result;
}

std::string name(const QualifiedName& object)
{
    return object.name.empty() ? std::string("(unknown name)") : printable(toText(object));
}

std::string name(const std::string& text)
{
    return text.empty() ? std::string("(unknown name)") : printable(text);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string result;
    for (const std::string& word : words)
        result += (result.empty() ? "" : ", ") + printable(word);
    return result;
}

std::string count(std::size_t number, std::string_view noun)
{
    return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string ending(bool ifExists, bool cascade)
{
    return std::string(ifExists ? ", if it exists" : "") +
           (cascade ? ", with everything that depends on it" : "");
}

std::string unlessThere(bool ifNotExists)
{
    return ifNotExists ? ", unless it is there" : "";
}

std::string withName(std::string_view noun, const std::string& text)
{
    return text.empty() ? std::string(noun) : std::string(noun) + " " + printable(text);
}

std::string columnWords(const ColumnDefinition& column)
{
    std::string result = typeWord(column.type);
    if (column.notNull)
        result += ", not null";
    if (column.defaultExpression)
        result += ", default " + expressionWord(*column.defaultExpression);
    if (column.identity)
        result += ", identity";
    if (column.generated)
        result += ", computed";
    for (const ConstraintDefinition& constraint : column.constraints) {
        switch (constraint.kind) {
        case ConstraintDefinition::Kind::PrimaryKey:
            result += ", primary key";
            break;
        case ConstraintDefinition::Kind::Unique:
            result += ", unique";
            break;
        case ConstraintDefinition::Kind::ForeignKey:
            result += ", references " + name(constraint.target);
            break;
        case ConstraintDefinition::Kind::Check:
        case ConstraintDefinition::Kind::Exclude:
            result += ", checked";
            break;
        }
    }
    return result;
}

std::string constraintWords(const ConstraintDefinition& constraint)
{
    switch (constraint.kind) {
    case ConstraintDefinition::Kind::PrimaryKey:
        return constraint.columns.empty() ? withName("primary key", constraint.name)
                                          : withName("primary key", constraint.name) + " (" +
                                                joined(constraint.columns) + ")";
    case ConstraintDefinition::Kind::Unique:
        return constraint.columns.empty() ? withName("unique constraint", constraint.name)
                                          : withName("unique constraint", constraint.name) + " (" +
                                                joined(constraint.columns) + ")";
    case ConstraintDefinition::Kind::ForeignKey:
        return withName("foreign key", constraint.name) + " (" + joined(constraint.columns) +
               ") to " + name(constraint.target);
    case ConstraintDefinition::Kind::Check:
        return withName("check", constraint.name) + " (" + expressionWord(constraint.expression) +
               ")";
    case ConstraintDefinition::Kind::Exclude:
        return withName("exclusion constraint", constraint.name);
    }
    return {};
}

std::string elementWords(const std::vector<IndexElement>& elements)
{
    std::string result;
    for (const IndexElement& element : elements) {
        result += result.empty() ? "" : ", ";
        result +=
            element.expression ? expressionWord(*element.expression) : printable(element.column);
        if (!element.order.empty())
            result += " " + element.order;
    }
    return result;
}

} // namespace sightglass::words
