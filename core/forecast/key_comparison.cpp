// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast_writer.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr const char* expressionsAreCompared =
    "It has an expression: Alembic 1.12 and later compare those, with SQLAlchemy 2.";
constexpr const char* orderMayBeText =
    "An order stands at its key: Alembic before 1.12 passes over it where that is written as text.";
constexpr const char* orderIsCompared =
    "Its columns stand in another order: Alembic 1.12 and later compare that.";

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return "(" + text + ")";
}

std::vector<std::string> sorted(std::vector<std::string> names)
{
    std::ranges::sort(names);
    return names;
}

std::string schemaKeyword(const ForecastWriter& writer)
{
    return writer.schema().empty() ? std::string() : ", schema=" + quotedPython(writer.schema());
}

std::string nameOrNone(const std::string& name)
{
    return name.empty() ? "None" : quotedPython(name);
}

/// One comparison of the indexes and unique constraints of a table.
class KeyComparison
{
public:
    KeyComparison(const ComparedTable* live, const ComparedTable* model, ForecastWriter& writer)
        : m_live(live)
        , m_model(model)
        , m_writer(writer)
    {}

    void run()
    {
        gather();
        for (const auto& [name, key] : m_inLive) {
            if (!m_inModel.contains(name) && (key->isIndex || !isUnnamed(sorted(key->columns))))
                remove(*key);
        }
        for (const auto& [name, key] : m_inModel) {
            const auto other = m_inLive.find(name);
            if (other == m_inLive.end() && key->ordered)
                add(*key, ForecastCondition::Reading, orderMayBeText);
            else if (other == m_inLive.end())
                add(*key);
            else
                compare(*other->second, *key);
        }
        for (const auto& [columns, key] : m_unnamed) {
            if (!m_liveUniques.contains(columns))
                add(*key);
        }
        compareFunctional();
    }

private:
    void gather()
    {
        if (m_model != nullptr) {
            for (const ComparedKey& key : m_model->uniques) {
                if (key.name.empty())
                    m_unnamed.emplace(sorted(key.columns), &key);
                else
                    m_inModel.emplace(key.name, &key);
            }
            for (const ComparedKey& key : m_model->indexes)
                (key.functional ? m_functionalModel : m_inModel).emplace(key.name, &key);
        }
        if (m_live == nullptr)
            return;
        for (const ComparedKey& key : m_live->uniques) {
            // A table that goes takes its constraints with it.
            if (m_model != nullptr && keepsName(key)) {
                m_inLive.emplace(key.name, &key);
                m_liveUniques.emplace(sorted(key.columns));
            }
        }
        for (const ComparedKey& key : m_live->indexes) {
            if (keepsName(key))
                (key.functional ? m_functionalLive : m_inLive).emplace(key.name, &key);
        }
        // SQLAlchemy 1.4 reflects no index with an expression, but Alembic finds a model's index by
        // its name among those that it reflects.
        for (const auto& [name, key] : m_functionalModel) {
            if (m_inLive.contains(name))
                m_inModel.emplace(name, key);
        }
        std::erase_if(m_functionalModel,
                      [this](const auto& each) { return m_inModel.contains(each.first); });
    }

    bool keepsName(const ComparedKey& key)
    {
        return m_writer.keepsName({.kind = kindOf(key),
                                   .name = key.name,
                                   .schema = m_writer.schema(),
                                   .table = m_writer.table().name,
                                   .reflected = true});
    }

    bool isUnnamed(const std::vector<std::string>& columns) const
    {
        return m_unnamed.contains(columns);
    }

    static std::string kindOf(const ComparedKey& key)
    {
        return key.isIndex ? "index" : "unique_constraint";
    }

    bool keepsObject(const ComparedKey& key, bool reflected, bool both = false)
    {
        return m_writer.keepsObject({.kind = kindOf(key),
                                     .name = key.name,
                                     .schema = {},
                                     .table = {},
                                     .reflected = reflected,
                                     .hasOther = both});
    }

