// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as SQL: no crash, statements lie inside the text and in order, each with a change that
// can be replayed and rendered.
#include "core/sql/sql_reader.h"

#include "core/operations/operation.h"
#include "core/render/render.h"
#include "core/replay/replay.h"
#include "core/sql/catalog_questions.h"

#include <cstdint>
#include <cstdlib>

using namespace sightglass;

namespace {

Schema exampleSchema()
{
    Schema schema;
    schema.namespaces = {"public"};
    Table table;
    table.name = {.schema = "public", .name = "a"};
    table.columns = {{.name = "b", .type = "integer"}};
    schema.tables[table.name] = std::make_shared<const Table>(table);
    return schema;
}

void check(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Schema schema = exampleSchema();
    static const std::vector<std::string> searchPath{"public"};
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const bool script : {false, true}) {
        std::size_t behind = 0;
        Replay database;
        for (const SqlStatement& statement : readSql(text, {.script = script})) {
            check(statement.begin >= behind && statement.end <= size &&
                  statement.begin < statement.end && !statement.changes.empty());
            check(text.substr(statement.begin, statement.end - statement.begin) == statement.text);
            behind = statement.end;
            for (const SqlChange& change : statement.changes) {
                check(!summaryOf(change.change).empty());
                (void)objectOf(change.change);
                (void)toSql(change.change);
                if (const auto refusal = database.apply({.change = change.change}))
                    database.assume({.change = change.change}, *refusal);
                if (!change.askedQuery.empty())
                    (void)answerFromSchema(change.askedQuery, schema, searchPath);
            }
        }
    }
    (void)answerFromSchema(text, schema, searchPath);
    (void)sqlFingerprint(text);
    return 0;
}
