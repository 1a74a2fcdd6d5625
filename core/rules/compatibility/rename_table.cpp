// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::rename_table {

namespace {

struct Rename
{
    std::string kind;
    QualifiedName from;
    std::string newName;
};

std::optional<Rename> renameOf(const Step& step)
{
    if (const auto* const table = step.as<change::RenameTable>())
        return Rename{.kind = "table", .from = table->table, .newName = table->newName};
    if (const auto* const view = step.as<change::RenameView>())
        return Rename{.kind = view->materialized ? "materialized view" : "view",
                      .from = view->view,
                      .newName = view->newName};
    if (const auto* const sequence = step.as<change::RenameSequence>())
        return Rename{.kind = "sequence", .from = sequence->sequence, .newName = sequence->newName};
    return std::nullopt;
}

bool isNew(const Step& step, const Rename& rename)
{
    return step.moment.isNewRelation(rename.from) ||
           step.moment.isNew(NewObjects::Kind::Sequence, step.moment.fullName(rename.from));
}

/// Something takes the old name over before the revision ends.
bool oldNameComesBack(const Step& step, const Rename& rename)
{
    const auto isView = [&](const change::CreateView& view) {
        return step.sameName(view.view, rename.from);
    };
    const auto isTable = [&](const change::CreateTable& table) {
        return step.sameName(table.table, rename.from);
    };
    const auto isRename = [&](const change::RenameTable& other) {
        return other.newName == rename.from.name;
    };
    return step.laterChange<change::CreateView>(isView) != nullptr ||
           step.laterChange<change::CreateTable>(isTable) != nullptr ||
           step.laterChange<change::RenameTable>(isRename) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto rename = renameOf(step);
    if (!rename || isNew(step, *rename) || isBatchCopy(step.operation()))
        return;
    const std::string name = toText(step.moment.fullName(rename->from));
    FindingDraft draft{
        .title = "Renames " + rename->kind + " " + name + " to " + rename->newName,
        .detail = "Code that runs now still asks for the old name and fails at once; names of its "
                  "sequences, indexes and constraints stay as they are. Leave a view under the old "
                  "name for one release.",
        .object = rename->kind + " " + name};
    if (rename->kind == "table") {
        const std::string schema = schemaArgument(rename->from);
        const QualifiedName renamed{.schema = rename->from.schema, .name = rename->newName};
        draft.instead = "op.rename_table(" + pythonText(rename->from.name) + ", " +
                        pythonText(rename->newName) + schema + ")\n" +
                        executeCall("CREATE VIEW " + toSql(rename->from) + " AS SELECT * FROM " +
                                    toSql(renamed));
    }
    if (oldNameComesBack(step, *rename)) {
        draft.severity = Severity::Low;
        draft.detail = "The old name is taken over in the same revision, so most readers go on "
                       "working. Names of its sequences, indexes and constraints stay as they are.";
        draft.instead.clear();
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "rename-table",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::rename_table
