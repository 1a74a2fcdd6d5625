// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative.h"
#include "core/sqlalchemy/items_parts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

Value newMetadata(Interpreter& interpreter)
{
    return Value(static_cast<Object*>(interpreter.make<MetaDataItem>()));
}

Evaluated unknownObject(Interpreter&, const Arguments&)
{
    return Value(Unknown{"an object of a mapped class"});
}

Evaluated firstArgument(Interpreter&, const Arguments& arguments)
{
    return arguments.positional.empty() ? Value(Unknown{"a call without arguments"})
                                        : arguments.positional.front();
}

Evaluated makeProperty(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<OrmProperty>());
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

/// A base of mapped classes.
class MappedBase final : public NativeClass, public ClassListener
{
public:
    MappedBase(std::string name, DeclarativeRules rules)
        : NativeClass(std::move(name), {}, &unknownObject)
        , m_rules(std::move(rules))
    {
        if (!m_rules.metadata.isNone())
            setClassAttribute("metadata", m_rules.metadata);
        setClassAttribute("query", Value(Unknown{"a query of a mapped class"}));
        setClassAttribute("registry", Value(Unknown{"a registry of mapped classes"}));
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (m_rules.template_ != nullptr && m_rules.template_->lookUp(name) != nullptr)
            return m_rules.template_->attribute(interpreter, name);
        return NativeClass::attribute(interpreter, name);
    }

    std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) override
    {
        if (m_rules.flavor == Flavor::SqlModel && !isTable(made))
            return std::nullopt;
        return mapClass(interpreter, made, m_rules);
    }

private:
    static bool isTable(const ClassObject& made)
    {
        return std::ranges::any_of(made.classKeywords(), [](const auto& each) {
            return each.first == "table" && each.second.asBool() != nullptr &&
                   *each.second.asBool();
        });
    }

    DeclarativeRules m_rules;
};

/// registry(…)
class RegistryObject final : public Object
{
public:
    explicit RegistryObject(DeclarativeRules rules)
        : m_rules(std::move(rules))
    {}

    std::string typeName() const override { return "registry"; }

    const DeclarativeRules& rules() const { return m_rules; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "metadata")
            return m_rules.metadata;
        if (name == "generate_base")
            return interpreter.makeFunction(
                "generate_base", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    DeclarativeRules rules = m_rules;
                    if (const Value* own = given.keyword("cls"))
                        rules.template_ = own->as<ClassObject>();
                    return Value(inner.make<MappedBase>("Base", rules));
                });
        if (name == "mapped")
            return mapper(interpreter);
        if (name == "mapped_as_dataclass")
            return interpreter.makeFunction(
                "mapped_as_dataclass",
                [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    const Value decorator = mapper(inner);
                    return given.positional.empty() ? Evaluated(decorator)
                                                    : inner.call(decorator, given);
                });
        if (name == "as_declarative_base")
            return interpreter.makeFunction(
                "as_declarative_base", [this](Interpreter& inner, const Arguments&) -> Evaluated {
                    return inner.makeFunction(
                        "decorator",
                        [this](Interpreter& deep, const Arguments& given) -> Evaluated {
                            DeclarativeRules rules = m_rules;
                            if (!given.positional.empty())
                                rules.template_ = given.positional.front().as<ClassObject>();
                            return Value(deep.make<MappedBase>("Base", rules));
                        });
                });
        if (name == "map_imperatively" || name == "configure" || name == "dispose")
            return interpreter.makeFunction(std::string(name), &makeProperty);
        return Object::attribute(interpreter, name);
    }

private:
    Value mapper(Interpreter& interpreter)
    {
        return interpreter.makeFunction(
            "mapped", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                if (given.positional.empty())
                    return Value(Unknown{"mapped() without a class"});
                auto* made = given.positional.front().as<ClassObject>();
                if (made == nullptr)
                    return given.positional.front();
                if (auto raised = mapClass(inner, *made, m_rules))
                    return otherwise(*raised);
                return given.positional.front();
            });
    }

    DeclarativeRules m_rules;
};

/// DeclarativeBase: each direct subclass is a base with a metadata of its own.
class BaseOfBases final : public NativeClass, public ClassListener
{
public:
    explicit BaseOfBases(std::string name)
        : NativeClass(std::move(name), {}, &unknownObject)
    {}

    std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) override
    {
        const bool direct = std::ranges::any_of(
            made.directBases(), [this](const Value& each) { return each.asObject() == this; });
        DeclarativeRules rules;
        if (!direct) {
            if (const Value* metadata = made.lookUp("metadata"))
                rules.metadata = *metadata;
            if (const Value* own = made.lookUp("registry"); own && own->as<RegistryObject>())
                rules.typeMap = own->as<RegistryObject>()->rules().typeMap;
            return mapClass(interpreter, made, rules);
        }
        const Value* metadata = made.lookUp("metadata");
        const Value* own = made.lookUp("registry");
        if (metadata != nullptr)
            return std::nullopt;
        const auto* registry = own != nullptr ? own->as<RegistryObject>() : nullptr;
        return made.setAttribute(interpreter,
                                 "metadata",
                                 registry != nullptr ? registry->rules().metadata
                                                     : newMetadata(interpreter));
    }
};

