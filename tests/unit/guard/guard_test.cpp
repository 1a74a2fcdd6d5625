// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/guard/column_type.h"
#include "core/guard/guarded_tables.h"

using namespace sightglass;

namespace {

Schema withMood()
{
    Schema schema;
    EnumType mood{.name = {"public", "mood"}, .labels = {"so \"so\"", "ok"}, .extension = {}};
    schema.enums.insert_or_assign(mood.name, std::make_shared<const EnumType>(mood));
    return schema;
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class GuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachTypeHasItsWord_data()
    {
        QTest::addColumn<QString>("postgres");
        QTest::addColumn<QString>("python");
        const auto row = [](const char* postgres, const char* python) {
            QTest::newRow(postgres) << QString::fromLatin1(postgres) << QString::fromLatin1(python);
        };
        row("character varying(255)", "sa.String(length=255)");
        row("character varying", "sa.String()");
        row("numeric(12,2)", "sa.Numeric(precision=12, scale=2)");
        row("numeric", "sa.Numeric()");
        row("timestamp with time zone", "postgresql.TIMESTAMP(timezone=True)");
        row("timestamp(3) without time zone", "postgresql.TIMESTAMP(precision=3)");
        row("integer[]", "postgresql.ARRAY(sa.Integer())");
        row("mood", "postgresql.ENUM(\"so \\\"so\\\"\", \"ok\", name=\"mood\", create_type=False)");
        row("mood[]",
            "postgresql.ARRAY(postgresql.ENUM(\"so \\\"so\\\"\", \"ok\", name=\"mood\", "
            "create_type=False))");
        row("geometry(Point,4326)", "sa.types.NullType()");
        row("bit varying(8)", "postgresql.BIT(varying=True, length=8)");
    }

    void eachTypeHasItsWord()
    {
        QFETCH(QString, postgres);
        QFETCH(QString, python);
        QCOMPARE(QString::fromStdString(
                     sqlalchemyType(postgres.toStdString(), {}, withMood(), "public")),
                 python);
    }

    void theFilterNamesThemWithTheirOwners()
    {
        Schema live;
        const GuardInput input{.tables = {{.name = {"public", "session"}, .owner = "Better Auth"},
                                          {.name = {"billing", "in\"voices"}, .owner = {}}},
                               .live = live};
        const std::string text = includeObjectFilter(input);
        QVERIFY2(has(text, "    \"session\",  # Better Auth\n"), text.c_str());
        QVERIFY2(has(text, "    \"billing.in\\\"voices\",\n"), text.c_str());
        QVERIFY(has(text, "def include_object(object, name, type_, reflected, compare_to):"));
    }

    void theStubsKeepDefaultsKeysAndIndexes()
    {
        Table table{.name = {"billing", "jobs"}};
        table.columns = {{.name = "id", .type = "integer", .nullable = false},
                         {.name = "at", .type = "text", .nullable = true}};
        table.columns[1].defaultExpression = "'a :b'::text";
        table.primaryKey = KeyConstraint{.name = "pk", .columns = {"id"}};
        table.foreignKeys = {{.name = "fk", .columns = {"id"}, .target = {"public", "gone"}}};
        table.indexes = {{.name = "ix", .unique = true, .columns = {"at DESC"}},
                         {.name = "ix_lower", .columns = {"lower(at)"}}};
        Schema live;
        live.tables.insert_or_assign(table.name, std::make_shared<const Table>(table));
        const GuardInput input{.tables = {{.name = table.name, .owner = {}}}, .live = live};
        const std::string text = modelStubs(input);
        QVERIFY2(has(text, "server_default=sa.text(\"'a \\\\:b'::text\"), nullable=True"),
                 text.c_str());
        QVERIFY(has(text, "sa.PrimaryKeyConstraint(\"id\", name=\"pk\")"));
        QVERIFY(has(text, "schema=\"billing\""));
        // A key to a table that the metadata lacks would stop SQLAlchemy.
        QVERIFY(has(text, "# fk leads to gone, which target_metadata does not have."));
        QVERIFY(!has(text, "sa.ForeignKeyConstraint("));
        QVERIFY(has(text, "sa.Index(\"ix\", table.c[\"at\"].desc(), unique=True)"));
        QVERIFY(has(text,
                    "sa.Index(\"ix_lower\", sa.text(\"lower(at)\"), unique=False, "
                    "_table=table)"));
    }
};

int guard_test(int argc, char** argv)
{
    GuardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "guard_test.moc"
