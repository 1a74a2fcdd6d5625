// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_parts.h"
#include "core/sqlalchemy/items_parts.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sightglass {
namespace {

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

} // namespace

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

Arguments withoutOrmOptions(const Arguments& arguments)
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
    return passed;
}

Evaluated makeModelColumn(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluated made = makeNamedColumn(interpreter, withoutOrmOptions(arguments));
    auto* registry = interpreter.service<ModelRegistry>();
    const Value* order = arguments.keyword("sort_order");
    if (registry != nullptr && made && order != nullptr && order->asInteger() != nullptr)
        registry->sortOrder.emplace(made->asObject(), *order->asInteger());
    return made;
}

} // namespace sightglass
