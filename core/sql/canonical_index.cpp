// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_index.h"

#include "core/schema/definitions.h"
#include "core/sql/canonical_deparse.h"
#include "core/sql/canonical_key.h"
#include "core/sql/parse_tree.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

using canonical::TypeId;
using canonical::TypeSpace;

struct AccessMethod
{
    std::string_view name;
    std::string_view extension; ///< empty: PostgreSQL's own
    bool ordered;
    bool unique;
    bool severalKeys;
    bool includes;
};

constexpr auto accessMethods = std::to_array<AccessMethod>({
    {"btree", "", true, true, true, true},
    {"hash", "", false, false, false, false},
    {"gist", "", false, false, true, true},
    {"gin", "", false, false, true, false},
    {"spgist", "", false, false, false, true},
    {"brin", "", false, false, true, false},
    {"bloom", "bloom", false, false, true, false},
    {"hnsw", "vector", false, false, false, false},
    {"ivfflat", "vector", false, false, false, false},
});

/// Spells an index; stops at the first refusal.
class IndexSpeller
{
public:
    IndexSpeller(const Table& table, const SqlScope& scope)
        : m_table(table)
        , m_types(scope, m_trouble)
    {}

    bool chooseMethod(const std::string& name);
    std::string element(const IndexElement& written);
    std::string predicate(const std::string& text);
    bool checkShape(const IndexDefinition& definition);
    bool checkColumn(const std::string& name);

    void refuse(std::string state, std::string message, std::string object = {})
    {
        m_trouble.refuse(std::move(state), std::move(message), std::move(object));
    }

    const std::optional<Refusal>& refusal() const { return m_trouble.refusal(); }

    const std::string& method() const { return m_methodName; }

    void doubt(const std::string& reason)
    {
        if (m_doubt.empty())
            m_doubt = reason;
    }

    const std::string& doubts() const { return m_doubt; }

private:
    canonical::Key key(const IndexElement& written);
    std::string classOf(const std::string& written, TypeId id);
    const canonical::CatalogOperatorClass* defaultClass(TypeId id);
    bool noDefaultClass(TypeId id);
    std::string orderOf(const IndexElement& written);
    /// Doubts don't end the spelling: what was written stands in for what isn't known.
    bool forgetDoubt();

    const Table& m_table;
    canonical::Trouble m_trouble;
    TypeSpace m_types;
    std::string m_methodName = "btree";
    const AccessMethod* m_method = &accessMethods.front();
    std::string m_doubt;
};

bool IndexSpeller::forgetDoubt()
{
    if (m_trouble.refusal())
        return false;
    if (m_trouble.any())
        doubt(m_trouble.reason());
    m_trouble = {};
    return true;
}

bool IndexSpeller::chooseMethod(const std::string& name)
{
    if (name.empty())
        return true;
    m_methodName = name;
    const auto* const found = std::ranges::find(accessMethods, name, &AccessMethod::name);
    m_method = found == accessMethods.end() ? nullptr : &*found;
    const auto& extensions = m_types.scope().schema.extensions;
    if (m_method != nullptr &&
        (m_method->extension.empty() || extensions.contains(std::string(m_method->extension))))
        return true;
    if (!m_types.unlistedExtension().empty() && m_method == nullptr) {
        doubt("access method " + name + " may come from extension " + m_types.unlistedExtension());
        return true;
    }
    refuse("42704", "access method \"" + name + "\" does not exist", "access method " + name);
    return false;
}

bool IndexSpeller::checkShape(const IndexDefinition& definition)
{
    if (m_method == nullptr)
        return true;
    const std::string lead = "access method \"" + m_methodName + "\" does not support ";
    if (definition.unique && !m_method->unique)
        refuse("0A000", lead + "unique indexes");
    else if (!definition.include.empty() && !m_method->includes)
        refuse("0A000", lead + "included columns");
    else if (definition.elements.size() > 1 && !m_method->severalKeys)
        refuse("0A000", lead + "multicolumn indexes");
    return !m_trouble.any();
}

/// What the parser says of an element that it can't read.
std::string wordsAgainst(const std::string& element)
{
    const auto tree = parseSql("CREATE INDEX i ON t (" + element + ")");
    return tree ? "syntax error" : tree.error().message;
}

bool IndexSpeller::checkColumn(const std::string& name)
{
    if (m_table.column(name) != nullptr)
        return true;
    refuse("42703",
           "column \"" + name + "\" does not exist",
           "column " + m_table.name.name + "." + name);
    return false;
}

