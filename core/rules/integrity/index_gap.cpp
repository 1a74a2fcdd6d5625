// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>
#include <span>

namespace sightglass::rules::index_gap {

namespace {

struct Gap
{
    const Step& step;
    const Table& table;
    std::string dropped;
    std::string leading; ///< column

    /// Another index answers the same searches meanwhile.
    bool isCovered() const
    {
        const std::vector<std::string> column{leading};
        Table others = table;
        std::erase_if(others.indexes, [&](const Index& each) { return each.name == dropped; });
        return isIndexed(others, column);
    }

    const change::CreateIndex* buildAmong(std::span<const Operation> operations) const
    {
        for (const Operation& operation : operations) {
            const auto* const create = std::get_if<change::CreateIndex>(&operation.change);
            if (create == nullptr || create->index.elements.empty() ||
                create->index.elements.front().column != leading)
                continue;
            if (step.sameName(create->index.table, table.name))
                return create;
        }
        return nullptr;
    }

    /// Later in the revision, or in the one that runs next.
    const change::CreateIndex* build() const
    {
        if (const auto* const create = buildAmong(step.later()))
            return create;
        const auto next = step.run.after(step.revision);
        return next.empty() ? nullptr : buildAmong(next.front()->operations);
    }
};

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr)
        return;
    const FoundIndex found = step.moment.index(drop->index);
    if (found.index == nullptr || !found.table || found.isNew || !found.index->valid ||
        found.index->columns.empty())
        return;
    const Gap gap{.step = step,
                  .table = *found.table,
                  .dropped = found.name.name,
                  .leading = columnOfKey(found.index->columns.front())};
    if (gap.leading.empty() || gap.isCovered())
        return;
    const change::CreateIndex* const build = gap.build();
    if (build == nullptr)
        return;
    const std::string table = toText(found.table->name);
    report.add(step,
               {.title = "Table " + table + " has no index on " + gap.leading + " for a while",
                .detail = "Index " + found.name.name + " is dropped before " +
                          (build->index.name.empty() ? "the new one" : build->index.name) +
                          " is built: until then every search by " + gap.leading +
                          " reads the whole table. Build the new index first, concurrently, then "
                          "drop the old one.",
                .object = "index " + toText(found.name)});
}

} // namespace

extern const Rule rule{.id = "index-gap",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::index_gap
