// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/declarative.h"

#include <string>
#include <string_view>

namespace sightglass {

/// Where mapped classes are made and called: nothing is known of their objects.
Evaluated unknownMappedObject(Interpreter& interpreter, const Arguments& arguments);
/// metadata, type_annotation_map and cls of declarative_base() and its like.
DeclarativeRules declarativeRulesOf(Interpreter& interpreter, const Arguments& arguments);
/// A class whose subclasses are mapped by the rules.
Object* makeMappedBase(Interpreter& interpreter, std::string name, const DeclarativeRules& rules);
/// declarative_base, registry, as_declarative, DeclarativeBase, DeclarativeBaseNoMeta.
void addDeclarativeBases(Interpreter& interpreter, NativeModule& module);

/// Column(…) that knows the attribute it is assigned to, as the class will name it.
Evaluated makeNamedColumn(Interpreter& interpreter, const Arguments& arguments);
/// mapped_column(…)
/// What mapped_column() hands on to Column: its arguments but those that only the mapper reads.
Arguments withoutOrmOptions(const Arguments& arguments);
Evaluated makeModelColumn(Interpreter& interpreter, const Arguments& arguments);
/// Index(…) that finds its table in expressions, too.
Evaluated makeModelIndex(Interpreter& interpreter, const Arguments& arguments);

/// The name that Flask-SQLAlchemy gives to the table of a class.
std::string flaskTableName(std::string_view className);
/// The MetaData of another database, with the naming convention of the first.
MetaDataItem* metadataOfBind(Interpreter& interpreter,
                             ModelRegistry& registry,
                             const std::string& key,
                             const Value& first);
/// SQLAlchemy of flask_sqlalchemy.
void addFlaskDatabase(Interpreter& interpreter, NativeModule& module);

} // namespace sightglass
