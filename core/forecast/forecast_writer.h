// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/compared_table.h"
#include "core/forecast/forecast.h"
#include "core/models/environment_filters.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// Gathers the operations of a forecast, with what each of them hangs on.
class ForecastWriter
{
public:
    ForecastWriter(const ForecastInput& input, AutogenerateForecast& forecast);

    /// Operations that follow are about this table; `schema` as SQLAlchemy has it.
    void setTable(QualifiedName table, std::string schema);
    /// All operations on the table hang on this too, until the next table.
    void doubtTable(ForecastCondition condition, std::string why);

    /// Whether env.py's include_object lets the thing through; when that is not known, operations
    /// that follow hang on it until the next question.
    bool keepsObject(FilteredObject object);
    /// Whether include_name does. Not asked when env.py has none.
    bool keepsName(const FilteredObject& object);

    /// Adds an operation on the current table.
    void add(std::string directive,
             const std::string& part,
             std::string detail,
             std::string python,
             ForecastCondition condition = ForecastCondition::None,
             std::string why = {});

    const std::string& schema() const { return m_schema; }

    const QualifiedName& table() const { return m_table; }

    const ForecastInput& input() const { return m_input; }

    void note(std::string sentence);

private:
    /// Why the models' reading leaves a doubt about a part of the current table.
    std::string readingDoubt(const std::string& part, bool removal) const;
    std::string filterSentence(std::string_view keyword) const;
    /// What was not read of the database that the operation follows from.
    std::string unreadDoubt(std::string_view directive) const;

    const ForecastInput& m_input;
    AutogenerateForecast& m_forecast;
    QualifiedName m_table;
    std::string m_schema;
    std::vector<std::pair<ForecastCondition, std::string>> m_tableDoubts;
    std::string m_filterDoubt;
};

/// Python's spelling of a text and of a list of texts.
std::string quotedPython(std::string_view text);
std::string quotedPython(const std::vector<std::string>& texts);

/// Operations between the columns of both sides, as _compare_columns orders them: those before
/// constraints are compared, and those after.
void compareColumns(const ComparedTable& live, const ComparedTable& model, ForecastWriter& writer);
void dropColumns(const ComparedTable& live, const ComparedTable& model, ForecastWriter& writer);
/// Indexes and unique constraints; `live` or `model` null: the table is made, or dropped.
void compareKeys(const ComparedTable* live, const ComparedTable* model, ForecastWriter& writer);
void compareForeignKeys(const ComparedTable& live,
                        const ComparedTable& model,
                        ForecastWriter& writer);

} // namespace sightglass
