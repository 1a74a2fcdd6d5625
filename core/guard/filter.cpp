// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/guarded_tables.h"
#include "core/rules/idiom.h"

namespace sightglass {

namespace {

std::string setOfNames(const GuardInput& input)
{
    if (input.tables.empty())
        return "UNMANAGED_TABLES = set()\n";
    std::string text = "UNMANAGED_TABLES = {\n";
    for (const GuardedTable& table : input.tables) {
        const bool plain = table.name.schema == input.defaultSchema;
        text += "    " + pythonText(plain ? table.name.name : toText(table.name)) + ",";
        text += table.owner.empty() ? "\n" : "  # " + table.owner + "\n";
    }
    return text + "}\n";
}

constexpr std::string_view function = R"py(

def include_object(object, name, type_, reflected, compare_to):
    """False for tables of others: autogenerate neither drops nor changes them."""
    if type_ == "table":
        full_name = name if object.schema is None else f"{object.schema}.{name}"
        return full_name not in UNMANAGED_TABLES
    return True


# Give it to every call of context.configure:
#     context.configure(
#         ...,
#         include_object=include_object,
#     )
)py";

} // namespace

std::string includeObjectFilter(const GuardInput& input)
{
    std::string text = "# For env.py: tables that live in this database and belong to others.\n";
    if (!input.existingFilter.empty())
        text += "# env.py passes " + input.existingFilter +
                " already: let it ask this function too, and return False where this one does.\n";
    return text + setOfNames(input) + std::string(function);
}

} // namespace sightglass
