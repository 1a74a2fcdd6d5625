// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_parts.h"
#include "core/sqlalchemy/items_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

Evaluated firstArgument(Interpreter&, const Arguments& arguments)
{
    return arguments.positional.empty() ? Value(Unknown{"a call without arguments"})
                                        : arguments.positional.front();
}

Evaluated makeProperty(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<OrmProperty>());
}

Evaluated makeComposite(Interpreter& interpreter, const Arguments& arguments)
{
    auto* made = interpreter.make<OrmProperty>();
    for (const Value& each : arguments.positional) {
        if (auto* column = each.as<ColumnItem>())
            made->columns.push_back(column);
        else if (auto* holder = each.as<ClassObject>())
            made->holder = holder;
    }
    return Value(made);
}

Evaluated giveNothing(Interpreter&, const Arguments&)
{
    return Value();
}

/// Gives back what it decorates, called with arguments first.
Evaluated makeTransparent(Interpreter& interpreter, const Arguments&)
{
    return interpreter.makeFunction("decorator", &firstArgument);
}

Evaluated makeDeclaredAttribute(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Value(Unknown{"declared_attr without a function"});
    return Value(interpreter.make<DeclaredAttribute>(arguments.positional.front()));
}

/// declared_attr, declared_attr.directive, declared_attr.cascading, declared_attr[…].
class DeclaredAttributeClass final : public NativeClass
{
public:
    DeclaredAttributeClass()
        : NativeClass("declared_attr", {}, &makeDeclaredAttribute)
    {
        setClassAttribute("directive", Value(static_cast<Object*>(this)));
        setClassAttribute("cascading", Value(static_cast<Object*>(this)));
    }

    Evaluated subscript(Interpreter&, const Value&) override { return Value(this); }
};

/// Mapped[…]: what stands in its brackets.
class MappedClass final : public NativeClass
{
public:
    explicit MappedClass(std::string name)
        : NativeClass(std::move(name), {}, &unknownMappedObject)
    {}

    Evaluated subscript(Interpreter&, const Value& key) override { return key; }
};

Evaluated hasInheritedTable(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* registry = interpreter.service<ModelRegistry>();
    auto* made =
        arguments.positional.empty() ? nullptr : arguments.positional.front().as<ClassObject>();
    if (registry == nullptr || made == nullptr)
        return Value(Unknown{"whether a class inherits a table"});
    const auto order = classOrder(*made);
    return Value(std::any_of(order.begin() + 1, order.end(), [&](const ClassObject* each) {
        return registry->mapped.contains(each);
    }));
}

/// event.listen(…) and listens_for(…): DDL around tables is not followed.
void noteEvent(Interpreter& interpreter, const Arguments& arguments)
{
    auto* registry = interpreter.service<ModelRegistry>();
    const Value* event = arguments.at(1, "identifier");
    const std::string* name = event != nullptr ? event->asText() : nullptr;
    if (registry == nullptr || name == nullptr || !name->ends_with("_create"))
        return;
    const Value* target = arguments.at(0, "target");
    const auto* table = target != nullptr ? target->as<TableItem>() : nullptr;
    registry->gaps.push_back({.table = table != nullptr ? table->name : QualifiedName{},
                              .column = {},
                              .reason = "a listener of " + *name + " may run DDL of its own",
                              .span = arguments.span});
}

Evaluated listen(Interpreter& interpreter, const Arguments& arguments)
{
    noteEvent(interpreter, arguments);
    return Value();
}

Evaluated listensFor(Interpreter& interpreter, const Arguments& arguments)
{
    noteEvent(interpreter, arguments);
    return makeTransparent(interpreter, arguments);
}

Evaluated makeField(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<FieldObject>(arguments));
}

struct NativeEntry
{
    std::string_view name;
    Evaluated (*body)(Interpreter&, const Arguments&);
};

constexpr std::array ormEntries{
    NativeEntry{"mapped_column", &makeModelColumn},
    NativeEntry{"has_inherited_table", &hasInheritedTable},
    NativeEntry{"declarative_mixin", &firstArgument},
    NativeEntry{"deferred", &firstArgument},
    NativeEntry{"column_property", &firstArgument},
    NativeEntry{"synonym", &makeProperty},
    NativeEntry{"synonym_for", &makeProperty},
    NativeEntry{"composite", &makeComposite},
    NativeEntry{"relationship", &makeProperty},
    NativeEntry{"relation", &makeProperty},
    NativeEntry{"backref", &makeProperty},
    NativeEntry{"dynamic_loader", &makeProperty},
    NativeEntry{"query_expression", &makeProperty},
    NativeEntry{"validates", &makeTransparent},
    NativeEntry{"reconstructor", &firstArgument},
    NativeEntry{"mapper", &makeProperty},
};

constexpr std::array propertyModules{
    std::pair<std::string_view, std::string_view>{"sqlalchemy.ext.hybrid", "hybrid_property"},
    std::pair<std::string_view, std::string_view>{"sqlalchemy.ext.hybrid", "hybrid_method"},
    std::pair<std::string_view, std::string_view>{"sqlalchemy.ext.associationproxy",
                                                  "association_proxy"},
    std::pair<std::string_view, std::string_view>{"sqlalchemy.ext.associationproxy",
                                                  "AssociationProxy"},
    std::pair<std::string_view, std::string_view>{"sqlmodel", "Relationship"},
};

