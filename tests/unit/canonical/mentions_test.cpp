// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/expression.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

using Names = std::vector<std::string>;

class MentionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void columnsAreNamedOnceInTheirOrder()
    {
        QCOMPARE(columnsOf("b > 0 AND t.a IN (1, 2) AND b < lower(\"C d\")"),
                 (Names{"b", "a", "C d"}));
        QCOMPARE(columnsOf("name DESC NULLS LAST"), (Names{"name"}));
        QCOMPARE(columnsOf("lower((name)::text) text_pattern_ops DESC"), (Names{"name"}));
        QCOMPARE(columnsOf("not ( an expression"), Names{});
        QCOMPARE(columnsOf(std::string_view("a\0b", 3)), Names{});
    }

    void relationsOfAQueryLeaveOutItsOwnNames()
    {
        auto relations =
            relationsOf("WITH x AS (SELECT * FROM app.a) SELECT * FROM x JOIN "
                        "\"B\" ON EXISTS (SELECT 1 FROM c) JOIN \"B\" b2 ON true");
        std::ranges::sort(relations);
        QCOMPARE(relations.size(), std::size_t{3});
        QCOMPARE(toText(relations[0]), std::string("B"));
        QCOMPARE(toText(relations[1]), std::string("c"));
        QCOMPARE(toText(relations[2]), std::string("app.a"));
    }

    void aRenamedColumnIsRenamedEverywhereAndNothingElse()
    {
        QCOMPARE(
            withColumnRenamed("((name)::text = 'name'::text) AND (lower((name)::text) <> names)",
                              "name",
                              "Title"),
            std::string(
                "((\"Title\")::text = 'name'::text) AND (lower((\"Title\")::text) <> names)"));
        QCOMPARE(withColumnRenamed("\"order\" DESC", "order", "place"), std::string("place DESC"));
        QCOMPARE(withColumnRenamed("email text_pattern_ops", "email", "mail"),
                 std::string("mail text_pattern_ops"));
        QCOMPARE(withColumnRenamed("email COLLATE \"C\" DESC", "email", "mail"),
                 std::string("mail COLLATE \"C\" DESC"));
        QCOMPARE(withColumnRenamed("emails", "email", "mail"), std::string("emails"));
        QCOMPARE(withColumnRenamed("lower(a)", "lower", "upper"), std::string("lower(a)"));
        QCOMPARE(withColumnRenamed("\nCASE\n    WHEN (a > 0) THEN a\n    ELSE b\nEND", "a", "c"),
                 std::string("\nCASE\n    WHEN (c > 0) THEN c\n    ELSE b\nEND"));
        QCOMPARE(withColumnRenamed("((broken", "broken", "x"), std::string("((broken"));
    }

    void aRenamedTypeIsRenamedInCasts()
    {
        QCOMPARE(
            withTypeRenamed("(state = ANY (ARRAY['a'::state, 'b'::state]))", "state", "status"),
            std::string("(state = ANY (ARRAY['a'::status, 'b'::status]))"));
        QCOMPARE(withTypeRenamed("'{}'::app.state[]", "app.state", "app.status"),
                 std::string("'{}'::app.status[]"));
        QCOMPARE(withTypeRenamed("'{}'::app.state[]", "state", "status"),
                 std::string("'{}'::app.state[]"));
        QCOMPARE(withTypeRenamed("'a'::state", "state", "Weird State"),
                 std::string("'a'::\"Weird State\""));
    }
};

int mentions_test(int argc, char** argv)
{
    MentionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "mentions_test.moc"