DeclarativeRules rulesOf(Interpreter& interpreter, const Arguments& arguments)
{
    DeclarativeRules rules;
    const Value* metadata = arguments.keyword("metadata");
    const bool given = metadata != nullptr && !metadata->isNone();
    rules.metadata = given ? *metadata : newMetadata(interpreter);
    if (const Value* types = arguments.keyword("type_annotation_map"))
        rules.typeMap = *types;
    if (const Value* own = arguments.keyword("cls"))
        rules.template_ = own->as<ClassObject>();
    return rules;
}

Evaluated makeBase(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<MappedBase>("Base", rulesOf(interpreter, arguments)));
}

Evaluated makeRegistry(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<RegistryObject>(rulesOf(interpreter, arguments)));
}

Evaluated makeAsDeclarative(Interpreter& interpreter, const Arguments& arguments)
{
    const DeclarativeRules rules = rulesOf(interpreter, arguments);
    return interpreter.makeFunction(
        "as_declarative", [rules](Interpreter& inner, const Arguments& given) -> Evaluated {
            DeclarativeRules own = rules;
            if (!given.positional.empty())
                own.template_ = given.positional.front().as<ClassObject>();
            if (own.template_ != nullptr && own.template_->lookUp("metadata") != nullptr)
                own.metadata = *own.template_->lookUp("metadata");
            return Value(inner.make<MappedBase>("Base", own));
        });
}

/// Column(…) that knows the attribute it is assigned to, as the class will name it.
Evaluated makeNamedColumn(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluated made = makeColumn(interpreter, arguments);
    auto* registry = interpreter.service<ModelRegistry>();
    auto* column = made ? made->as<ColumnItem>() : nullptr;
    if (registry == nullptr || column == nullptr)
        return made;
    registry->created.emplace(column, registry->created.size());
    if (column->name.isKnown() && column->name.value().empty() && registry->attributeAt)
        column->name = registry->attributeAt(arguments.span);
    return made;
}

/// "a DESC NULLS LAST" as its parts.
void splitOrder(IndexElement& element)
{
    if (!element.expression || !element.expression->isKnown())
        return;
    std::string text = element.expression->value();
    const auto cut = [&text](std::string_view ending) {
        if (!text.ends_with(ending))
            return false;
        text.resize(text.size() - ending.size());
        return true;
    };
    if (cut(" NULLS LAST"))
        element.nulls = "LAST";
    else if (cut(" NULLS FIRST"))
        element.nulls = "FIRST";
    if (cut(" DESC"))
        element.order = "DESC";
    else if (cut(" ASC"))
        element.order = "ASC";
    element.expression = text;
}

/// The table whose column an expression names.
TableItem* tableWithin(const ModelRegistry& registry, const Value& value)
{
    const auto* clause = value.as<Clause>();
    if (clause == nullptr)
        return nullptr;
    const SqlText text = clause->compile({.tableNames = true, .literals = true});
    if (!text.isKnown())
        return nullptr;
    for (const auto& [object, order] : registry.created) {
        const auto* column = dynamic_cast<const ColumnItem*>(object);
        if (column == nullptr || column->table == nullptr)
            continue;
        const SqlText name = column->compile({.tableNames = true, .literals = true});
        const std::size_t at = name.isKnown() ? text.value().find(name.value()) : std::string::npos;
        if (at == std::string::npos)
            continue;
        const auto wordAt = [&](std::size_t place) {
            const char c = place < text.value().size() ? text.value()[place] : ' ';
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '"';
        };
        if ((at == 0 || !wordAt(at - 1)) && !wordAt(at + name.value().size()))
            return column->table;
    }
    return nullptr;
}

/// Index(…) that finds its table in expressions, too.
Evaluated makeModelIndex(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluated made = makeIndex(interpreter, arguments);
    const auto* registry = interpreter.service<ModelRegistry>();
    auto* index = made ? made->as<IndexItem>() : nullptr;
    if (registry == nullptr || index == nullptr)
        return made;
    for (IndexElement& each : index->definition.elements)
        splitOrder(each);
    for (std::size_t i = 1; index->table == nullptr && i < arguments.positional.size(); ++i) {
        if (TableItem* table = tableWithin(*registry, arguments.positional[i]))
            static_cast<void>(appendTo(*table, *made));
    }
    return made;
}

