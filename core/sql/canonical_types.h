// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_catalog.h"
#include "core/sql/expression.h"
#include "core/sql/parse_tree.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::canonical {

/// A type as analysis needs it, whether PostgreSQL's own or of the schema.
struct TypeFacts
{
    TypeId id = 0;
    std::string name;           ///< as in pg_type
    std::string spelled;        ///< by format_type, without modifiers
    std::string spelledElement; ///< what stands before [] and modifiers
    char category = 'U';
    char kind = 'b'; ///< b, e, d, c, r, m, p; o: known by its name only
    bool preferred = false;
    bool modifiers = false;
    bool collatable = false;
    TypeId element = 0; ///< of a true array
    TypeId array = 0;
    TypeId base = 0; ///< of a domain
    std::int32_t baseModifier = -1;
    const EnumType* labels = nullptr;
    const Domain* domain = nullptr;
};

struct TypeUse
{
    TypeId id = type::none;
    std::int32_t modifier = -1; ///< as pg_attribute.atttypmod
    friend bool operator==(const TypeUse&, const TypeUse&) = default;
};

/// Why there is no answer: PostgreSQL would refuse, or reading can't tell. The first one stands.
class Trouble
{
public:
    bool any() const { return m_refusal || m_unknown; }

    void refuse(std::string state, std::string message, std::string object = {});
    void doubt(std::string reason);

    const std::optional<Refusal>& refusal() const { return m_refusal; }

    const std::string& reason() const { return *m_unknown; }

private:
    std::optional<Refusal> m_refusal;
    std::optional<std::string> m_unknown;
};

/// The types that can be seen from a scope; numbers those that PostgreSQL's own tables don't have.
class TypeSpace
{
public:
    TypeSpace(const SqlScope& scope, Trouble& trouble);

    const TypeFacts& facts(TypeId id);

    /// The text that nodes given to `read` come from.
    void setSource(std::string_view source) { m_source = source; }

    /// Of a TypeName node. 0 with trouble when there is none.
    TypeUse read(const ParseNode& typeName);
    /// Of a spelling of the catalog ("character varying(20)").
    TypeUse readSpelling(std::string_view spelling);
    /// Of a column's type in the schema; a type that nobody knows is one by its name only. 0
    /// without trouble for an empty one.
    TypeUse readColumn(std::string_view spelling);
    /// By name through the search path; 0 without trouble when there is none.
    TypeId lookup(const std::string& schema, const std::string& name);

    /// As format_type does.
    std::string spell(TypeUse use);

    std::string spell(TypeId id) { return spell(TypeUse{.id = id}); }

    TypeId baseOf(TypeId id);
    /// Element of an array or of a domain over one; 0: no array.
    TypeId elementOf(TypeId id);

    char category(TypeId id) { return facts(id).category; }

    bool installed(std::uint8_t origin) const { return m_origins[origin] != 0; }

    /// Found without naming its schema.
    bool visible(std::uint8_t origin) const { return m_origins[origin] == 2; }

    /// An extension whose types, operators and functions no table lists; empty: none.
    const std::string& unlistedExtension() const { return m_unlisted; }

    /// Position of `schema` in the search path; absent: not in it.
    std::optional<std::size_t> pathPosition(const std::string& schema) const;

    const SqlScope& scope() const { return m_scope; }

    Trouble& trouble() { return m_trouble; }

private:
    const TypeFacts& add(TypeFacts facts);
    TypeId addOwn(TypeFacts facts, const QualifiedName& name);
    TypeId builtIn(const std::string& name) const;
    TypeId own(const QualifiedName& name);
    TypeId ownDomain(const Domain& domain);
    TypeId ofExtension(const std::string& schema, const std::string& name);
    std::int32_t readModifiers(TypeId id, const ParseNode& typeName);
    std::int32_t foreignModifiers(const TypeFacts& facts, const ParseNode& typeName);
    bool visibleName(const QualifiedName& name) const;

    const SqlScope& m_scope;
    Trouble& m_trouble;
    std::map<TypeId, TypeFacts> m_facts;
    std::map<QualifiedName, TypeId> m_own;
    std::array<char, 32> m_origins{}; ///< 0 absent, 1 installed, 2 in the search path
    std::vector<std::string> m_modifierTexts;
    std::string m_unlisted;
    std::string_view m_source;
    TypeId m_next = 1'000'000;
    int m_depth = 0;
};

/// SQLSTATE of what the parser says: it checks one number itself.
std::string parserState(std::string_view message);

/// A spelling of PostgreSQL's own with its modifier: "timestamp(3) without time zone".
std::string withModifier(TypeId id, const std::string& spelled, std::int32_t modifier);
/// Modifier of PostgreSQL's own type from the numbers written.
std::int32_t modifierOf(TypeId id,
                        std::string_view name,
                        const std::vector<std::int64_t>& numbers,
                        Trouble& trouble);
/// "(Point,4326)" as PostGIS spells what is written in parentheses.
std::string geometryModifier(const std::vector<std::string>& written);

/// The number of an A_Const that is below 0, for libpg_query's JSON leaves those out; else 0.
std::int64_t negativeAt(std::string_view source, const ParseNode& constant);

} // namespace sightglass::canonical
