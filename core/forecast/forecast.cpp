// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"

#include "core/forecast/forecast_writer.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace sightglass {

namespace {

struct ConditionWord
{
    ForecastCondition condition;
    std::string_view word;
};

constexpr std::array conditionWords{ConditionWord{ForecastCondition::None, ""},
                                    ConditionWord{ForecastCondition::NewerAlembic, "newer-alembic"},
                                    ConditionWord{ForecastCondition::Filter, "filter"},
                                    ConditionWord{ForecastCondition::Setting, "setting"},
                                    ConditionWord{ForecastCondition::Server, "server"},
                                    ConditionWord{ForecastCondition::Reading, "reading"}};

std::string columnNames(const ComparedTable& table)
{
    std::string names;
    for (const ComparedColumn& column : table.columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

/// The walk over all tables.
class Forecasting
{
public:
    Forecasting(const ForecastInput& input, AutogenerateForecast& forecast)
        : m_input(input)
        , m_facts(input.models.autogenerate)
        , m_defaultSchema(input.searchPath.empty() ? "public" : input.searchPath.front())
        , m_declared(declaredTables(input.models.declared, input.models.schema, m_defaultSchema))
        , m_writer(input, forecast)
    {}

    void run()
    {
        for (const QualifiedName& name : m_declared.order) {
            if (!isSpared(name, m_declared.tables.at(name).schema) && !isCompared(name))
                createTable(name, m_declared.tables.at(name));
        }
        for (const auto& [name, table] : m_input.live.tables) {
            if (!m_declared.tables.contains(name) && isSeen(*table) != Seen::No && asksName(name))
                dropTable(*table);
        }
        for (const auto& [name, table] : m_declared.tables) {
            const Table* live = m_input.live.table(name);
            if (live != nullptr && !isSpared(name, table.schema) && isCompared(name))
                compareTable(*live, table);
        }
        noteSettings();
    }

private:
    enum class Seen
    {
        Yes,
        No,
        Unknown ///< include_schemas is not known
    };

    std::string schemaOf(const QualifiedName& name) const
    {
        return name.schema == m_defaultSchema ? std::string() : name.schema;
    }

    /// Alembic's own version table, in the schema that env.py says, word by word.
    bool isSpared(const QualifiedName& name, const std::string& schema) const
    {
        return name.name == m_input.versionTable.name && schema == m_input.versionTable.schema;
    }

    /// Whether the database's table comes to autogenerate, as SQLAlchemy lists tables.
    Seen isSeen(const Table& table) const
    {
        if (table.kind == TableKind::ForeignTable || isSpared(table.name, schemaOf(table.name)))
            return Seen::No;
        if (table.name.schema == m_defaultSchema)
            return Seen::Yes;
        if (!m_facts.includeSchemas.isKnown())
            return Seen::Unknown;
        return m_facts.includeSchemas.value() ? Seen::Yes : Seen::No;
    }

    /// Whether include_name lets the table through; the writer is at it from then on.
    bool asksName(const QualifiedName& name)
    {
        m_writer.setTable(name, schemaOf(name));
        return m_writer.keepsName({.kind = "schema",
                                   .name = schemaOf(name),
                                   .schema = {},
                                   .table = {},
                                   .reflected = true}) &&
               m_writer.keepsName({.kind = "table",
                                   .name = name.name,
                                   .schema = schemaOf(name),
                                   .table = {},
                                   .reflected = true});
    }

    /// Whether a table of the models is compared with one of the database. The writer is at it
    /// then.
    bool isCompared(const QualifiedName& name)
    {
        const Table* live = m_input.live.table(name);
        return live != nullptr && isSeen(*live) != Seen::No && asksName(name);
    }

    bool keepsTable(bool reflected, bool both)
    {
        return m_writer.keepsObject({.kind = "table",
                                     .name = m_writer.table().name,
                                     .schema = {},
                                     .table = {},
                                     .reflected = reflected,
                                     .hasOther = both});
    }

    std::string pythonSchema() const
    {
        return m_writer.schema().empty() ? std::string()
                                         : ", schema=" + quotedPython(m_writer.schema());
    }

    void createTable(const QualifiedName& name, const ComparedTable& table)
    {
        m_writer.setTable(name, table.schema);
        if (!keepsTable(false, false))
            return;
        m_writer.add("create_table",
                     {},
                     columnNames(table),
                     "op.create_table(" + quotedPython(name.name) + ", …" + pythonSchema() + ")");
        m_writer.setTable(name, schemaOf(name));
        compareKeys(nullptr, &table, m_writer);
    }

    void dropTable(const Table& table)
    {
        doubtSchema(table);
        if (!keepsTable(true, false))
            return;
        const ComparedTable reflected = reflectedTable(table, m_input.live, m_input.searchPath);
        compareKeys(&reflected, nullptr, m_writer);
        static_cast<void>(keepsTable(true, false));
        m_writer.add("drop_table",
                     {},
                     {},
                     "op.drop_table(" + quotedPython(table.name.name) + pythonSchema() + ")");
    }

    void doubtSchema(const Table& table)
    {
        if (isSeen(table) == Seen::Unknown)
            m_writer.doubtTable(ForecastCondition::Setting,
                                "Only with include_schemas: " + m_facts.includeSchemas.reason() +
                                    ".");
    }

    void compareTable(const Table& live, const ComparedTable& model)
    {
        doubtSchema(live);
        if (!keepsTable(false, true))
            return;
        const ComparedTable reflected = reflectedTable(live, m_input.live, m_input.searchPath);
        compareColumns(reflected, model, m_writer);
        compareKeys(&reflected, &model, m_writer);
        compareForeignKeys(reflected, model, m_writer);
        compareComments(reflected, model);
        dropColumns(reflected, model, m_writer);
    }

    void compareComments(const ComparedTable& live, const ComparedTable& model)
    {
        if (live.comment == model.comment || !keepsTable(false, true))
            return;
        const std::string table = quotedPython(m_writer.table().name);
        if (model.comment)
            m_writer.add("create_table_comment",
                         {},
                         quotedPython(*model.comment),
                         "op.create_table_comment(" + table + ", " + quotedPython(*model.comment) +
                             pythonSchema() + ")");
        else
            m_writer.add("drop_table_comment",
                         {},
                         {},
                         "op.drop_table_comment(" + table + pythonSchema() + ")");
    }

    void noteSettings()
    {
        if (!m_facts.rewriter.empty())
            m_writer.note("env.py has process_revision_directives (" + m_facts.rewriter +
                          "), which may change what is written.");
        if (!m_facts.passedOn.empty())
            m_writer.note("env.py hands settings on to Alembic that are not known: " +
                          m_facts.passedOn + ".");
    }

    const ForecastInput& m_input;
    const AutogenerateFacts& m_facts;
    std::string m_defaultSchema;
    DeclaredTables m_declared;
    ForecastWriter m_writer;
};

} // namespace

std::string_view toText(ForecastCondition condition)
{
    const auto* const found =
        std::ranges::find(conditionWords, condition, &ConditionWord::condition);
    return found == conditionWords.end() ? std::string_view() : found->word;
}

SparedTable sparedTable(const Project& project)
{
    SparedTable spared;
    if (project.versionTable.value.isKnown() && !project.versionTable.value.value().empty())
        spared.name = project.versionTable.value.value();
    if (project.versionTableSchema.value.isKnown())
        spared.schema = project.versionTableSchema.value.value();
    return spared;
}

AutogenerateForecast autogenerateForecast(const ForecastInput& input)
{
    AutogenerateForecast forecast;
    if (!input.models.found) {
        forecast.whyNot = input.models.whyNot.empty()
                              ? "The models are not known."
                              : "The models are not known: " + input.models.whyNot + ".";
        return forecast;
    }
    forecast.known = true;
    forecast.complete = input.unread.isEmpty();
    if (!forecast.complete)
        forecast.notes.push_back("Of the database " + unreadText(input.unread) +
                                 " were not read: autogenerate may write more about them, or "
                                 "less.");
    Forecasting(input, forecast).run();
    return forecast;
}

std::vector<ForecastOperation> operationsOn(const AutogenerateForecast& forecast,
                                            const QualifiedName& table)
{
    std::vector<ForecastOperation> operations;
    std::ranges::copy_if(forecast.operations,
                         std::back_inserter(operations),
                         [&](const ForecastOperation& each) { return each.table == table; });
    return operations;
}

} // namespace sightglass