Evaluated makeMapped(Interpreter& interpreter, const Arguments& arguments)
{
    constexpr std::array<std::string_view, 14> ormOnly{"init",
                                                       "repr",
                                                       "default_factory",
                                                       "insert_default",
                                                       "compare",
                                                       "kw_only",
                                                       "hash",
                                                       "use_existing_column",
                                                       "deferred",
                                                       "deferred_group",
                                                       "deferred_raiseload",
                                                       "active_history",
                                                       "sort_order",
                                                       "dataclass_metadata"};
    Arguments passed = arguments;
    std::erase_if(passed.keywords, [&](const auto& keyword) {
        return std::ranges::find(ormOnly, keyword.first) != ormOnly.end();
    });
    return makeNamedColumn(interpreter, passed);
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
        : NativeClass(std::move(name), {}, &unknownObject)
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

/// Flask-SQLAlchemy's SQLAlchemy(): all of SQLAlchemy with a base and a metadata.
class FlaskDatabase final : public Object
{
public:
    FlaskDatabase(Interpreter& interpreter, const Arguments& arguments)
    {
        DeclarativeRules rules = rulesOf(interpreter, arguments);
        rules.flavor = Flavor::Flask;
        if (const Value* base = arguments.keyword("model_class"))
            rules.template_ = base->as<ClassObject>();
        const Value* given = arguments.keyword("metadata");
        if (rules.template_ != nullptr && (given == nullptr || given->isNone())) {
            if (const Value* own = rules.template_->lookUp("metadata"))
                rules.metadata = *own;
        }
        m_metadata = rules.metadata;
        m_model = Value(interpreter.make<MappedBase>("Model", rules));
        auto* registry = interpreter.service<ModelRegistry>();
        if (auto* item = m_metadata.as<MetaDataItem>(); item != nullptr && registry != nullptr)
            registry->ofDatabases.push_back(item);
    }

    std::string typeName() const override { return "SQLAlchemy"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "Model")
            return m_model;
        if (name == "metadata")
            return m_metadata;
        if (name == "Table")
            return interpreter.makeFunction(
                "Table", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    Arguments passed = given;
                    const bool own = passed.positional.size() > 1 &&
                                     passed.positional[1].as<MetaDataItem>() != nullptr;
                    if (!own && !passed.positional.empty())
                        passed.positional.insert(passed.positional.begin() + 1, m_metadata);
                    return callSqlalchemy(inner, "Table", passed);
                });
        for (std::string_view dotted : {"sqlalchemy", "sqlalchemy.orm"}) {
            const auto* module = interpreter.importModule(dotted).as<NativeModule>();
            if (module == nullptr)
                continue;
            if (const auto found = module->names().find(name); found != module->names().end())
                return found->second;
        }
        if (name == "event")
            return interpreter.importModule("sqlalchemy.event");
        return Object::attribute(interpreter, name);
    }

private:
    Value m_metadata;
    Value m_model;
};

Evaluated makeFlaskDatabase(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<FlaskDatabase>(interpreter, arguments));
}

/// The class SQLAlchemy, which projects derive theirs from.
class FlaskDatabaseClass final : public NativeClass
{
public:
    FlaskDatabaseClass()
        : NativeClass("SQLAlchemy", {}, &makeFlaskDatabase)
    {}

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name.starts_with("__"))
            return NativeClass::attribute(interpreter, name);
        if (m_shared.isNone())
            m_shared = Value(interpreter.make<FlaskDatabase>(interpreter, Arguments{}));
        return interpreter.attribute(m_shared, name);
    }

private:
    Value m_shared;
};

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
    NativeEntry{"declarative_base", &makeBase},
    NativeEntry{"as_declarative", &makeAsDeclarative},
    NativeEntry{"registry", &makeRegistry},
    NativeEntry{"mapped_column", &makeMapped},
    NativeEntry{"has_inherited_table", &hasInheritedTable},
    NativeEntry{"declarative_mixin", &firstArgument},
    NativeEntry{"deferred", &firstArgument},
    NativeEntry{"column_property", &firstArgument},
    NativeEntry{"synonym", &makeProperty},
    NativeEntry{"synonym_for", &makeProperty},
    NativeEntry{"composite", &makeProperty},
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
    for (const NativeEntry& each : ormEntries)
        module.set(std::string(each.name),
                   interpreter.makeFunction(std::string(each.name), each.body));
    for (std::string_view name : {"DeclarativeBase", "DeclarativeBaseNoMeta"})
        module.set(std::string(name), Value(interpreter.make<BaseOfBases>(std::string(name))));
    for (std::string_view name : {"Mapped", "DynamicMapped", "WriteOnlyMapped"})
        module.set(std::string(name), Value(interpreter.make<MappedClass>(std::string(name))));
    module.set("declared_attr", Value(interpreter.make<DeclaredAttributeClass>()));
    for (std::string_view name : {"MappedAsDataclass", "AbstractConcreteBase", "DeclarativeMeta"})
        module.set(std::string(name), Value(interpreter.make<MappedClass>(std::string(name))));
}

void addSqlModel(Interpreter& interpreter, NativeModule& module)
{
    if (const auto* core = interpreter.importModule("sqlalchemy").as<NativeModule>()) {
        for (const auto& [name, value] : core->names()) {
            if (!module.names().contains(name))
                module.set(name, value);
        }
    }
    DeclarativeRules rules;
    rules.flavor = Flavor::SqlModel;
    rules.metadata = newMetadata(interpreter);
    module.set("SQLModel", Value(interpreter.make<MappedBase>("SQLModel", rules)));
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
        module.set("SQLAlchemy", Value(interpreter.make<FlaskDatabaseClass>()));
    if (dotted == "sqlmodel")
        addSqlModel(interpreter, module);
}

} // namespace sightglass
