// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/objects.h"
#include "core/sqlalchemy/items.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A table that a class is mapped to.
struct Mapping
{
    TableItem* table = nullptr;
    std::set<std::string, std::less<>> names; ///< attributes that are its columns
};

/// What declarative classes leave behind while a project's models are read; a service of the
/// interpreter.
class ModelRegistry final : public InterpreterService
{
public:
    struct Gap
    {
        QualifiedName table;
        std::string column;
        std::string reason;
        SourceSpan span;
    };

    /// The attribute of a class's body that a call at this place is assigned to; empty: none.
    std::function<std::string(const SourceSpan&)> attributeAt;

    std::map<const Object*, Mapping> mapped; ///< by class
    std::map<const Object*, std::size_t> created;
    std::map<const Object*, std::int64_t> sortOrder; ///< of columns that say one
    /// Columns that foreign keys point to, which had no table yet.
    std::map<const Object*, const ColumnItem*> targets;
    std::vector<Gap> gaps;
    std::vector<MetaDataItem*> ofDatabases; ///< of Flask's SQLAlchemy() objects
    /// Flask's: those of other databases, by the key that __bind_key__ names.
    std::map<std::string, MetaDataItem*, std::less<>> ofBinds;
    /// Attributes that mapping put into a class, which its own file does not have.
    std::set<std::pair<const Object*, std::string>> artificial;
};

/// Maps a class as SQLAlchemy's declarative does.
/// source  SQLAlchemy 1.4 and 2.0, orm/decl_base.py
struct DeclarativeRules
{
    enum class Flavor
    {
        Plain,
        Flask,
        SqlModel
    };
    Flavor flavor = Flavor::Plain;
    Value metadata;                   ///< where nothing nearer says another
    ClassObject* template_ = nullptr; ///< declarative_base(cls=…)
    Value typeMap;                    ///< type_annotation_map of the registry
};

/// Makes the table of a class, or adds its columns to the table it inherits.
std::optional<Raised>
mapClass(Interpreter& interpreter, ClassObject& made, const DeclarativeRules& rules);

/// Classes in the order in which attributes are looked for, itself first, files' own only.
std::vector<ClassObject*> classOrder(ClassObject& made, ClassObject* last = nullptr);

/// What an annotation means for a column.
struct AnnotatedColumn
{
    bool optional = false;
    Known<TypeObject*> type = Unknown{"no type is given"};
    ColumnItem* example = nullptr; ///< mapped_column() inside Annotated
};

/// Reads `Mapped[…]`; nothing for other annotations and for ClassVar.
std::optional<AnnotatedColumn> annotatedColumn(Interpreter& interpreter,
                                               const ClassObject& owner,
                                               const ClassObject::Annotation& annotation,
                                               const Value& typeMap,
                                               bool bare);

/// The class of a file that `Mapped[…]` names; null for all else.
ClassObject* annotatedClass(Interpreter& interpreter,
                            const ClassObject& owner,
                            const ClassObject::Annotation& annotation);

/// A field of sqlmodel with its annotation as a column; null where it is none.
ColumnItem* fieldColumn(Interpreter& interpreter,
                        const ClassObject& owner,
                        const ClassObject::Annotation& annotation,
                        const Value* given);

/// Changes a module of SQLAlchemy, or of a package over it, so that classes are mapped.
void addDeclarative(Interpreter& interpreter, NativeModule& module);
/// Modules that exist through addDeclarative alone.
bool isDeclarativeModule(std::string_view dotted);

/// relationship(), synonym(), …: what a mapped class has besides columns.
class OrmProperty final : public Object
{
public:
    std::string typeName() const override { return "MapperProperty"; }

    Evaluated call(Interpreter&, const Arguments&) override { return Value(this); }

    Evaluated attribute(Interpreter&, std::string_view) override { return Value(this); }

    std::vector<ColumnItem*> columns; ///< that composite() brings
    ClassObject* holder = nullptr;    ///< the class they are fields of, where composite() says it
};

/// A function under @declared_attr, called with each class.
class DeclaredAttribute final : public Object
{
public:
    explicit DeclaredAttribute(Value functionOf)
        : function(std::move(functionOf))
    {}

    std::string typeName() const override { return "declared_attr"; }

    const Value function;
};

/// Annotated[…] of typing.
class AnnotatedAlias final : public Object
{
public:
    explicit AnnotatedAlias(std::vector<Value> partsOf)
        : parts(std::move(partsOf))
    {}

    std::string typeName() const override { return "Annotated"; }

    const std::vector<Value> parts;
};

/// typing or typing_extensions with an Annotated that keeps its parts.
Object* makeTypingModule(Interpreter& interpreter, std::string_view dotted);

/// Field() of sqlmodel.
class FieldObject final : public Object
{
public:
    explicit FieldObject(Arguments argumentsOf)
        : arguments(std::move(argumentsOf))
    {}

    std::string typeName() const override { return "FieldInfo"; }

    const Arguments arguments;
};

/// SQLAlchemy's own function or class of a name, called.
Evaluated
callSqlalchemy(Interpreter& interpreter, std::string_view name, const Arguments& arguments);

} // namespace sightglass