canonical::Key IndexSpeller::key(const IndexElement& written)
{
    if (!written.column.empty()) {
        canonical::Key key{.text = canonical::identifier(written.column), .column = written.column};
        if (!checkColumn(written.column))
            return key;
        key.type = m_types.readColumn(m_table.column(written.column)->type).id;
        return key;
    }
    if (!written.expression || !written.expression->isKnown()) {
        doubt(written.expression ? written.expression->reason() : "a key is missing");
        return {.text = "?"};
    }
    const std::string& sql = written.expression->value();
    if (written.asWritten) {
        refuse("42601", wordsAgainst(sql));
        return {};
    }
    auto key = canonical::keyOf(sql, m_types);
    if (key || !forgetDoubt())
        return key ? std::move(*key) : canonical::Key{};
    return {.text = "(" + sql + ")"};
}

const canonical::CatalogOperatorClass* IndexSpeller::defaultClass(TypeId id)
{
    canonical::Coercion coercion(m_types);
    const TypeId base = m_types.baseOf(id);
    const char category = m_types.category(base);
    const canonical::CatalogOperatorClass* preferred = nullptr;
    const canonical::CatalogOperatorClass* compatible = nullptr;
    for (const auto& row : canonical::operatorClasses()) {
        if (row.method != m_methodName || !row.isDefault || !m_types.installed(row.origin))
            continue;
        if (row.type == base)
            return &row;
        if (!coercion.binaryCoercible(base, row.type))
            continue;
        const canonical::TypeFacts& facts = m_types.facts(row.type);
        if (facts.preferred && facts.category == category)
            preferred = &row;
        else
            compatible = &row;
    }
    return preferred != nullptr ? preferred : compatible;
}

bool IndexSpeller::noDefaultClass(TypeId id)
{
    const canonical::TypeFacts& facts = m_types.facts(m_types.baseOf(id));
    // Classes of extensions that no table lists may be there for any type.
    const bool known = m_method != nullptr && m_method->extension.empty() && facts.kind != 'o' &&
                       facts.kind != 'c' && m_types.unlistedExtension().empty();
    return known && defaultClass(id) == nullptr;
}

std::string IndexSpeller::classOf(const std::string& written, TypeId id)
{
    if (written.empty()) {
        if (id != 0 && noDefaultClass(id))
            refuse("42704",
                   "data type " + m_types.spell(id) +
                       " has no default operator class for access method \"" + m_methodName + "\"",
                   "type " + m_types.spell(id));
        return {};
    }
    const std::size_t open = written.find('(');
    std::string name = written.substr(0, open);
    while (name.ends_with(' '))
        name.pop_back();
    const std::size_t dot = name.rfind('.');
    const std::string bare = dot == std::string::npos ? name : name.substr(dot + 1);
    bool exists = false;
    const auto* const standard = id == 0 ? nullptr : defaultClass(id);
    for (const auto& row : canonical::operatorClasses()) {
        if (row.method != m_methodName || row.name != bare || !m_types.installed(row.origin))
            continue;
        exists = true;
        if (open == std::string::npos && standard == &row)
            return {};
    }
    const bool own = m_method != nullptr && m_method->extension.empty();
    if (!exists && own && m_types.unlistedExtension().empty())
        refuse("42704",
               "operator class \"" + name + "\" does not exist for access method \"" +
                   m_methodName + "\"",
               "operator class " + name);
    return " " + (exists ? bare : name) +
           (open == std::string::npos ? "" : " " + written.substr(open));
}

std::string IndexSpeller::orderOf(const IndexElement& written)
{
    if (m_method == nullptr)
        return {};
    const std::string lead = "access method \"" + m_methodName + "\" does not support ";
    if (!m_method->ordered && !written.order.empty())
        refuse("0A000", lead + "ASC/DESC options");
    else if (!m_method->ordered && !written.nulls.empty())
        refuse("0A000", lead + "NULLS FIRST/LAST options");
    if (!m_method->ordered)
        return {};
    const bool descending = written.order == "DESC";
    if (descending)
        return written.nulls == "LAST" ? " DESC NULLS LAST" : " DESC";
    return written.nulls == "FIRST" ? " NULLS FIRST" : "";
}

