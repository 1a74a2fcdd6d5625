// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/sample_inspections.h"

#include "tests/support/graph_text.h"

#include <array>
#include <map>
#include <utility>

namespace sightglass::tests {

namespace {

std::shared_ptr<Inspection> inspectionOf(std::vector<Revision> revisions)
{
    auto scripts = std::make_shared<Scripts>();
    scripts->project.root = "/project";
    scripts->revisions = revisions;
    scripts->filesRead = revisions.size();
    auto inspection = std::make_shared<Inspection>();
    inspection->scripts = scripts;
    inspection->graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(std::move(revisions)));
    inspection->diagnosis.state = DatabaseState::Healthy;
    inspection->diagnosis.title = "The chain is in order.";
    inspection->diagnosis.detail = "No database is connected, so nothing is known of one.";
    return inspection;
}

void apply(Inspection& inspection, const std::vector<std::string>& rows)
{
    std::vector<RevisionIndex> at;
    for (const std::string& row : rows) {
        if (const auto index = inspection.graph->find(row))
            at.push_back(*index);
        else
            inspection.unknownRows.push_back(row);
    }
    inspection.databaseAt = at;
    inspection.applied = inspection.graph->withAncestors(at);
    auto live = std::make_shared<LiveState>();
    live->readAt = Time(std::chrono::seconds(1'795'000'000));
    inspection.live = live;
    inspection.target = "swae on localhost:5432";
    inspection.diagnosis.hasDatabase = true;
    inspection.diagnosis.versionRows = rows;
    const auto order = inspection.graph->walkOrder();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        if (!inspection.applied[*index])
            inspection.diagnosis.pending.push_back(inspection.graph->revision(*index).id);
    }
}

std::vector<Revision> brokenRevisions()
{
    auto revisions = revisionsFromText("2a3f4c9d1cde <- 189b1231afd4;"
                                       "3b7a1d2e4f56 <- 2a3f4c9d1cde;"
                                       "4c19d0e7a2b1 <- 3b7a1d2e4f56;"
                                       "5d02e8f1b3c4 <- 4c19d0e7a2b1;"
                                       "6e71f9a2c4d5 <- 5d02e8f1b3c4;"
                                       "7f80a1b3d5e6 <- 6e71f9a2c4d5 [programs];"
                                       "8a91b2c4e6f7 <- 7f80a1b3d5e6;"
                                       "9be1200c7d41 <- 8a91b2c4e6f7;"
                                       "c51d88e02f6a <- 8a91b2c4e6f7;"
                                       "f07c31aa90be <- 9be1200c7d41, c51d88e02f6a");
    const std::map<std::string, std::string> messages{
        {"2a3f4c9d1cde", "cascade deletes"},
        {"3b7a1d2e4f56", "soft delete for program_templates"},
        {"4c19d0e7a2b1", "lesson segments"},
        {"5d02e8f1b3c4", "habit events index"},
        {"6e71f9a2c4d5", "lesson tasks"},
        {"7f80a1b3d5e6", "template access"},
        {"8a91b2c4e6f7", "template provenance"},
        {"9be1200c7d41", "journal task events"},
        {"c51d88e02f6a", "drop legacy sessions"},
        {"f07c31aa90be", "merge heads before 2.0"}};
    for (Revision& revision : revisions) {
        revision.message = messages.at(revision.id);
        revision.longMessage = revision.message;
        revision.created = "2025-10-21T09:30:00";
        std::string slug = revision.message;
        for (char& c : slug)
            c = c == ' ' ? '_' : c;
        std::string name = revision.id + "_" + slug + ".py";
        if (revision.id == "2a3f4c9d1cde")
            name = "189b1231afd4_bootstrap_tables.py";
        const std::string file = "/project/alembic/versions/" + name;
        revision.span = {.file = file, .line = 13};
        revision.downSpan = {.file = file, .line = 14};
        for (RevisionReference& down : revision.down)
            down.span = revision.downSpan;
        for (RevisionReference& label : revision.labels)
            label.span = {.file = file, .line = 15};
    }
    return revisions;
}

std::vector<Finding> brokenFindings()
{
    const std::string versions = "/project/alembic/versions/";
    return {{.rule = "missing-revision",
             .category = "chain",
             .severity = Severity::Critical,
             .title = "Missing revision 189b1231afd4, named by 2a3f4c9d1cde",
             .detail = "2a3f4c9d1cde names it as its down revision and no file defines it. Alembic "
                       "can't load the chain. Bring the file back, or correct the id.",
             .revision = "2a3f4c9d1cde",
             .span = {.file = versions + "189b1231afd4_bootstrap_tables.py", .line = 14},
             .fixes = {{.id = "restore", .title = "Bring the file back from version control"},
                       {.id = "repoint", .title = "Correct the down revision"}}},
            {.rule = "orphan-tables",
             .category = "database",
             .severity = Severity::Critical,
             .title = "Tables that no revision creates: program_templates and 15 more",
             .object = "habits"},
            {.rule = "drops-rows",
             .category = "data-loss",
             .severity = Severity::Critical,
             .confidence = Confidence::Likely,
             .title = "Drops session, account, verification: 48,210 rows, owned by no model",
             .revision = "c51d88e02f6a",
             .span = {.file = versions + "c51d88e02f6a_drop_legacy_sessions.py", .line = 23}},
            {.rule = "file-name-differs",
             .category = "chain",
             .severity = Severity::Medium,
             .title = "File name says 189b1231afd4, the file says 2a3f4c9d1cde",
             .revision = "2a3f4c9d1cde",
             .span = {.file = versions + "189b1231afd4_bootstrap_tables.py"},
             .fixes = {{.id = "rename", .title = "Rename the file"}}},
            {.rule = "index-lock",
             .category = "lock",
             .severity = Severity::Medium,
             .title = "Index build blocks writes to a 640 MB table",
             .revision = "3b7a1d2e4f56",
             .span = {.file = versions + "3b7a1d2e4f56_soft_delete_for_program_templates.py",
                      .line = 31}}};
}

WayBack wayBack(std::string title, std::string summary, bool recommended)
{
    return {.id = title,
            .title = std::move(title),
            .summary = std::move(summary),
            .recommended = recommended,
            .pros = {"The chain is again what was run", "Every step can be undone"},
            .cons = {"Somebody has to have the file"},
            .needs = "the lost file",
            .steps = {
                {.action = "find the commit that deleted it",
                 .command = "git log --all --diff-filter=D -- '*189b1231afd4*'"},
                {.action = "bring it back", .command = "git checkout 4e1f0c2^ -- alembic/versions"},
                {.action = "check that the chain loads",
                 .detail = "Alembic prints the one head.",
                 .command = "alembic heads"}}};
}

void diagnoseBroken(Diagnosis& diagnosis)
{
    diagnosis.state = DatabaseState::BrokenChain;
    diagnosis.severity = Severity::Critical;
    diagnosis.title = "The chain is broken at 189b1231afd4.";
    diagnosis.detail =
        "One file names it as its down revision and no file defines it. A new database "
        "can't be built; this one holds 16 tables that no revision creates.";
    diagnosis.evidence = {
        {.grade = Grade::Read,
         .text = "2a3f4c9d1cde names 189b1231afd4 as its down revision",
         .revision = "2a3f4c9d1cde",
         .span = {.file = "/project/alembic/versions/189b1231afd4_bootstrap_tables.py",
                  .line = 14}},
        {.grade = Grade::Asked, .text = "habits holds 16 tables that no revision creates"},
        {.grade = Grade::Asked, .text = "The version table has 1 row: 2a3f4c9d1cde"},
        {.grade = Grade::Read, .text = "No file in alembic/versions defines 189b1231afd4"}};
    diagnosis.options = {
        wayBack("Bring the file back", "Version control may still have it.", true),
        wayBack("Rebuild the base migration",
                "Write what the 16 tables look like into a new base.",
                false),
        wayBack("Repoint to base", "Say that 2a3f4c9d1cde starts the chain.", false)};
    diagnosis.checklist = {
        {.item = "Every down revision is defined by a file.",
         .ok = false,
         .evidence = "1 is missing"},
        {.item = "One head.", .ok = true, .evidence = "f07c31aa90be"},
        {.item = "A backup exists.", .ok = std::nullopt, .evidence = "not looked for"}};
}

} // namespace

std::shared_ptr<Inspection> inspectionOf(std::string_view graphText)
{
    return inspectionOf(revisionsFromText(graphText));
}

std::shared_ptr<Inspection> brokenChain()
{
    auto inspection = inspectionOf(brokenRevisions());
    apply(*inspection, {"2a3f4c9d1cde"});
    inspection->findings = brokenFindings();
    diagnoseBroken(inspection->diagnosis);
    return inspection;
}

std::shared_ptr<Inspection> unknownRow()
{
    auto inspection = inspectionOf("a; b <- a");
    apply(*inspection, {"3aebf1"});
    inspection->diagnosis.state = DatabaseState::UnknownRevision;
    inspection->diagnosis.severity = Severity::High;
    inspection->diagnosis.title = "The version table says 3aebf1. No file has this id.";
    inspection->diagnosis.evidence = {
        {.grade = Grade::Asked, .text = "alembic_version holds 3aebf1", .revision = "3aebf1"}};
    return inspection;
}

std::shared_ptr<Inspection> longChain(int count)
{
    std::vector<Revision> revisions(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < revisions.size(); ++i) {
        Revision& revision = revisions[i];
        revision.id = "r" + std::to_string(i);
        revision.message = "change number " + std::to_string(i) + " of a long story";
        revision.span = {.file = "/project/versions/" + revision.id + "_change.py", .line = 1};
        revision.downSpan = {.file = revision.span.file, .line = 2};
        if (i > 0)
            revision.down.push_back({"r" + std::to_string(i - 1), revision.downSpan});
    }
    return inspectionOf(std::move(revisions));
}

std::shared_ptr<Inspection> manyFindings(int count)
{
    auto inspection = longChain(10);
    for (int i = 0; i < count; ++i) {
        const std::string id = "r" + std::to_string(i % 10);
        inspection->findings.push_back(
            {.rule = "rule-" + std::to_string(i % 7),
             .severity = static_cast<Severity>(i * 5 / count),
             .title = "Finding number " + std::to_string(i),
             .revision = id,
             .span = {.file = "/project/versions/" + id + "_change.py", .line = 1 + i % 3}});
    }
    return inspection;
}

std::string sampleSource()
{
    return R"("""soft delete for program_templates

Revision ID: 3b7a1d2e4f56
Revises: 2a3f4c9d1cde
Create Date: 2025-10-21 09:30:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = "3b7a1d2e4f56"
down_revision = "2a3f4c9d1cde"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "program_templates",
        sa.Column("is_deleted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


@sa.event.listens_for(op, "x")
class Marker:
    limit = 1200000


def more():
    op.create_index("program_templates_title_active_idx", "program_templates", ["title"])


def downgrade() -> None:
    op.drop_column("program_templates", "is_deleted")
)";
}

} // namespace sightglass::tests
