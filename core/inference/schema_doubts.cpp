// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/schema_doubts.h"

namespace sightglass {

namespace {

void add(ObjectDoubt& about, const Doubt& doubt)
{
    if (about.reason.empty())
        about.reason = doubt.reason;
    if (doubt.column.empty())
        (doubt.reach == Doubt::Reach::Parts ? about.parts : about.existence) = true;
    else if (doubt.reach == Doubt::Reach::Parts)
        about.columns.insert(doubt.column);
    else
        about.parts = true; // keys and indexes come and go with a column; the table stays
}

} // namespace

bool ObjectDoubt::isAbout(std::string_view kind, const std::string& part) const
{
    if (existence)
        return true;
    if (part.empty())
        return false;
    return parts || (kind == "column" && columns.contains(part));
}

bool ObjectDoubt::isAboutText(std::string_view kind, const std::string& part) const
{
    return isAbout(kind, part) || (parts && kind == "view");
}

const ObjectDoubt* SchemaDoubts::about(const QualifiedName& object) const
{
    const auto found = objects.find(object);
    return found == objects.end() ? nullptr : &found->second;
}

const ObjectDoubt* SchemaDoubts::about(const QualifiedName& object, const Schema& schema) const
{
    if (const ObjectDoubt* own = about(object); own != nullptr)
        return own;
    const auto sequence = schema.sequences.find(object);
    if (sequence == schema.sequences.end() || !sequence->second->ownerTable)
        return nullptr;
    const ObjectDoubt* table = about(*sequence->second->ownerTable);
    return table != nullptr && table->existence ? table : nullptr;
}

bool SchemaDoubts::isAbout(const QualifiedName& object,
                           std::string_view kind,
                           const std::string& part) const
{
    const ObjectDoubt* doubt = about(object);
    return doubt != nullptr && doubt->isAbout(kind, part);
}

SchemaDoubts doubtsByObject(std::span<const Doubt> doubts)
{
    SchemaDoubts result;
    for (const Doubt& doubt : doubts) {
        if (!doubt.table.name.empty())
            add(result.objects[doubt.table], doubt);
        else if (!result.anything)
            result.anything = doubt;
    }
    return result;
}

} // namespace sightglass
