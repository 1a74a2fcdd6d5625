// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/operations/changes.h"
#include "core/sqlalchemy/type_map.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A native ENUM type of PostgreSQL that a column's type needs.
struct NativeEnum
{
    Known<QualifiedName> name = QualifiedName{};
    Known<std::vector<std::string>> labels = std::vector<std::string>{};
    bool createType = true;  ///< postgresql.ENUM(create_type=False) is false
    bool ofMetadata = false; ///< metadata= given: made with the metadata, not with a table
};

/// An index that a type brings with it (geoalchemy2): idx_<table>_<column>, made after its table.
struct ImplicitIndex
{
    std::string_view method = "gist";
    std::string function;      ///< around the column; empty: the column itself
    std::string operatorClass; ///< empty: the default
};

/// An instance of a SQLAlchemy type.
class TypeObject : public Object
{
public:
    /// As the DDL has it on PostgreSQL: "VARCHAR(255)", "state", "state[]"; without collation.
    /// Raises what the compiler would (NullType, a nameless Enum, a type of MySQL alone).
    virtual Outcome<SqlText, Raised> ddl() const = 0;

    virtual std::string collation() const { return {}; }

    /// The ENUM behind it, inside arrays and decorators too.
    virtual std::optional<NativeEnum> nativeEnum() const { return std::nullopt; }

    /// The postgresql.DOMAIN behind it that is to be made before the table; nothing when it has
    /// create_type=False.
    virtual std::optional<change::CreateDomain> domain() const { return std::nullopt; }

    /// Its column became part of a table in this schema (empty: none given): an Enum with
    /// inherit_schema=True takes it over, as SQLAlchemy's _set_table does.
    virtual void attachTo(std::string_view tableSchema);

    /// CHECK that belongs to a non-native Enum with create_constraint, or to an application's type:
    /// name (empty: unnamed) and expression for a column of the given name.
    struct TypeCheck
    {
        std::string name;
        SqlText expression = std::string();
    };

    virtual std::optional<TypeCheck> check(std::string_view column) const;

    /// For the SERIAL rule: "INTEGER", "BIGINT", "SMALLINT", "NUMERIC" or empty.
    virtual std::string_view numericFamily() const { return {}; }

    /// Indexes that the type brings with it (geoalchemy2): method of the index, empty for none.
    std::string_view implicitIndex() const;

    virtual std::optional<ImplicitIndex> implicitIndexOf() const { return std::nullopt; }

    /// A value of this type as SQL literal text (dates, JSON, arrays); nothing: as the value's own
    /// kind.
    virtual std::optional<SqlText> literal(Interpreter& interpreter, const Value& value) const;

    /// with_variant, copy, dialect_impl, compile, python_type … that all types have.
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
};

/// The type that a value given in a type's place means: an instance, a class (sa.Integer), an
/// application's TypeDecorator or UserDefinedType subclass (load_dialect_impl for PostgreSQL first,
/// then impl, get_col_spec), a Python enum inside sa.Enum. Null result with a reason when it is
/// Unknown: the column's type then is Unknown.
Outcome<Known<TypeObject*>, Raised> typeFrom(Interpreter& interpreter, const Value& value);

/// The interpreter's service that holds the map.
class TypeSettings final : public InterpreterService
{
public:
    explicit TypeSettings(TypeMap types)
        : map(std::move(types))
    {}

    TypeMap map;
};

/// Native modules that hold types: sqlalchemy(.types, .sql.sqltypes), sqlalchemy.dialects.* ,
/// sqlmodel, sqlalchemy_utils, fastapi_users_db_sqlalchemy, pgvector, geoalchemy2 … Adds to
/// `module` what its dotted name has; nothing for others.
void addTypes(Interpreter& interpreter, class NativeModule& module);
/// True for modules that exist only through addTypes (third parties).
bool isTypeModule(std::string_view dotted);
/// True when the user's map may name a class of the module `dotted`, which the project does not
/// have: a NativeModule filled by addTypes then stands for it. Ask only after the project itself.
bool isMappedModule(const TypeMap& types, std::string_view dotted);

} // namespace sightglass
