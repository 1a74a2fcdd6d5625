// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_types/type_reading.h"

#include <QTest>

#include <string>
#include <vector>

using namespace sightglass;

namespace {

constexpr const char* head = "import enum\n"
                             "import sqlalchemy as sa\n"
                             "from sqlalchemy.dialects import postgresql\n"
                             "class State(enum.Enum):\n"
                             "    new = 'n'\n"
                             "    old = 'o'\n";

using Labels = std::vector<std::string>;

} // namespace

class EnumTypeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsAreMemberNamesUnlessValuesAreAskedFor();
    void anUnknownStarredListLeavesTheNameKnown();
    void aliasesAreNotGuessed();
    void createOfAPlainEnumDoesNotLookFirst();
    void createOfAPostgresqlEnumLooksFirst();
    void createWithUnknownLabelsIsOpaque();
    void dropNamesTheType();
    void aTextEnumHasNothingToCreate();
    void aCheckIsMadeOnlyWhereItIsAskedFor();
    void anArrayAndADecoratorHoldTheirEnum();
    void anotherDialectsVariantKeepsTheEnum();
    void inheritSchemaFollowsTheTable();
    void createTypeCanBeSwitchedOffLater();
    void aDomainKeepsItsParts();

private:
    TypeObject* read(const std::string& expression)
    {
        m_reading.run(std::string(head) + "import unheard\ndef made():\n    return " + expression + "\n");
        return m_reading.type("made");
    }

    Labels labels(const std::string& expression)
    {
        TypeObject* type = read(expression);
        const auto native = type == nullptr ? std::nullopt : type->nativeEnum();
        return native && native->labels.isKnown() ? native->labels.value() : Labels{"?"};
    }

    TypeReading m_reading;
};

void EnumTypeTest::labelsAreMemberNamesUnlessValuesAreAskedFor()
{
    QCOMPARE(labels("sa.Enum(State)"), (Labels{"new", "old"}));
    QCOMPARE(labels("sa.Enum(State, values_callable=lambda kind: [each.value for each in kind])"),
             (Labels{"n", "o"}));
    QCOMPARE(labels("postgresql.ENUM('x', 'y', name='e')"), (Labels{"x", "y"}));
    QCOMPARE(read("sa.Enum(State)")->nativeEnum()->name.value().name, std::string("state"));
}

void EnumTypeTest::anUnknownStarredListLeavesTheNameKnown()
{
    TypeObject* type = read("sa.Enum(*unheard.of(), name='e')");
    QVERIFY(type != nullptr);
    const auto native = type->nativeEnum();
    QVERIFY(native && !native->labels.isKnown());
    QCOMPARE(native->name.value().name, std::string("e"));
    QCOMPARE(type->ddl()->value(), std::string("e"));
    QVERIFY(!read("sa.Enum(*unheard.of())")->ddl()->isKnown());
}

void EnumTypeTest::aliasesAreNotGuessed()
{
    m_reading.run("import enum\nimport sqlalchemy as sa\n"
                  "class Two(enum.Enum):\n    a = 1\n    b = 2\n    c = 1\n"
                  "def plain():\n    return sa.Enum(Two)\n"
                  "def without():\n    return sa.Enum(Two, omit_aliases=True)\n");
    QCOMPARE(m_reading.type("without")->nativeEnum()->labels.value(), (Labels{"a", "b"}));
    const auto plain = m_reading.type("plain")->nativeEnum()->labels;
    QVERIFY(!plain.isKnown() || plain.value() == (Labels{"a", "b"}));
}

void EnumTypeTest::createOfAPlainEnumDoesNotLookFirst()
{
    m_reading.ddl.sent.clear();
    read("sa.Enum('a', name='e', schema='s').create('bind')");
    QCOMPARE(m_reading.ddl.sent.size(), std::size_t{1});
    const auto& made = std::get<change::CreateEnum>(m_reading.ddl.sent.front());
    QCOMPARE(made.type.schema, std::string("s"));
    QCOMPARE(made.labels, Labels{"a"});
    QVERIFY(!made.unlessExists && !made.oncePerRun);
    read("sa.Enum('a', name='e').create('bind', checkfirst=True)");
    QVERIFY(std::get<change::CreateEnum>(m_reading.ddl.sent.back()).unlessExists);
    QCOMPARE(m_reading.ddl.directives.back(), std::string("Enum.create"));
}

void EnumTypeTest::createOfAPostgresqlEnumLooksFirst()
{
    m_reading.ddl.sent.clear();
    read("postgresql.ENUM('a', name='e', create_type=False).create('bind')");
    QVERIFY(std::get<change::CreateEnum>(m_reading.ddl.sent.back()).unlessExists);
    read("postgresql.ENUM('a', name='e').create('bind', checkfirst=False)");
    QVERIFY(!std::get<change::CreateEnum>(m_reading.ddl.sent.back()).unlessExists);
}

void EnumTypeTest::createWithUnknownLabelsIsOpaque()
{
    m_reading.ddl.sent.clear();
    read("sa.Enum(*unheard.of(), name='e').create('bind')");
    QCOMPARE(m_reading.ddl.sent.size(), std::size_t{1});
    QVERIFY(std::holds_alternative<change::Opaque>(m_reading.ddl.sent.front()));
}