constexpr std::array markerModules{
    std::pair<std::string_view, std::string_view>{"sqlalchemy.ext.asyncio", "AsyncAttrs"},
    std::pair<std::string_view, std::string_view>{"flask_login", "UserMixin"},
    std::pair<std::string_view, std::string_view>{"flask_login", "AnonymousUserMixin"},
};

bool isOrm(std::string_view dotted)
{
    return dotted == "sqlalchemy.orm" || dotted == "sqlalchemy.ext.declarative" ||
           dotted == "sqlalchemy.ext.declarative.api" || dotted == "sqlalchemy.orm.decl_api" ||
           dotted == "sqlalchemy.orm.relationships" || dotted == "sqlalchemy.ext.declarative.base";
}

void addOrmEntries(Interpreter& interpreter, NativeModule& module)
{
    addDeclarativeBases(interpreter, module);
    for (const NativeEntry& each : ormEntries)
        module.set(std::string(each.name),
                   interpreter.makeFunction(std::string(each.name), each.body));
    for (std::string_view name : {"Mapped", "DynamicMapped", "WriteOnlyMapped"})
        module.set(std::string(name), Value(interpreter.make<MappedClass>(std::string(name))));
    module.set("declared_attr", Value(interpreter.make<DeclaredAttributeClass>()));
    for (std::string_view name : {"MappedAsDataclass", "AbstractConcreteBase", "DeclarativeMeta"})
        module.set(std::string(name), Value(interpreter.make<MappedClass>(std::string(name))));
}

void addSqlModel(Interpreter& interpreter, NativeModule& module)
{
    if (auto* core = interpreter.importModule("sqlalchemy").as<NativeModule>()) {
        for (const auto& [name, value] : core->names(interpreter)) {
            if (module.isWanted(name) && module.find(interpreter, name) == nullptr)
                module.set(name, value);
        }
    }
    DeclarativeRules rules;
    rules.flavor = Flavor::SqlModel;
    rules.metadata = Value(static_cast<Object*>(interpreter.make<MetaDataItem>()));
    module.set("SQLModel", Value(makeMappedBase(interpreter, "SQLModel", rules)));
    module.set("Field", interpreter.makeFunction("Field", &makeField));
}
} // namespace

Evaluated
callSqlalchemy(Interpreter& interpreter, std::string_view name, const Arguments& arguments)
{
    const Value module = interpreter.importModule("sqlalchemy");
    if (module.isUnknown())
        return module;
    const Evaluated found = interpreter.attribute(module, name);
    if (!found || found->isUnknown())
        return found;
    return interpreter.call(*found, arguments);
}

bool isDeclarativeModule(std::string_view dotted)
{
    static constexpr std::array<std::string_view, 8> names{"flask_sqlalchemy",
                                                           "sqlmodel",
                                                           "flask_login",
                                                           "sqlalchemy.ext.associationproxy",
                                                           "sqlalchemy.orm.relationships",
                                                           "sqlalchemy.ext.declarative.base",
                                                           "sqlalchemy.ext.asyncio",
                                                           "sqlalchemy.event"};
    return std::ranges::find(names, dotted) != names.end();
}

void addDeclarative(Interpreter& interpreter, NativeModule& module)
{
    const std::string& dotted = module.name();
    if (dotted == "sqlalchemy" || dotted == "sqlalchemy.schema" ||
        dotted == "sqlalchemy.sql.schema")
        module.set("Column",
                   Value(interpreter.make<NativeClass>(
                       "Column",
                       std::vector<std::string>{"ColumnClause", "SchemaItem"},
                       NativeFunction::Body(&makeNamedColumn))));
    if (dotted == "sqlalchemy" || dotted == "sqlalchemy.schema" ||
        dotted == "sqlalchemy.sql.schema")
        module.set("Index",
                   Value(interpreter.make<NativeClass>(
                       "Index",
                       std::vector<std::string>{"DialectKWArgs", "SchemaItem"},
                       NativeFunction::Body(&makeModelIndex))));
    if (isOrm(dotted))
        addOrmEntries(interpreter, module);
    for (const auto& [place, name] : propertyModules) {
        if (place == dotted)
            module.set(std::string(name),
                       interpreter.makeFunction(std::string(name), &makeProperty));
    }
    for (const auto& [place, name] : markerModules) {
        if (place == dotted)
            module.set(std::string(name), Value(interpreter.make<MappedClass>(std::string(name))));
    }
    if (dotted == "sqlalchemy.event") {
        module.set("listen", interpreter.makeFunction("listen", &listen));
        module.set("listens_for", interpreter.makeFunction("listens_for", &listensFor));
        module.set("remove", interpreter.makeFunction("remove", &giveNothing));
    }
    if (dotted == "flask_sqlalchemy")
        addFlaskDatabase(interpreter, module);
    if (dotted == "sqlmodel")
        addSqlModel(interpreter, module);
}

} // namespace sightglass
