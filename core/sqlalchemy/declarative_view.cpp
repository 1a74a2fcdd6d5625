// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_view.h"

#include "core/sqlalchemy/declarative_parts.h"

#include <algorithm>

namespace sightglass {
namespace {

constexpr int deepestBases = 24;
constexpr std::size_t mostClasses = 400;

void listBases(ClassObject& from, std::vector<ClassObject*>& order, int depth)
{
    if (depth > deepestBases || order.size() > mostClasses)
        return;
    order.push_back(&from);
    for (const Value& base : from.directBases()) {
        if (auto* other = base.as<ClassObject>())
            listBases(*other, order, depth + 1);
    }
}

} // namespace

MappedView::MappedView(Interpreter& interpreterOf,
                       ModelRegistry& registryOf,
                       ClassObject& madeOf,
                       const DeclarativeRules& rulesOf)
    : interpreter(interpreterOf)
    , registry(registryOf)
    , made(madeOf)
    , rules(rulesOf)
    , order(classOrder(madeOf, rulesOf.template_))
{}

bool MappedView::isArtificial(const ClassObject& owner, std::string_view name) const
{
    return registry.artificial.contains({&owner, std::string(name)});
}

const Mapping* MappedView::mappingOf(const ClassObject& each) const
{
    const auto found = registry.mapped.find(&each);
    return found == registry.mapped.end() ? nullptr : &found->second;
}

MappedView::Found MappedView::find(std::string_view name, bool unmappedOnly) const
{
    for (ClassObject* each : order) {
        if (unmappedOnly && each != &made && mappingOf(*each) != nullptr)
            continue;
        if (isArtificial(*each, name))
            continue;
        for (const auto& [key, value] : each->body()) {
            if (key == name)
                return {.value = &value, .owner = each};
        }
    }
    return {};
}

const Mapping* MappedView::parent() const
{
    for (ClassObject* each : order) {
        if (each == &made)
            continue;
        if (const Mapping* mapping = mappingOf(*each))
            return mapping;
    }
    return nullptr;
}

Evaluated MappedView::resolved(const Value& value) const
{
    const auto* declared = value.as<DeclaredAttribute>();
    if (declared == nullptr)
        return value;
    Arguments arguments;
    arguments.span = made.span();
    arguments.positional.emplace_back(static_cast<Object*>(&made));
    return interpreter.call(declared->function, arguments);
}

void MappedView::put(const std::string& name, const Value& value) const
{
    const bool own =
        std::ranges::any_of(made.body(), [&](const auto& each) { return each.first == name; });
    if (!own || name.starts_with("__"))
        registry.artificial.insert({&made, name});
    static_cast<void>(made.setAttribute(interpreter, name, value));
}

Value MappedView::typeMap() const
{
    const Found found = find("type_annotation_map", false);
    return found.value != nullptr ? *found.value : rules.typeMap;
}

Value MappedView::metadata() const
{
    const Found found = find("metadata", false);
    if (found.value != nullptr && found.value->as<MetaDataItem>() != nullptr)
        return *found.value;
    if (rules.flavor == DeclarativeRules::Flavor::Flask) {
        const Found key = find("__bind_key__", false);
        const std::string* text = key.value != nullptr ? key.value->asText() : nullptr;
        if (text != nullptr)
            return Value(
                static_cast<Object*>(metadataOfBind(interpreter, registry, *text, rules.metadata)));
    }
    return rules.metadata;
}

std::string MappedView::schema() const
{
    const Value given = metadata();
    const auto* item = given.as<MetaDataItem>();
    return item != nullptr ? item->schema.value_or(std::string()) : std::string();
}

std::vector<ClassObject*> classOrder(ClassObject& made, ClassObject* last)
{
    std::vector<ClassObject*> all;
    listBases(made, all, 0);
    if (last != nullptr)
        listBases(*last, all, 0);
    // A class stands behind all that derive from it.
    std::vector<ClassObject*> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::find(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(), all[i]) ==
            all.end())
            order.push_back(all[i]);
    }
    return order;
}

} // namespace sightglass
