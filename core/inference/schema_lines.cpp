// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/schema_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sightglass {

namespace {

template <typename T>
void addLines(const T& object, std::vector<ObjectLine>& lines)
{
    if (!object.extension.empty())
        return;
    auto more = linesOf(object);
    if (lines.empty())
        lines = std::move(more);
    else
        lines.insert(lines.end(), more.begin(), more.end());
}

template <typename T>
void addObject(const Schema::Objects<T>& objects,
               const QualifiedName& name,
               std::vector<ObjectLine>& lines)
{
    if (const auto found = objects.find(name); found != objects.end())
        addLines(*found->second, lines);
}

/// As a reading without `unread` would show it.
template <typename T>
void addObject(const Schema::Objects<T>& objects,
               const QualifiedName& name,
               const UnreadParts& unread,
               std::vector<ObjectLine>& lines)
{
    const auto found = objects.find(name);
    if (found == objects.end())
        return;
    if (unread.isEmpty())
        addLines(*found->second, lines);
    else
        addLines(asRead(*found->second, unread), lines);
}

/// Of a view, that it is there: PostgreSQL prints its query in words of its own, which no reading
/// of a revision gives.
void addView(const Schema& schema,
             const QualifiedName& name,
             const UnreadParts& unread,
             std::vector<ObjectLine>& lines)
{
    const auto found = schema.views.find(name);
    if (found == schema.views.end())
        return;
    View view = asRead(*found->second, unread);
    view.definition.clear();
    addLines(view, lines);
}

void addFunctions(const Schema& schema, const QualifiedName& name, std::vector<ObjectLine>& lines)
{
    for (auto each = schema.functions.lower_bound({name, std::string()});
         each != schema.functions.end() && each->first.first == name;
         ++each)
        addLines(*each->second, lines);
}

/// Every new database has it; nobody makes it.
bool isMade(const std::string& name)
{
    return name != "plpgsql" && name != "public";
}

void addOutsideOfSchemas(const Schema& schema,
                         const std::string& name,
                         const UnreadParts& unread,
                         std::vector<ObjectLine>& lines)
{
    if (!isMade(name))
        return;
    if (schema.namespaces.contains(name))
        lines.push_back({.kind = "schema", .part = {}, .definition = "schema"});
    if (schema.extensions.contains(name) && !unread.lacks(UnreadKind::Extensions))
        lines.push_back({.kind = "extension", .part = {}, .definition = "extension"});
}

const QualifiedName& nameOf(const QualifiedName& key)
{
    return key;
}

const QualifiedName& nameOf(const std::pair<QualifiedName, std::string>& key)
{
    return key.first;
}

/// Walks two sorted maps of shared objects; an object that both share has one name.
template <typename Map>
void addChanged(const Map& before, const Map& now, std::vector<QualifiedName>& names)
{
    auto old = before.begin();
    auto each = now.begin();
    while (old != before.end() || each != now.end()) {
        if (old != before.end() && each != now.end() && old->second == each->second) {
            ++old;
            ++each;
        } else if (each == now.end() || (old != before.end() && old->first < each->first)) {
            names.push_back(nameOf(old->first));
            ++old;
        } else if (old == before.end() || each->first < old->first) {
            names.push_back(nameOf(each->first));
            ++each;
        } else {
            names.push_back(nameOf(each->first));
            ++old;
            ++each;
        }
    }
}

template <typename T>
void renew(Schema::Objects<T>& seen, const Schema::Objects<T>& now, const QualifiedName& name)
{
    if (const auto found = now.find(name); found != now.end())
        seen.insert_or_assign(name, found->second);
    else
        seen.erase(name);
}

template <typename Map>
void renewFunctions(Map& seen, const Map& now, const QualifiedName& name)
{
    const std::pair<QualifiedName, std::string> first{name, {}};
    auto each = seen.lower_bound(first);
    while (each != seen.end() && each->first.first == name)
        each = seen.erase(each);
    for (auto added = now.lower_bound(first); added != now.end() && added->first.first == name;
         ++added)
        seen.insert(*added);
}

template <typename Map>
void addNames(const Map& objects, std::set<QualifiedName>& names)
{
    for (const auto& [key, object] : objects) {
        if (object->extension.empty())
            names.insert(names.end(), nameOf(key));
    }
}

} // namespace

std::vector<ObjectLine>
linesUnder(const Schema& schema, const QualifiedName& name, const UnreadParts& unread)
{
    std::vector<ObjectLine> lines;
    if (name.schema.empty()) {
        addOutsideOfSchemas(schema, name.name, unread, lines);
        return lines;
    }
    addObject(schema.tables, name, unread, lines);
    addView(schema, name, unread, lines);
    if (!unread.lacks(UnreadKind::Enums))
        addObject(schema.enums, name, lines);
    if (!unread.lacks(UnreadKind::Domains))
        addObject(schema.domains, name, unread, lines);
    if (!unread.lacks(UnreadKind::Sequences))
        addObject(schema.sequences, name, unread, lines);
    if (!unread.lacks(UnreadKind::Functions))
        addFunctions(schema, name, lines);
    return lines;
}

std::set<QualifiedName> namesIn(const Schema& schema)
{
    std::set<QualifiedName> names;
    for (const std::string& each : schema.namespaces) {
        if (isMade(each))
            names.insert({.schema = {}, .name = each});
    }
    for (const auto& [each, extension] : schema.extensions) {
        if (isMade(each))
            names.insert({.schema = {}, .name = each});
    }
    addNames(schema.tables, names);
    addNames(schema.views, names);
    addNames(schema.enums, names);
    addNames(schema.domains, names);
    addNames(schema.sequences, names);
    addNames(schema.functions, names);
    return names;
}

std::vector<QualifiedName> namesChanged(const Schema& before, const Schema& now)
{
    std::vector<QualifiedName> names;
    addChanged(before.tables, now.tables, names);
    addChanged(before.views, now.views, names);
    addChanged(before.enums, now.enums, names);
    addChanged(before.domains, now.domains, names);
    addChanged(before.sequences, now.sequences, names);
    addChanged(before.functions, now.functions, names);
    if (before.namespaces != now.namespaces) {
        std::vector<std::string> differing;
        std::ranges::set_symmetric_difference(
            before.namespaces, now.namespaces, std::back_inserter(differing));
        for (std::string& name : differing)
            names.push_back({.schema = {}, .name = std::move(name)});
    }
    for (const auto& [side, other] : {std::pair(&before.extensions, &now.extensions),
                                      std::pair(&now.extensions, &before.extensions)}) {
        for (const auto& [name, extension] : *side) {
            if (!other->contains(name))
                names.push_back({.schema = {}, .name = name});
        }
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

void catchUp(Schema& seen, const Schema& now, const std::vector<QualifiedName>& names)
{
    bool outside = false; // of every schema: namespaces and extensions
    for (const QualifiedName& name : names) {
        if (name.schema.empty()) {
            outside = true;
            continue;
        }
        renew(seen.tables, now.tables, name);
        renew(seen.views, now.views, name);
        renew(seen.enums, now.enums, name);
        renew(seen.domains, now.domains, name);
        renew(seen.sequences, now.sequences, name);
        renewFunctions(seen.functions, now.functions, name);
    }
    if (outside) {
        seen.namespaces = now.namespaces;
        seen.extensions = now.extensions;
    }
}

} // namespace sightglass
