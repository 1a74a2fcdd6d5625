// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast_writer.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

std::string escaped(std::string_view text)
{
    std::string made;
    for (const char each : text) {
        if (each == '\n') {
            made += "\\n";
            continue;
        }
        if (each == '\'' || each == '\\')
            made += '\\';
        made += each;
    }
    return made;
}

/// What of the database each directive follows from.
struct Source
{
    std::string_view directive;
    UnreadKind kind;
};

constexpr std::array sources{Source{"create_index", UnreadKind::Indexes},
                             Source{"create_index", UnreadKind::Constraints},
                             Source{"drop_index", UnreadKind::Constraints},
                             Source{"create_unique_constraint", UnreadKind::Constraints},
                             Source{"create_unique_constraint", UnreadKind::Indexes},
                             Source{"create_foreign_key", UnreadKind::Constraints},
                             Source{"drop_constraint", UnreadKind::Constraints},
                             Source{"create_table_comment", UnreadKind::Comments},
                             Source{"drop_table_comment", UnreadKind::Comments},
                             Source{"alter_column", UnreadKind::Comments},
                             Source{"alter_column", UnreadKind::Enums},
                             Source{"alter_column", UnreadKind::Domains},
                             Source{"alter_column", UnreadKind::Sequences},
                             Source{"alter_column", UnreadKind::SequenceNumbers}};

} // namespace

std::string quotedPython(std::string_view text)
{
    return "'" + escaped(text) + "'";
}

std::string quotedPython(const std::vector<std::string>& texts)
{
    std::string made;
    for (const std::string& text : texts)
        made += (made.empty() ? "" : ", ") + quotedPython(text);
    return "[" + made + "]";
}

ForecastWriter::ForecastWriter(const ForecastInput& input, AutogenerateForecast& forecast)
    : m_input(input)
    , m_forecast(forecast)
{}

void ForecastWriter::setTable(QualifiedName table, std::string schema)
{
    m_table = std::move(table);
    m_schema = std::move(schema);
    m_tableDoubts.clear();
    m_filterDoubt.clear();
}

void ForecastWriter::doubtTable(ForecastCondition condition, std::string why)
{
    m_tableDoubts.emplace_back(condition, std::move(why));
}

std::string ForecastWriter::filterSentence(std::string_view keyword) const
{
    const auto& filters = m_input.models.autogenerate.filters;
    const auto found = std::ranges::find(filters, keyword, &EnvironmentFilter::keyword);
    if (found == filters.end())
        return {};
    return "May be kept away by " + found->keyword + " at env.py:" + std::to_string(found->line) +
           ".";
}

bool ForecastWriter::keepsObject(FilteredObject object)
{
    m_filterDoubt.clear();
    const std::string sentence = filterSentence("include_object");
    if (sentence.empty())
        return true;
    object.schema = m_schema;
    if (object.kind != "table")
        object.table = m_table.name;
    const Known<bool> answer = m_input.models.filters != nullptr
                                   ? m_input.models.filters->keepsObject(object)
                                   : Known<bool>(Unknown{});
    // What is not known of a table is not known of its parts.
    if (!answer.isKnown() && object.kind == "table")
        doubtTable(ForecastCondition::Filter, sentence);
    else if (!answer.isKnown())
        m_filterDoubt = sentence;
    return !answer.isKnown() || answer.value();
}

bool ForecastWriter::keepsName(const FilteredObject& object)
{
    const std::string sentence = filterSentence("include_name");
    if (sentence.empty())
        return true;
    const Known<bool> answer = m_input.models.filters != nullptr
                                   ? m_input.models.filters->keepsName(object)
                                   : Known<bool>(Unknown{});
    if (!answer.isKnown())
        doubtTable(ForecastCondition::Filter, sentence);
    return !answer.isKnown() || answer.value();
}

std::string ForecastWriter::readingDoubt(const std::string& part, bool removal) const
{
    for (const Doubt& doubt : m_input.models.doubts) {
        const bool everywhere = doubt.table.name.empty();
        const bool here = doubt.table.name == m_table.name &&
                          (doubt.table.schema.empty() || doubt.table.schema == m_table.schema ||
                           m_schema.empty());
        if (here ? (doubt.column.empty() ? removal : doubt.column == part) : everywhere && removal)
            return "The models are not known in full: " + doubt.reason + ".";
    }
    return {};
}

std::string ForecastWriter::unreadDoubt(std::string_view directive) const
{
    for (const Source& each : sources) {
        if (each.directive == directive && m_input.unread.lacks(each.kind))
            return "Of the database " + std::string(toText(each.kind)) + " were not read.";
    }
    if (directive == "alter_column" && m_input.unread.locked.contains(m_table))
        return "Another session has locked the table; its defaults were not read.";
    return {};
}

void ForecastWriter::add(std::string directive,
                         const std::string& part,
                         std::string detail,
                         std::string python,
                         ForecastCondition condition,
                         std::string why)
{
    ForecastOperation operation{.directive = std::move(directive),
                                .table = m_table,
                                .part = part,
                                .detail = std::move(detail),
                                .python = std::move(python),
                                .condition = condition,
                                .why = std::move(why)};
    const auto hangOn = [&operation](ForecastCondition each, const std::string& sentence) {
        if (sentence.empty() || operation.why.find(sentence) != std::string::npos)
            return;
        if (operation.isSure())
            operation.condition = each;
        operation.why += (operation.why.empty() ? "" : " ") + sentence;
    };
    hangOn(ForecastCondition::Filter, m_filterDoubt);
    for (const auto& [each, sentence] : m_tableDoubts)
        hangOn(each, sentence);
    hangOn(ForecastCondition::Server, unreadDoubt(operation.directive));
    const bool removal = operation.directive.starts_with("drop_");
    hangOn(ForecastCondition::Reading, readingDoubt(part, removal));
    m_forecast.operations.push_back(std::move(operation));
}

void ForecastWriter::note(std::string sentence)
{
    if (std::ranges::find(m_forecast.notes, sentence) == m_forecast.notes.end())
        m_forecast.notes.push_back(std::move(sentence));
}

} // namespace sightglass
