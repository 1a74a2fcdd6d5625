// SPDX-License-Identifier: GPL-3.0-or-later
// moc stumbles over <compare> when it is the first header that it sees.
#include "core/base/known.h"
#include "core/schema/definitions.h"

#include <QTest>

using namespace sightglass;

class DefinitionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void keysNameTheirColumnsAndOptions()
    {
        QCOMPARE(primaryKeyDefinition({.columns = {"id", "order"}}),
                 std::string("PRIMARY KEY (id, \"order\")"));
        QCOMPARE(uniqueDefinition({.columns = {"a"}, .include = {"b"}, .nullsNotDistinct = true}),
                 std::string("UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)"));
        QCOMPARE(
            uniqueDefinition({.columns = {"a"}, .deferrable = true, .initiallyDeferred = true}),
            std::string("UNIQUE (a) DEFERRABLE INITIALLY DEFERRED"));
        QCOMPARE(primaryKeyDefinition({.columns = {"id", "during"}, .withoutOverlaps = true}),
                 std::string("PRIMARY KEY (id, during WITHOUT OVERLAPS)"));
    }

    void foreignKeysNameTheirTargetWithoutPublic()
    {
        const ForeignKey key{.columns = {"owner"},
                             .target = {.schema = "public", .name = "user"},
                             .targetColumns = {"id"},
                             .onDelete = "SET NULL",
                             .onUpdate = "CASCADE",
                             .match = "FULL",
                             .deferrable = true,
                             .validated = false};
        QCOMPARE(foreignKeyDefinition(key),
                 std::string("FOREIGN KEY (owner) REFERENCES \"user\"(id) MATCH FULL ON UPDATE "
                             "CASCADE ON DELETE SET NULL DEFERRABLE NOT VALID"));
        const ForeignKey other{.columns = {"a"},
                               .target = {.schema = "app", .name = "t"},
                               .targetColumns = {"b"},
                               .validated = false,
                               .enforced = false};
        QCOMPARE(foreignKeyDefinition(other),
                 std::string("FOREIGN KEY (a) REFERENCES app.t(b) NOT ENFORCED"));
    }

    void checksKeepTheirExpression()
    {
        QCOMPARE(checkDefinition({.expression = "(a > 0)", .validated = false, .noInherit = true}),
                 std::string("CHECK ((a > 0)) NO INHERIT NOT VALID"));
    }

    void indexesAreWrittenWhole()
    {
        const Index index{.name = "by name",
                          .unique = true,
                          .columns = {"lower(name)", "at DESC"},
                          .include = {"order"},
                          .predicate = "(at IS NULL)",
                          .nullsNotDistinct = true};
        QCOMPARE(indexDefinition({.schema = "public", .name = "t"},
                                 index,
                                 {.storage = " WITH (fillfactor='50')", .only = true}),
                 std::string("CREATE UNIQUE INDEX \"by name\" ON ONLY public.t USING btree "
                             "(lower(name), at DESC) INCLUDE (\"order\") NULLS NOT DISTINCT WITH "
                             "(fillfactor='50') WHERE (at IS NULL)"));
    }
};

int definitions_test(int argc, char** argv)
{
    DefinitionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "definitions_test.moc"