    void compare(const ComparedKey& live, const ComparedKey& model)
    {
        if (live.isIndex != model.isIndex) {
            remove(live);
            add(model);
            return;
        }
        if (live.unique == model.unique && model.functional) {
            // Alembic before 1.12 compares the columns inside of the expression.
            if (keepsObject(model, false, true))
                replace(live, model, ForecastCondition::NewerAlembic, expressionsAreCompared);
            return;
        }
        if (live.unique == model.unique && sorted(live.columns) == sorted(model.columns)) {
            if (live.isIndex && live.columns != model.columns && keepsObject(model, false, true))
                replace(live, model, ForecastCondition::NewerAlembic, orderIsCompared);
            return;
        }
        if (keepsObject(model, false, true))
            replace(live, model, ForecastCondition::None, {});
    }

    void replace(const ComparedKey& live,
                 const ComparedKey& model,
                 ForecastCondition condition,
                 const std::string& why)
    {
        writeRemoval(live, condition, why);
        writeAddition(model, condition, why);
    }

    void add(const ComparedKey& key,
             ForecastCondition condition = ForecastCondition::None,
             const std::string& why = {})
    {
        // Unique constraints stand in create_table itself.
        if (!key.isIndex && m_live == nullptr)
            return;
        if (keepsObject(key, false))
            writeAddition(key, condition, why);
    }

    void remove(const ComparedKey& key)
    {
        if (keepsObject(key, true))
            writeRemoval(key, ForecastCondition::None, {});
    }

    void writeAddition(const ComparedKey& key, ForecastCondition condition, const std::string& why)
    {
        const std::string columns = key.functional ? "…" : quotedPython(key.columns);
        const std::string table = quotedPython(m_writer.table().name);
        const std::string detail = key.functional ? "(" + key.keys + ")" : listed(key.columns);
        if (key.isIndex)
            m_writer.add("create_index",
                         key.name,
                         (key.unique ? "unique " : "") + detail,
                         "op.create_index(" + nameOrNone(key.name) + ", " + table + ", " + columns +
                             (key.unique ? ", unique=True" : "") + schemaKeyword(m_writer) + ")",
                         condition,
                         why);
        else
            m_writer.add("create_unique_constraint",
                         key.name,
                         detail,
                         "op.create_unique_constraint(" + nameOrNone(key.name) + ", " + table +
                             ", " + columns + schemaKeyword(m_writer) + ")",
                         condition,
                         why);
    }

    void writeRemoval(const ComparedKey& key, ForecastCondition condition, const std::string& why)
    {
        const std::string table = quotedPython(m_writer.table().name);
        if (key.isIndex)
            m_writer.add("drop_index",
                         key.name,
                         key.functional ? "(" + key.keys + ")" : listed(key.columns),
                         "op.drop_index(" + quotedPython(key.name) + ", table_name=" + table +
                             schemaKeyword(m_writer) + ")",
                         condition,
                         why);
        else
            m_writer.add("drop_constraint",
                         key.name,
                         "unique " + listed(key.columns),
                         "op.drop_constraint(" + quotedPython(key.name) + ", " + table +
                             ", type_='unique'" + schemaKeyword(m_writer) + ")",
                         condition,
                         why);
    }

    /// What Alembic before 1.12 passes over on either side.
    void compareFunctional()
    {
        for (const auto& [name, key] : m_functionalModel) {
            m_writer.note("Index " + name + " of table " + toText(m_writer.table()) +
                          " has an expression: Alembic before 1.12 does not look at it.");
            if (!m_functionalLive.contains(name))
                add(*key, ForecastCondition::NewerAlembic, expressionsAreCompared);
        }
        for (const auto& [name, key] : m_functionalLive) {
            m_writer.note("Index " + name + " of table " + toText(m_writer.table()) +
                          " has an expression: Alembic before 1.12 does not look at it.");
            if (!m_functionalModel.contains(name) && !m_inModel.contains(name) &&
                m_model != nullptr && keepsObject(*key, true))
                writeRemoval(*key, ForecastCondition::NewerAlembic, expressionsAreCompared);
        }
    }

    using ByName = std::map<std::string, const ComparedKey*>;

    const ComparedTable* m_live;
    const ComparedTable* m_model;
    ForecastWriter& m_writer;
    ByName m_inLive;
    ByName m_inModel;
    ByName m_functionalLive;
    ByName m_functionalModel;
    std::map<std::vector<std::string>, const ComparedKey*> m_unnamed;
    std::set<std::vector<std::string>> m_liveUniques;
};

