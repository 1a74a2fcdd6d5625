// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/schema_calls.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string placeOf(const SchemaCall& call)
{
    if (call.function.empty())
        return "the module itself";
    return call.function == "__main__" ? "the program part" : call.function + "()";
}

std::string reachedWords(const SchemaCall& call)
{
    switch (call.reached) {
    case ReachedFrom::Startup:
        return "The application's start runs it.";
    case ReachedFrom::Import:
        return "Importing the module runs it.";
    case ReachedFrom::Script:
        return "It runs when a person or a container starts it as a program.";
    case ReachedFrom::NotKnown:
        return "Who calls it could not be told.";
    }
    return {};
}

Severity severityOfCreate(const SchemaCall& call)
{
    if (call.place == ProjectPlace::Example || call.place == ProjectPlace::Ci)
        return Severity::Info;
    if (call.stamps || call.forSqlite || call.place == ProjectPlace::Migration)
        return Severity::Low;
    const bool starts = call.reached == ReachedFrom::Startup || call.reached == ReachedFrom::Import;
    return starts && call.condition.empty() ? Severity::High : Severity::Medium;
}

Confidence confidenceOf(const SchemaCall& call)
{
    if (call.forSqlite)
        return Confidence::Possible;
    return call.reached == ReachedFrom::NotKnown || !call.condition.empty() ? Confidence::Likely
                                                                            : Confidence::Certain;
}

std::string createDetail(const SchemaCall& call)
{
    std::string text = printable(call.code) + " in " + placeOf(call) +
                       " creates the tables of today's models without a revision. ";
    text += reachedWords(call);
    if (!call.condition.empty())
        text += " It does so only if " + printable(call.condition.substr(0, 60)) + ".";
    if (call.place == ProjectPlace::Migration)
        return text +
               " What it makes changes with the models, so the revision is not the same twice.";
    if (call.stamps)
        return text + " The same file stamps the version table, so the chain goes on from there.";
    if (call.forSqlite)
        return text + " The same place speaks of SQLite, so PostgreSQL may not be meant.";
    return text + " Tables then stand before the chain makes them: a later upgrade fails with "
                  "\"already exists\", or the version table says less than is there. Run `alembic "
                  "upgrade head` instead, or stamp the version table after it.";
}

Finding findingOf(const SchemaCall& call)
{
    const bool creates = call.kind == SchemaCallKind::CreateAll;
    Finding made{.rule = creates ? "create-all-beside-chain" : "drop-all-in-code",
                 .category = "project"};
    made.span = call.span;
    made.related = call.way;
    made.confidence = confidenceOf(call);
    if (creates) {
        made.severity = severityOfCreate(call);
        made.title =
            placeOf(call) + " of " + printable(call.file) + " creates tables outside of the chain";
        made.detail = createDetail(call);
    } else {
        made.severity = call.place == ProjectPlace::Application && call.likely && !call.forSqlite
                            ? Severity::Medium
                            : Severity::Low;
        made.title =
            placeOf(call) + " of " + printable(call.file) + " drops all tables of the models";
        made.detail =
            printable(call.code) +
            " deletes every table that the models declare, with its rows, and asks nobody. " +
            reachedWords(call) + " Keep it to tests, or let it ask before.";
    }
    if (made.confidence != Confidence::Certain)
        made.unsettled = "See who calls it, and on which database.";
    if (made.title.size() > 88)
        made.title = placeOf(call) + (creates ? " creates tables outside of the chain"
                                              : " drops all tables of the models");
    return made;
}

/// Tests make their own tables; that is one line, not one for each.
void addTests(const std::vector<const SchemaCall*>& tests, std::vector<Finding>& made)
{
    if (tests.empty())
        return;
    Finding finding{.rule = "create-all-in-tests", .category = "project"};
    finding.title =
        std::to_string(tests.size()) +
        (tests.size() == 1 ? " place of the tests makes" : " places of the tests make") +
        " or drops tables without the chain";
    finding.detail =
        "Tests that build their tables with create_all never run a revision, so they don't "
        "show when a revision is wrong or missing. One test that runs `alembic upgrade head` "
        "on an empty database does.";
    finding.span = tests.front()->span;
    for (std::size_t i = 1; i < tests.size(); ++i)
        finding.related.push_back(tests[i]->span);
    made.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> schemaCallFindings(const std::vector<SchemaCall>& calls)
{
    std::vector<Finding> made;
    std::vector<const SchemaCall*> tests;
    for (const SchemaCall& call : calls) {
        // What is not surely a MetaData is a fact in the list, and no accusation.
        if (call.kind == SchemaCallKind::Upgrade || !call.likely)
            continue;
        if (call.place == ProjectPlace::Test) {
            if (call.likely)
                tests.push_back(&call);
            continue;
        }
        if (call.kind == SchemaCallKind::DropAll &&
            (call.asks || call.place != ProjectPlace::Application))
            continue;
        made.push_back(findingOf(call));
    }
    addTests(tests, made);
    return made;
}

} // namespace sightglass
