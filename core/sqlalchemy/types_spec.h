// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/object.h"
#include "core/sqlalchemy/type_object.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

struct TypeSpec;

/// The arguments that a type was made with, by parameter name.
class TypeParameters
{
public:
    std::map<std::string, Value, std::less<>> values;
    std::optional<Unknown> hidden; ///< more may have been passed

    const Value* find(std::string_view name) const;
    /// As "%d" writes it; empty when it is not given or None.
    Known<std::string> number(std::string_view name) const;
    /// The same, and empty for 0, as `if type_.length` has it.
    Known<std::string> size(std::string_view name) const;
    /// As "%s" writes text and numbers; empty when it is not given or None.
    Known<std::string> text(std::string_view name) const;
    Known<bool> flag(std::string_view name, bool otherwise) const;
};

using DdlText = Outcome<SqlText, Raised>;

/// How a type's DDL is written out of its parameters.
using DdlWriter = DdlText (*)(const TypeSpec& spec, const TypeParameters& parameters);

/// Makes the object that a call of the class gives, when it is more than a TypeSpec can say.
using TypeMaker = Evaluated (*)(Interpreter& interpreter,
                                const TypeSpec& spec,
                                TypeParameters parameters,
                                const Arguments& arguments);

/// One type class: a row of a table.
struct TypeSpec
{
    std::string_view name;
    std::string_view bases;      ///< other classes that isinstance() says yes to, nearest first
    std::string_view parameters; ///< of the constructor in order; "=x" by keyword only, "*", "**"
    DdlWriter write = nullptr;
    std::string_view sql; ///< the word that `write` begins with
    TypeMaker make = nullptr;
    std::string_view inner; ///< the parameter that is a type of which the DDL is taken
};

/// The package a table of types belongs to: it and all its submodules offer all its types.
struct TypePackage
{
    std::string_view module; ///< "geoalchemy2": also for geoalchemy2.types
    std::span<const TypeSpec> types;
    std::string_view aliases;    ///< further names: "INT=INTEGER", "CHAR" out of the core's types
    std::string_view submodules; ///< "sql sql.sqltypes"; "*": whatever is asked for
};

const TypePackage& corePackage();
/// The package a dialect's or third party's module belongs to; null when there is none.
const TypePackage* packageOf(std::string_view dotted);
std::span<const TypePackage> dialectPackages();
std::span<const TypePackage> thirdPartyPackages();
/// The row of a name, aliases followed; null when the package does not have it.
const TypeSpec* findType(const TypePackage& package, std::string_view name);

/// Pieces between spaces.
std::vector<std::string> wordsOf(std::string_view text);

/// Puts a call's arguments on a type's parameters; TypeError as Python's call has it.
Outcome<TypeParameters, Raised> bindParameters(const TypeSpec& spec, const Arguments& arguments);

namespace ddl {

DdlText word(const TypeSpec& spec, const TypeParameters& parameters);
DdlText sized(const TypeSpec& spec, const TypeParameters& parameters);      ///< VARCHAR(length)
DdlText decimal(const TypeSpec& spec, const TypeParameters& parameters);    ///< NUMERIC(p, s)
DdlText floating(const TypeSpec& spec, const TypeParameters& parameters);   ///< FLOAT(p)
DdlText zoned(const TypeSpec& spec, const TypeParameters& parameters);      ///< TIME(p) WITH …
DdlText interval(const TypeSpec& spec, const TypeParameters& parameters);   ///< sa.Interval
DdlText fields(const TypeSpec& spec, const TypeParameters& parameters);     ///< postgresql.INTERVAL
DdlText bits(const TypeSpec& spec, const TypeParameters& parameters);       ///< postgresql.BIT
DdlText uuid(const TypeSpec& spec, const TypeParameters& parameters);       ///< sa.Uuid
DdlText null(const TypeSpec& spec, const TypeParameters& parameters);       ///< NullType
DdlText foreign(const TypeSpec& spec, const TypeParameters& parameters);    ///< other dialects'
DdlText incomplete(const TypeSpec& spec, const TypeParameters& parameters); ///< base classes

} // namespace ddl

} // namespace sightglass