/// What two foreign keys are told apart by: all but their names.
std::vector<std::string>
signatureOf(const std::string& schema, const ComparedForeignKey& key, bool withOptions)
{
    std::vector<std::string> signature{schema, listed(key.columns), key.target.schema};
    signature.push_back(key.target.name);
    signature.push_back(listed(key.targetColumns));
    if (withOptions) {
        signature.push_back(key.onUpdate);
        signature.push_back(key.onDelete);
        signature.emplace_back(key.initiallyDeferred ? "initially"
                               : key.deferrable      ? "deferrable"
                                                     : "");
    }
    return signature;
}

std::string detailOf(const ComparedForeignKey& key)
{
    std::string text =
        listed(key.columns) + " to " + toText(key.target) + " " + listed(key.targetColumns);
    if (!key.onUpdate.empty())
        text += " on update " + key.onUpdate;
    if (!key.onDelete.empty())
        text += " on delete " + key.onDelete;
    if (key.deferrable || key.initiallyDeferred)
        text += key.initiallyDeferred ? " initially deferred" : " deferrable";
    return text;
}

std::string optionArgument(const char* keyword, const std::string& action)
{
    std::string upper = action;
    std::ranges::transform(upper, upper.begin(), [](char each) {
        return each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
    });
    return action.empty() ? std::string() : ", " + std::string(keyword) + "=" + quotedPython(upper);
}

std::string callOf(const ComparedForeignKey& key, const ForecastWriter& writer)
{
    const auto schema = [](const char* keyword, const std::string& value) {
        return value.empty() ? std::string()
                             : ", " + std::string(keyword) + "=" + quotedPython(value);
    };
    return "op.create_foreign_key(" + nameOrNone(key.name) + ", " +
           quotedPython(writer.table().name) + ", " + quotedPython(key.target.name) + ", " +
           quotedPython(key.columns) + ", " + quotedPython(key.targetColumns) +
           schema("source_schema", writer.schema()) + schema("referent_schema", key.target.schema) +
           optionArgument("onupdate", key.onUpdate) + optionArgument("ondelete", key.onDelete) +
           ")";
}

} // namespace

void compareKeys(const ComparedTable* live, const ComparedTable* model, ForecastWriter& writer)
{
    KeyComparison(live, model, writer).run();
}

void compareForeignKeys(const ComparedTable& live,
                        const ComparedTable& model,
                        ForecastWriter& writer)
{
    std::vector<const ComparedForeignKey*> there;
    for (const ComparedForeignKey& key : live.foreignKeys) {
        if (writer.keepsName({.kind = "foreign_key_constraint",
                              .name = key.name,
                              .schema = writer.schema(),
                              .table = writer.table().name,
                              .reflected = true}))
            there.push_back(&key);
    }
    const bool options = !there.empty();
    std::map<std::vector<std::string>, const ComparedForeignKey*> inLive;
    std::map<std::vector<std::string>, const ComparedForeignKey*> inModel;
    for (const ComparedForeignKey* key : there)
        inLive[signatureOf(live.schema, *key, options)] = key;
    for (const ComparedForeignKey& key : model.foreignKeys)
        inModel[signatureOf(model.schema, key, options)] = &key;
    const auto hasName = [](const auto& side, const std::string& name) {
        return std::ranges::any_of(
            side, [&](const auto& each) { return !name.empty() && each.second->name == name; });
    };
    const auto keeps = [&](const ComparedForeignKey& key, bool reflected, bool both) {
        return writer.keepsObject({.kind = "foreign_key_constraint",
                                   .name = key.name,
                                   .schema = {},
                                   .table = {},
                                   .reflected = reflected,
                                   .hasOther = both});
    };
    for (const auto& [signature, key] : inLive) {
        if (!inModel.contains(signature) && keeps(*key, true, hasName(inModel, key->name)))
            writer.add("drop_constraint",
                       key->name,
                       "foreignkey " + detailOf(*key),
                       "op.drop_constraint(" + quotedPython(key->name) + ", " +
                           quotedPython(writer.table().name) + ", type_='foreignkey'" +
                           schemaKeyword(writer) + ")");
    }
    for (const auto& [signature, key] : inModel) {
        if (!inLive.contains(signature) && keeps(*key, false, hasName(inLive, key->name)))
            writer.add("create_foreign_key", key->name, detailOf(*key), callOf(*key, writer));
    }
}

} // namespace sightglass