std::string IndexSpeller::element(const IndexElement& written)
{
    const canonical::Key found = key(written);
    if (m_trouble.refusal())
        return {};
    std::string text = found.text;
    const std::string collation = written.collation.empty() ? found.collation : written.collation;
    std::string own;
    if (const Column* const column = m_table.column(found.column); column != nullptr)
        own = column->collation.empty() ? "\"default\"" : quotedIdentifier(column->collation);
    else if (found.column.empty())
        own = "\"default\"";
    if (!collation.empty() && collation != own)
        text += " COLLATE " + collation;
    text += classOf(written.operatorClass, found.type);
    text += orderOf(written);
    if (!written.excludeOperator.empty())
        text += " WITH " + written.excludeOperator;
    return text;
}

std::string IndexSpeller::predicate(const std::string& text)
{
    std::vector<std::string> columns;
    const auto node = canonical::analysed(text, ExpressionUse::Predicate, m_types, {}, {}, columns);
    if (node)
        return canonical::deparse(*node, m_types);
    forgetDoubt();
    return text;
}

std::string storageText(const IndexDefinition& definition)
{
    std::string text;
    for (const auto& [name, value] : definition.storage)
        text += (text.empty() ? "" : ", ") + canonical::identifier(name) + "=" +
                (canonical::identifier(value) == value ? value : "'" + value + "'");
    return text.empty() ? text : " WITH (" + text + ")";
}

SqlScope scopeOf(const SqlScope& scope, const Table& table)
{
    SqlScope inner = scope;
    inner.table = &table;
    inner.serialTypes = false;
    return inner;
}

} // namespace

Outcome<CanonicalIndex, Refusal>
canonicalIndex(const IndexDefinition& definition, const Table& table, const SqlScope& scope)
{
    const SqlScope inner = scopeOf(scope, table);
    IndexSpeller speller(table, inner);
    CanonicalIndex result{.index = {.name = definition.name,
                                    .unique = definition.unique,
                                    .include = definition.include,
                                    .nullsNotDistinct = definition.nullsNotDistinct}};
    Index& index = result.index;
    if (speller.chooseMethod(definition.method) && speller.checkShape(definition)) {
        for (const IndexElement& element : definition.elements)
            index.columns.push_back(speller.element(element));
        for (const std::string& name : definition.include)
            speller.checkColumn(name);
    }
    if (definition.predicate && !speller.refusal()) {
        if (definition.predicate->isKnown())
            index.predicate = speller.predicate(definition.predicate->value());
        else
            speller.doubt(definition.predicate->reason());
    }
    if (speller.refusal())
        return otherwise(*speller.refusal());
    index.method = speller.method();
    result.doubt = speller.doubts();
    const bool only = table.kind == TableKind::PartitionedTable && definition.only;
    if (result.doubt.empty())
        index.definition =
            indexDefinition(table.name, index, {.storage = storageText(definition), .only = only});
    return result;
}

Outcome<Known<std::string>, Refusal> canonicalExclusion(const ConstraintDefinition& constraint,
                                                        const Table& table,
                                                        const SqlScope& scope)
{
    const SqlScope inner = scopeOf(scope, table);
    IndexSpeller speller(table, inner);
    std::string elements;
    if (speller.chooseMethod(constraint.method)) {
        for (const IndexElement& element : constraint.elements)
            elements += (elements.empty() ? "" : ", ") + speller.element(element);
    }
    std::string text = "EXCLUDE USING " + speller.method() + " (" + elements + ")";
    for (std::size_t i = 0; i < constraint.include.size(); ++i)
        text += (i == 0 ? " INCLUDE (" : ", ") + canonical::identifier(constraint.include[i]);
    text += constraint.include.empty() ? "" : ")";
    if (constraint.predicate && !speller.refusal()) {
        if (!constraint.predicate->isKnown())
            speller.doubt(constraint.predicate->reason());
        else
            text += " WHERE (" + speller.predicate(constraint.predicate->value()) + ")";
    }
    if (constraint.deferrable.value_or(constraint.initially == "DEFERRED"))
        text += " DEFERRABLE";
    if (constraint.initially == "DEFERRED")
        text += " INITIALLY DEFERRED";
    if (speller.refusal())
        return otherwise(*speller.refusal());
    if (!speller.doubts().empty())
        return Known<std::string>(Unknown{.reason = speller.doubts()});
    return Known<std::string>(std::move(text));
}

} // namespace sightglass
