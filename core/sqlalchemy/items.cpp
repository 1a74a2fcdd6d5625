// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items.h"

#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

struct ItemClass
{
    std::string_view name;
    std::string_view base; ///< the class above it that isinstance() is asked for
    Evaluated (*make)(Interpreter&, const Arguments&);
};

constexpr std::array<ItemClass, 14> itemClasses = {{
    {"Column", "ColumnClause", makeColumn},
    {"ForeignKey", "DialectKWArgs", makeForeignKey},
    {"ForeignKeyConstraint", "Constraint", makeForeignKeyConstraint},
    {"PrimaryKeyConstraint", "Constraint", makePrimaryKeyConstraint},
    {"UniqueConstraint", "Constraint", makeUniqueConstraint},
    {"CheckConstraint", "Constraint", makeCheckConstraint},
    {"Index", "DialectKWArgs", makeIndex},
    {"Identity", "FetchedValue", makeIdentity},
    {"Computed", "FetchedValue", makeComputed},
    {"Sequence", "DefaultGenerator", makeSequence},
    {"FetchedValue", "SchemaEventTarget", makeFetchedValue},
    {"DefaultClause", "FetchedValue", makeDefaultClause},
    {"Table", "FromClause", makeTable},
    {"MetaData", "HasSchemaAttr", makeMetaData},
}};

constexpr std::array<std::string_view, 3> itemModules = {
    "sqlalchemy", "sqlalchemy.schema", "sqlalchemy.sql.schema"};
constexpr std::array<std::string_view, 3> ddlModules = {
    "sqlalchemy", "sqlalchemy.schema", "sqlalchemy.sql.ddl"};
constexpr std::array<std::string_view, 6> nameModules = {"sqlalchemy.schema",
                                                         "sqlalchemy.sql",
                                                         "sqlalchemy.sql.elements",
                                                         "sqlalchemy.sql.expression",
                                                         "sqlalchemy.sql.naming",
                                                         "sqlalchemy.sql.base"};

template <std::size_t count>
bool holds(const std::array<std::string_view, count>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

void addClass(Interpreter& interpreter, NativeModule& module, const ItemClass& item)
{
    module.offer(item.name, [&] {
        return Value(interpreter.make<NativeClass>(
            std::string(item.name),
            std::vector<std::string>{std::string(item.base), "SchemaItem"},
            item.make));
    });
}

/// conv(name) and quoted_name(name, quote).
Evaluated makeConv(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "value");
    const auto text = givenText(given);
    if (!text)
        return Value();
    if (!text->isKnown())
        return Value(Unknown{text->reason()});
    return Value(interpreter.make<FinalName>(text->value()));
}

Evaluated makeQuotedName(Interpreter&, const Arguments& arguments)
{
    const auto text = givenText(arguments.at(0, "value"));
    if (!text)
        return Value();
    return text->isKnown() ? Value(text->value()) : Value(Unknown{text->reason()});
}

} // namespace

void addItems(Interpreter& interpreter, NativeModule& module)
{
    const std::string& dotted = module.name();
    if (holds(itemModules, dotted)) {
        for (const ItemClass& item : itemClasses)
            addClass(interpreter, module, item);
    }
    if (holds(ddlModules, dotted))
        addDdlElements(interpreter, module);
    if (dotted == "sqlalchemy.dialects.postgresql" ||
        dotted == "sqlalchemy.dialects.postgresql.ext")
        addClass(interpreter, module, {"ExcludeConstraint", "Constraint", makeExcludeConstraint});
    if (holds(nameModules, dotted)) {
        module.offer("conv", [&] {
            return Value(interpreter.make<NativeClass>(
                "conv", std::vector<std::string>{"quoted_name", "str"}, makeConv));
        });
        module.offer("quoted_name", [&] {
            return Value(interpreter.make<NativeClass>(
                "quoted_name", std::vector<std::string>{"str"}, makeQuotedName));
        });
    }
}

} // namespace sightglass
