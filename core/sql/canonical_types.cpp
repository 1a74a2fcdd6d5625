// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_types.h"

#include "core/sql/parsed_texts.h"

#include <algorithm>
#include <utility>

namespace sightglass::canonical {

namespace {

constexpr int deepestDomain = 32;

struct ForeignType
{
    std::string_view extension;
    std::string_view name;
    bool modifiers;
};

// Types of extensions that bring no tables of ours: known by name, so their columns can be spelled.
constexpr auto foreignTypes = std::to_array<ForeignType>({
    {"vector", "vector", true},
    {"vector", "halfvec", true},
    {"vector", "sparsevec", true},
    {"vchord", "sphere_vector", false},
    {"postgis", "geometry", true},
    {"postgis", "geography", true},
    {"postgis", "box2d", false},
    {"postgis", "box3d", false},
    {"postgis", "geometry_dump", false},
    {"postgis", "raster", false},
    {"postgis_raster", "raster", false},
    {"isn", "ean13", false},
    {"isn", "isbn", false},
    {"isn", "isbn13", false},
    {"isn", "issn", false},
    {"isn", "ismn", false},
    {"isn", "upc", false},
    {"seg", "seg", false},
    {"lo", "lo", false},
    {"ip4r", "ip4", false},
    {"ip4r", "ip4r", false},
    {"ip4r", "ip6", false},
    {"ip4r", "ipaddress", false},
    {"ip4r", "iprange", false},
    {"h3", "h3index", false},
    {"semver", "semver", false},
    {"age", "agtype", false},
    {"roaringbitmap", "roaringbitmap", false},
});

// Extensions without types, operators and functions that expressions of a schema use.
constexpr auto plainExtensions = std::to_array<std::string_view>({"adminpack",
                                                                  "amcheck",
                                                                  "auto_explain",
                                                                  "bloom",
                                                                  "dblink",
                                                                  "file_fdw",
                                                                  "moddatetime",
                                                                  "pageinspect",
                                                                  "pg_buffercache",
                                                                  "pg_cron",
                                                                  "pg_freespacemap",
                                                                  "pg_prewarm",
                                                                  "pg_repack",
                                                                  "pg_stat_statements",
                                                                  "pg_visibility",
                                                                  "pgrowlocks",
                                                                  "pgstattuple",
                                                                  "plperl",
                                                                  "plperlu",
                                                                  "plpgsql",
                                                                  "plpython3u",
                                                                  "plv8",
                                                                  "postgres_fdw",
                                                                  "refint",
                                                                  "sslinfo",
                                                                  "tcn",
                                                                  "tsm_system_rows",
                                                                  "tsm_system_time",
                                                                  "xml2"});

std::string arraySpelling(const std::string& element)
{
    return element + "[]";
}

} // namespace

void Trouble::refuse(std::string state, std::string message, std::string object)
{
    if (!any())
        m_refusal = Refusal{
            .state = std::move(state), .message = std::move(message), .object = std::move(object)};
}

void Trouble::doubt(std::string reason)
{
    if (!any())
        m_unknown = std::move(reason);
}

TypeSpace::TypeSpace(const SqlScope& scope, Trouble& trouble)
    : m_scope(scope)
    , m_trouble(trouble)
{
    m_origins[0] = 2;
    const auto known = origins();
    for (const auto& [name, extension] : scope.schema.extensions) {
        const auto found = std::ranges::find(known, std::string_view(name));
        if (found == known.end()) {
            if (std::ranges::find(plainExtensions, std::string_view(name)) == plainExtensions.end())
                m_unlisted = name;
            continue;
        }
        const bool seen = extension.schema.empty() || pathPosition(extension.schema);
        m_origins[static_cast<std::size_t>(found - known.begin())] = seen ? 2 : 1;
    }
}

std::optional<std::size_t> TypeSpace::pathPosition(const std::string& schema) const
{
    if (schema == "pg_catalog")
        return 0;
    const auto found = std::ranges::find(m_scope.searchPath, schema);
    if (found == m_scope.searchPath.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_scope.searchPath.begin());
}

const TypeFacts& TypeSpace::add(TypeFacts facts)
{
    const TypeId id = facts.id;
    return m_facts.insert_or_assign(id, std::move(facts)).first->second;
}

const TypeFacts& TypeSpace::facts(TypeId id)
{
    if (const auto found = m_facts.find(id); found != m_facts.end())
        return found->second;
    const CatalogType* const row = catalogType(id);
    if (row == nullptr)
        return add({.id = id, .name = "?", .spelled = "?", .spelledElement = "?"});
    TypeFacts facts{.id = id,
                    .name = std::string(row->name),
                    .spelled = std::string(row->spelled),
                    .spelledElement = std::string(row->spelled),
                    .category = row->category,
                    .kind = row->kind,
                    .preferred = row->preferred,
                    .modifiers = row->modifiers,
                    .collatable = row->collatable,
                    .element = row->element,
                    .array = row->array};
    // Without a modifier the standard's names mean one character or bit.
    if (id == type::bpchar || facts.element == type::bpchar)
        facts.spelled.replace(0, std::string_view("character").size(), "bpchar");
    if (id == type::bit || facts.element == type::bit)
        facts.spelled.replace(0, std::string_view("bit").size(), "\"bit\"");
    // The vectors' elements are for internal use; they are spelled by their own names.
    if (facts.element != 0 && facts.spelled.ends_with("[]"))
        facts.spelledElement.resize(facts.spelledElement.size() - 2);
    else if (row->origin != 0)
        facts.spelledElement = facts.spelled;
    if (row->origin != 0 && m_origins[row->origin] == 1) {
        const auto& extension = m_scope.schema.extensions.at(std::string(origins()[row->origin]));
        const std::string prefix = quotedIdentifier(extension.schema) + ".";
        facts.spelled = prefix + facts.spelled;
        facts.spelledElement = prefix + facts.spelledElement;
    }
    return add(std::move(facts));
}

TypeId TypeSpace::builtIn(const std::string& name) const
{
    for (const CatalogType& row : catalogTypes()) {
        if (row.origin == 0 && row.name == name)
            return row.id;
    }
    return type::none;
}

bool TypeSpace::visibleName(const QualifiedName& name) const
{
    if (builtIn(name.name) != type::none)
        return false;
    const auto position = pathPosition(name.schema);
    if (!position)
        return false;
    for (std::size_t i = 0; i < *position; ++i) {
        const QualifiedName other{.schema = m_scope.searchPath[i], .name = name.name};
        if (m_scope.schema.enums.contains(other) || m_scope.schema.domains.contains(other) ||
            m_scope.schema.tables.contains(other) || m_scope.schema.views.contains(other))
            return false;
    }
    return true;
}

TypeId TypeSpace::addOwn(TypeFacts facts, const QualifiedName& name)
{
    facts.id = m_next;
    facts.array = m_next + 1;
    m_next += 2;
    facts.name = name.name;
    facts.spelled = name.schema.empty() || visibleName(name)
                        ? quotedIdentifier(name.name)
                        : toSql(QualifiedName{.schema = name.schema, .name = name.name});
    facts.spelledElement = facts.spelled;
    add({.id = facts.array,
         .name = "_" + name.name,
         .spelled = arraySpelling(facts.spelled),
         .spelledElement = facts.spelled,
         .category = 'A',
         .modifiers = facts.modifiers,
         .collatable = facts.collatable,
         .element = facts.id});
    m_own[name] = facts.id;
    return add(std::move(facts)).id;
}

TypeId TypeSpace::ownDomain(const Domain& domain)
{
    if (m_depth > deepestDomain)
        return type::none;
    ++m_depth;
    const TypeUse base = readSpelling(domain.type);
    --m_depth;
    if (base.id == type::none)
        return type::none;
    const TypeFacts& under = facts(base.id);
    return addOwn({.category = under.category,
                   .kind = 'd',
                   .collatable = under.collatable,
                   .base = base.id,
                   .baseModifier = base.modifier,
                   .domain = &domain},
                  domain.name);
}

TypeId TypeSpace::own(const QualifiedName& name)
{
    if (const auto found = m_own.find(name); found != m_own.end())
        return found->second;
    const Schema& schema = m_scope.schema;
    if (const auto found = schema.enums.find(name); found != schema.enums.end())
        return addOwn({.category = 'E', .kind = 'e', .labels = found->second.get()}, name);
    if (const auto found = schema.domains.find(name); found != schema.domains.end())
        return ownDomain(*found->second);
    if (schema.tables.contains(name) || schema.views.contains(name))
        return addOwn({.category = 'C', .kind = 'c'}, name);
    if (m_scope.otherTypes != nullptr && m_scope.otherTypes->contains(name))
        return addOwn({.kind = 'o'}, name);
    return type::none;
}

TypeId TypeSpace::ofExtension(const std::string& schema, const std::string& name)
{
    const auto inReach = [&](std::string_view extension) -> const Extension* {
        const auto found = m_scope.schema.extensions.find(std::string(extension));
        if (found == m_scope.schema.extensions.end())
            return nullptr;
        const std::string& home = found->second.schema;
        const bool named =
            schema.empty() ? home.empty() || pathPosition(home).has_value() : home == schema;
        return named ? &found->second : nullptr;
    };
    for (const CatalogType& row : catalogTypes()) {
        if (row.origin != 0 && row.name == name && inReach(origins()[row.origin]) != nullptr)
            return row.id;
    }
    for (const ForeignType& foreign : foreignTypes) {
        if (foreign.name != name)
            continue;
        const Extension* const extension = inReach(foreign.extension);
        if (extension == nullptr)
            continue;
        const QualifiedName full{.schema = extension->schema, .name = name};
        const auto found = m_own.find(full);
        return found != m_own.end() ? found->second
                                    : addOwn({.kind = 'o', .modifiers = foreign.modifiers}, full);
    }
    return type::none;
}

TypeId TypeSpace::lookup(const std::string& schema, const std::string& name)
{
    if (schema.empty() || schema == "pg_catalog") {
        if (const TypeId found = builtIn(name); found != type::none || !schema.empty())
            return found;
    }
    if (!schema.empty()) {
        const TypeId found = own({.schema = schema, .name = name});
        return found != type::none ? found : ofExtension(schema, name);
    }
    for (const std::string& place : m_scope.searchPath) {
        if (const TypeId found = own({.schema = place, .name = name}); found != type::none)
            return found;
    }
    return ofExtension({}, name);
}

TypeId TypeSpace::baseOf(TypeId id)
{
    for (int depth = 0; depth < deepestDomain; ++depth) {
        const TypeFacts& known = facts(id);
        if (known.kind != 'd')
            return id;
        id = known.base;
    }
    return id;
}

TypeId TypeSpace::elementOf(TypeId id)
{
    return facts(baseOf(id)).element;
}

namespace {

struct SerialType
{
    std::string_view word;
    TypeId id;
};

constexpr auto serialTypes = std::to_array<SerialType>({{"serial", type::int4},
                                                        {"serial4", type::int4},
                                                        {"bigserial", type::int8},
                                                        {"serial8", type::int8},
                                                        {"smallserial", type::int2},
                                                        {"serial2", type::int2}});

TypeId serialType(const std::vector<std::string>& names)
{
    if (names.size() != 1)
        return type::none;
    const auto* const found = std::ranges::find(serialTypes, names.front(), &SerialType::word);
    return found == serialTypes.end() ? type::none : found->id;
}

} // namespace

TypeUse TypeSpace::read(const ParseNode& typeName)
{
    const std::vector<std::string> names = typeName.strings("names");
    const bool array = !typeName.list("arrayBounds").empty();
    if (names.empty() || typeName.flag("setof") || typeName.flag("pct_type")) {
        m_trouble.doubt("the type is taken from another column, or a set");
        return {};
    }
    if (const TypeId serial = serialType(names); serial != type::none && m_scope.serialTypes)
        return {.id = array ? facts(serial).array : serial};
    const std::string schema = names.size() > 1 ? names[names.size() - 2] : std::string();
    const TypeId element = lookup(schema, names.back());
    if (element == type::none) {
        std::string text;
        for (const std::string& name : names)
            text += (text.empty() ? "" : ".") + name;
        if (array)
            text += "[]";
        if (!schema.empty() && schema != "pg_catalog" &&
            !m_scope.schema.namespaces.contains(schema) && schema != "information_schema")
            m_trouble.refuse(
                "3F000", "schema \"" + schema + "\" does not exist", "schema " + schema);
        else if (schema == "information_schema" || !m_unlisted.empty())
            m_trouble.doubt("type " + text + " may come from extension " + m_unlisted);
        else
            m_trouble.refuse("42704", "type \"" + text + "\" does not exist", "type " + text);
        return {};
    }
    const std::int32_t modifier = readModifiers(element, typeName);
    if (m_trouble.any())
        return {};
    const TypeId id = array ? facts(element).array : element;
    if (id == type::none) {
        m_trouble.doubt("type " + facts(element).spelled + " has no arrays");
        return {};
    }
    return {.id = id, .modifier = modifier};
}

std::int32_t TypeSpace::readModifiers(TypeId id, const ParseNode& typeName)
{
    const std::vector<ParseNode> written = typeName.list("typmods");
    if (written.empty())
        return -1;
    const TypeFacts& known = facts(id);
    if (!known.modifiers) {
        m_trouble.refuse("42601",
                         "type modifier is not allowed for type \"" + known.name + "\"",
                         "type " + known.name);
        return -1;
    }
    if (known.kind == 'o')
        return foreignModifiers(known, typeName);
    std::vector<std::int64_t> numbers;
    for (const ParseNode& node : written) {
        const ParseNode value = node.field("ival");
        if (!node.is("A_Const") || (!value && !node.has("fval"))) {
            m_trouble.refuse("42601", "type modifiers must be simple constants or identifiers");
            return -1;
        }
        if (node.has("fval")) {
            m_trouble.refuse("22023",
                             "type modifier is out of range for type \"" + known.name + "\"");
            return -1;
        }
        std::int64_t number = value.integer("ival");
        if (number == 0)
            number = negativeAt(m_source, node);
        numbers.push_back(number);
    }
    return modifierOf(id, known.name, numbers, m_trouble);
}

std::string parserState(std::string_view message)
{
    return message.starts_with("precision for type float") ? "22023" : "42601";
}

TypeUse TypeSpace::readSpelling(std::string_view spelling)
{
    const std::string source = "SELECT NULL::" + std::string(spelling);
    auto tree = parseSql(source, m_scope.parsedTexts);
    if (!tree) {
        m_trouble.refuse(parserState(tree.error().message), tree.error().message);
        return {};
    }
    const auto statements = tree->statements();
    const std::vector<ParseNode> targets =
        statements.size() == 1 ? statements.front().list("targetList") : std::vector<ParseNode>();
    if (targets.size() != 1 || statements.front().has("fromClause") ||
        statements.front().has("whereClause")) {
        m_trouble.refuse("42601", "syntax error in type \"" + std::string(spelling) + "\"");
        return {};
    }
    const ParseNode cast = targets.front().field("val");
    if (!cast.is("TypeCast") || !cast.field("arg").flag("isnull") ||
        !targets.front().text("name").empty()) {
        m_trouble.refuse("42601", "syntax error in type \"" + std::string(spelling) + "\"");
        return {};
    }
    const std::string_view outer = std::exchange(m_source, source);
    const TypeUse use = read(cast.field("typeName"));
    m_source = outer;
    return use;
}

TypeUse TypeSpace::readColumn(std::string_view spelling)
{
    if (spelling.empty() || m_trouble.any())
        return {};
    const TypeUse use = readSpelling(spelling);
    if (!m_trouble.any())
        return use;
    m_trouble = {};
    const QualifiedName name{.schema = {}, .name = std::string(spelling)};
    const auto found = m_own.find(name);
    const TypeId id = found != m_own.end() ? found->second : addOwn({.kind = 'o'}, name);
    m_facts.at(id).spelled = spelling;
    return {.id = id};
}

std::string TypeSpace::spell(TypeUse use)
{
    const TypeFacts& known = facts(use.id);
    if (use.modifier < 0)
        return known.spelled;
    const bool array = known.element != 0 && known.spelled.ends_with("[]");
    const TypeFacts& element = array ? facts(known.element) : known;
    std::string text =
        element.kind == 'o'
            ? element.spelled + m_modifierTexts[static_cast<std::size_t>(use.modifier)]
            : withModifier(element.id, element.spelled, use.modifier);
    return array ? arraySpelling(text) : text;
}

} // namespace sightglass::canonical
