// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

#include <algorithm>

namespace sightglass::rules::enable_rls_without_policy {

namespace {

bool hasPolicy(const Step& step, const QualifiedName& table)
{
    const Table* const known = step.moment.schema().table(step.moment.fullName(table));
    if (known != nullptr && !known->policies.empty())
        return true;
    const auto creates = [&](const change::CreatePolicy& create) {
        return step.sameName(create.table, table);
    };
    const bool earlier = std::ranges::any_of(step.earlier(), [&](const StepRecord& record) {
        const auto* const create = record.as<change::CreatePolicy>();
        return create != nullptr && creates(*create);
    });
    return earlier || step.laterChange<change::CreatePolicy>(creates) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const option = step.as<change::AlterTableOption>();
    if (option == nullptr || option->rowSecurity != true || step.target().isNew ||
        hasPolicy(step, option->table))
        return;
    const std::string name = toText(step.target().name);
    FindingDraft draft{
        .title = "Turns on row security for " + name + " without a policy",
        .detail =
            "Without a policy every role but the owner sees no row and can write none. Create "
            "the policies first, in the same transaction.",
        .instead =
            executeCall("CREATE POLICY " + quotedIdentifier(option->table.name + "_policy") +
                        " ON " + toSql(option->table) + " USING (...)") +
            "\n" +
            executeCall("ALTER TABLE " + toSql(option->table) + " ENABLE ROW LEVEL SECURITY")};
    if (!step.target().table) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "the policies that the table has already";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "enable-rls-without-policy",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::enable_rls_without_policy