void EnumTypeTest::dropNamesTheType()
{
    m_reading.ddl.sent.clear();
    read("sa.Enum(name='e').drop('bind', checkfirst=True)");
    const auto& dropped = std::get<change::DropType>(m_reading.ddl.sent.front());
    QCOMPARE(dropped.type.name, std::string("e"));
    QVERIFY(dropped.ifExists && !dropped.domain);
}

void EnumTypeTest::aTextEnumHasNothingToCreate()
{
    m_reading.ddl.sent.clear();
    QVERIFY(!read("sa.Enum('a', name='e', native_enum=False)")->nativeEnum());
    read("sa.Enum('a', name='e', native_enum=False).create('bind')");
    QVERIFY(m_reading.ddl.sent.empty());
}

void EnumTypeTest::aCheckIsMadeOnlyWhereItIsAskedFor()
{
    QVERIFY(!read("sa.Enum('a', name='e', native_enum=False)")->check("c"));
    QVERIFY(!read("sa.Enum('a', name='e', create_constraint=True)")->check("c"));
    const auto check =
        read("sa.Enum('a', 'it''s', name='e', native_enum=False, create_constraint=True)")
            ->check("my c");
    QVERIFY(check.has_value());
    QCOMPARE(check->name, std::string("e"));
    QCOMPARE(check->expression.value(), std::string("\"my c\" IN ('a', 'its')"));
}

void EnumTypeTest::anArrayAndADecoratorHoldTheirEnum()
{
    QCOMPARE(labels("postgresql.ARRAY(sa.Enum('a', name='e'), dimensions=2)"), Labels{"a"});
    m_reading.run("import sqlalchemy as sa\n"
                  "from sqlalchemy.dialects import postgresql\n"
                  "class D(sa.types.TypeDecorator):\n"
                  "    impl = sa.Enum('a', name='e')\n"
                  "class L(sa.types.TypeDecorator):\n"
                  "    impl = sa.String\n"
                  "    def load_dialect_impl(self, dialect):\n"
                  "        return postgresql.ENUM('a', name='e')\n"
                  "def impl():\n    return D()\n"
                  "def loaded():\n    return L()\n");
    QCOMPARE(m_reading.type("impl")->nativeEnum()->labels.value(), Labels{"a"});
    // SQLAlchemy makes a type with the table only where the impl itself is one.
    QVERIFY(!m_reading.type("loaded")->nativeEnum());
    QCOMPARE(m_reading.ddlOf("loaded"), std::string("e"));
}

void EnumTypeTest::anotherDialectsVariantKeepsTheEnum()
{
    QCOMPARE(labels("sa.Enum('a', name='e').with_variant(sa.String(5), 'sqlite')"), Labels{"a"});
    QVERIFY(!read("sa.Enum('a', name='e').with_variant(sa.String(5), 'postgresql')")->nativeEnum());
}

void EnumTypeTest::inheritSchemaFollowsTheTable()
{
    TypeObject* type = read("sa.ARRAY(sa.Enum('a', name='e', inherit_schema=True))");
    type->attachTo("app");
    QCOMPARE(type->ddl()->value(), std::string("app.e[]"));
    TypeObject* fixed = read("sa.Enum('a', name='e')");
    fixed->attachTo("app");
    QCOMPARE(fixed->ddl()->value(), std::string("e"));
}

void EnumTypeTest::createTypeCanBeSwitchedOffLater()
{
    m_reading.run(std::string(head) + "import unheard\ndef made():\n"
                                      "    kind = postgresql.ENUM(State)\n"
                                      "    kind.create_type = False\n"
                                      "    return kind\n"
                                      "def generic():\n"
                                      "    kind = sa.Enum(State)\n"
                                      "    kind.create_type = False\n"
                                      "    return kind\n");
    QVERIFY(!m_reading.type("made")->nativeEnum()->createType);
    QVERIFY(m_reading.type("generic")->nativeEnum()->createType);
}

void EnumTypeTest::aDomainKeepsItsParts()
{
    TypeObject* type = read("postgresql.DOMAIN('zip', sa.String(5), schema='s', not_null=True, "
                            "check=\"VALUE ~ 'x'\", constraint_name='c')");
    const auto domain = type->domain();
    QVERIFY(domain.has_value());
    QCOMPARE(domain->domain, (QualifiedName{.schema = "s", .name = "zip"}));
    QCOMPARE(domain->type.value(), std::string("VARCHAR(5)"));
    QVERIFY(domain->notNull);
    QCOMPARE(domain->constraints.front().name, std::string("c"));
    QCOMPARE(domain->constraints.front().expression.value(), std::string("VALUE ~ 'x'"));
    QVERIFY(!read("postgresql.DOMAIN('zip', sa.Text, create_type=False)")->domain());
    m_reading.ddl.sent.clear();
    read("postgresql.DOMAIN('zip', sa.Text).drop('bind')");
    QVERIFY(std::get<change::DropType>(m_reading.ddl.sent.front()).domain);
}

int enum_type_test(int argc, char** argv)
{
    EnumTypeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "enum_type_test.moc"
