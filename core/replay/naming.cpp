// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  makeObjectName, ChooseRelationName, ChooseConstraintName, ChooseIndexNameAddition
#include "core/replay/naming.h"

#include "core/replay/spelling.h"

namespace sightglass::replaying {

namespace {

template <typename Taken>
std::string freeName(std::string_view first,
                     std::string_view second,
                     std::string_view label,
                     const Taken& taken)
{
    std::string name = objectName(first, second, label);
    for (int pass = 1; taken(name); ++pass)
        name = objectName(first, second, std::string(label) + std::to_string(pass));
    return name;
}

} // namespace

std::string objectName(std::string_view first, std::string_view second, std::string_view label)
{
    std::size_t overhead = second.empty() ? 0 : 1;
    if (!label.empty())
        overhead += label.size() + 1;
    const std::size_t available = longestName > overhead ? longestName - overhead : 0;
    std::size_t firstBytes = first.size();
    std::size_t secondBytes = second.size();
    while (firstBytes + secondBytes > available) {
        if (firstBytes > secondBytes)
            --firstBytes;
        else
            --secondBytes;
    }
    std::string name = clipped(first, firstBytes);
    if (!second.empty())
        name += "_" + clipped(second, secondBytes);
    if (!label.empty())
        name += "_" + std::string(label);
    return name;
}

std::string freeRelationName(const Catalog& catalog,
                             const std::string& schema,
                             std::string_view first,
                             std::string_view second,
                             std::string_view label,
                             bool constraint)
{
    return freeName(first, second, label, [&](const std::string& name) {
        const QualifiedName full{.schema = schema, .name = name};
        return catalog.relation(full) != nullptr ||
               (constraint && catalog.constraintNameTaken(full));
    });
}

std::string freeConstraintName(const Catalog& catalog,
                               const std::string& schema,
                               std::string_view first,
                               std::string_view second,
                               std::string_view label,
                               const std::set<std::string>& others)
{
    return freeName(first, second, label, [&](const std::string& name) {
        return others.contains(name) ||
               catalog.constraintNameTaken({.schema = schema, .name = name});
    });
}

std::string namesTogether(const std::vector<std::string>& columns)
{
    std::string text;
    for (const std::string& column : columns) {
        if (!text.empty())
            text += '_';
        text += column;
        if (text.size() > longestName)
            break;
    }
    return text;
}

} // namespace sightglass::replaying
