// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_types/type_reading.h"

#include <QTest>

#include <string>

using namespace sightglass;

namespace {

constexpr const char* head = "import sqlalchemy as sa\n"
                             "from sqlalchemy.dialects import postgresql\n"
                             "from sqlalchemy.types import TypeDecorator, UserDefinedType\n";

} // namespace

class ApplicationTypeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void genericBasesAreTheirClasses();
    void aClassWithoutArgumentsIsMadeFirst();
    void loadDialectImplWinsOverImpl();
    void theImplOfADecoratorIsMadeWithItsArguments();
    void anUnknownBranchOfLoadDialectImplIsNotGuessed();
    void anUnknownBaseIsUnknownWithAHint();
    void ownMethodsWinOverAnUnknownBase();
    void theMapWinsOverTheClass();
    void aMappedClassThatIsNotThereIsThere();
    void compiledTypesAreWhatTheirFunctionWrites();
    void anotherDialectsCompileFunctionIsIgnored();
    void aTypeThatHoldsItselfEnds();
    void anExceptionOfTheConstructorIsRaised();
    void aClassThatIsNoTypeIsUnknown();
    void integerDecoratorsCountForSerial();
    void serialFollowsTheVariant();
    void typesOfAnotherModuleAreFound();
    void literalsFollowTheirType();

private:
    std::string ddlOf(const std::string& text, TypeMap map = {})
    {
        TypeReading reading(std::move(map));
        reading.run(std::string(head) + text);
        return reading.ddlOf("made");
    }

    std::string familyOf(const std::string& expression)
    {
        TypeReading reading;
        reading.run(std::string(head) +
                    "class Small(TypeDecorator):\n    impl = sa.SmallInteger\n"
                    "def made():\n    return " +
                    expression + "\n");
        TypeObject* type = reading.type("made");
        return type == nullptr ? "?" : std::string(type->numericFamily());
    }
};

void ApplicationTypeTest::genericBasesAreTheirClasses()
{
    QCOMPARE(
        ddlOf("class A(TypeDecorator[str]):\n    impl = sa.Text\ndef made():\n    return A()\n"),
        std::string("TEXT"));
}

void ApplicationTypeTest::aClassWithoutArgumentsIsMadeFirst()
{
    QCOMPARE(ddlOf("class A(TypeDecorator):\n"
                   "    impl = sa.String\n"
                   "    def __init__(self):\n"
                   "        super().__init__(length=17)\n"
                   "made = lambda: A\n"),
             std::string("VARCHAR(17)"));
}

void ApplicationTypeTest::loadDialectImplWinsOverImpl()
{
    QCOMPARE(ddlOf("class A(TypeDecorator):\n"
                   "    impl = sa.CHAR\n"
                   "    def load_dialect_impl(self, dialect):\n"
                   "        if dialect.name in ('postgresql', 'cockroachdb'):\n"
                   "            return dialect.type_descriptor(postgresql.UUID())\n"
                   "        return dialect.type_descriptor(sa.CHAR(32))\n"
                   "def made():\n    return A()\n"),
             std::string("UUID"));
}

void ApplicationTypeTest::theImplOfADecoratorIsMadeWithItsArguments()
{
    QCOMPARE(ddlOf("class A(TypeDecorator):\n"
                   "    impl = sa.String\n"
                   "    def load_dialect_impl(self, dialect):\n"
                   "        return dialect.type_descriptor(sa.String(length=self.impl.length))\n"
                   "def made():\n    return A(length=30)\n"),
             std::string("VARCHAR(30)"));
}

void ApplicationTypeTest::anUnknownBranchOfLoadDialectImplIsNotGuessed()
{
    const std::string text = ddlOf("import settings\n"
                                   "class A(TypeDecorator):\n"
                                   "    impl = sa.CHAR\n"
                                   "    def load_dialect_impl(self, dialect):\n"
                                   "        if settings.X:\n"
                                   "            return postgresql.UUID()\n"
                                   "        return sa.CHAR(32)\n"
                                   "def made():\n    return A()\n");
    QVERIFY2(text.starts_with("? "), text.c_str());
}

void ApplicationTypeTest::anUnknownBaseIsUnknownWithAHint()
{
    const std::string text = ddlOf("from absent.library import Base\n"
                                   "class Odd(Base):\n    pass\n"
                                   "def made():\n    return Odd()\n");
    QVERIFY2(text.starts_with("? "), text.c_str());
    QVERIFY2(text.find("Odd") != std::string::npos &&
                 text.find("sightglass.toml") != std::string::npos,
             text.c_str());
}

void ApplicationTypeTest::ownMethodsWinOverAnUnknownBase()
{
    QCOMPARE(ddlOf("from absent.library import Base\n"
                   "class A(Base):\n"
                   "    def load_dialect_impl(self, dialect):\n"
                   "        return postgresql.CIDR()\n"
                   "def made():\n    return A\n"),
             std::string("CIDR"));
}

void ApplicationTypeTest::theMapWinsOverTheClass()
{
    const std::string text =
        "class A(TypeDecorator):\n    impl = sa.Text\ndef made():\n    return A()\n";
    QCOMPARE(ddlOf(text, {{"A", "ltree"}}), std::string("ltree"));
    QCOMPARE(ddlOf(text, {{"text0.A", "money"}}), std::string("money"));
    QCOMPARE(ddlOf(text, {{"other.A", "money"}}), std::string("TEXT"));
}

void ApplicationTypeTest::aMappedClassThatIsNotThereIsThere()
{
    const std::string text = "import absent.types\n"
                             "def made():\n    return absent.types.GUID(as_uuid=True)\n";
    QCOMPARE(ddlOf(text, {{"absent.types.GUID", "uuid"}}), std::string("uuid"));
    QVERIFY(ddlOf(text).starts_with("? "));
}

void ApplicationTypeTest::compiledTypesAreWhatTheirFunctionWrites()
{
    const std::string text = "from sqlalchemy.ext.compiler import compiles\n"
                             "class Word(sa.String):\n    pass\n"
                             "@compiles(Word, 'postgresql')\n"
                             "def write(element, compiler, **kw):\n    return 'CITEXT'\n"
                             "def made():\n    return Word(3)\n";
    QCOMPARE(ddlOf(text), std::string("CITEXT"));
    const std::string asks = "from sqlalchemy.ext.compiler import compiles\n"
                             "class Word(sa.String):\n    pass\n"
                             "@compiles(Word)\n"
                             "def write(element, compiler, **kw):\n"
                             "    return compiler.visit_string(element, **kw)\n"
                             "def made():\n    return Word(3)\n";
    QVERIFY(ddlOf(asks).starts_with("? "));
}

void ApplicationTypeTest::anotherDialectsCompileFunctionIsIgnored()
{
    QCOMPARE(ddlOf("from sqlalchemy.ext.compiler import compiles\n"
                   "class Word(sa.String):\n    pass\n"
                   "@compiles(Word, 'sqlite')\n"
                   "def write(element, compiler, **kw):\n    return 'BLOB'\n"
                   "def made():\n    return Word(3)\n"),
             std::string("VARCHAR(3)"));
}

void ApplicationTypeTest::aTypeThatHoldsItselfEnds()
{
    const std::string text = ddlOf("class A(TypeDecorator):\n    pass\n"
                                   "A.impl = A\n"
                                   "def made():\n    return A()\n");
    QVERIFY2(text.starts_with("? ") || text.starts_with("!"), text.c_str());
    const std::string loaded = ddlOf("class A(TypeDecorator):\n"
                                     "    impl = sa.Text\n"
                                     "    def load_dialect_impl(self, dialect):\n"
                                     "        return A()\n"
                                     "def made():\n    return A()\n");
    QVERIFY2(loaded.starts_with("? ") || loaded.starts_with("!"), loaded.c_str());
}

void ApplicationTypeTest::anExceptionOfTheConstructorIsRaised()
{
    QCOMPARE(ddlOf("class A(TypeDecorator):\n"
                   "    impl = sa.Text\n"
                   "    def __init__(self):\n"
                   "        raise ValueError('no')\n"
                   "def made():\n    return A\n"),
             std::string("!ValueError"));
    QCOMPARE(ddlOf("class A(TypeDecorator):\n    pass\ndef made():\n    return A()\n"),
             std::string("!AssertionError"));
}

void ApplicationTypeTest::aClassThatIsNoTypeIsUnknown()
{
    const std::string text = ddlOf("class A:\n    pass\ndef made():\n    return A()\n");
    QVERIFY2(text.starts_with("? A "), text.c_str());
    QVERIFY(ddlOf("def made():\n    return 'text'\n").starts_with("? "));
    QVERIFY(ddlOf("def made():\n    return [sa.Text]\n").starts_with("? "));
}

void ApplicationTypeTest::integerDecoratorsCountForSerial()
{
    QCOMPARE(familyOf("sa.Integer"), std::string("INTEGER"));
    QCOMPARE(familyOf("postgresql.BIGINT()"), std::string("BIGINT"));
    QCOMPARE(familyOf("sa.Numeric(10, 2)"), std::string("NUMERIC"));
    QCOMPARE(familyOf("sa.Float"), std::string("NUMERIC"));
    QCOMPARE(familyOf("Small()"), std::string("SMALLINT"));
    QCOMPARE(familyOf("sa.String"), std::string());
    QCOMPARE(familyOf("sa.ARRAY(sa.Integer)"), std::string());
}

void ApplicationTypeTest::serialFollowsTheVariant()
{
    QCOMPARE(familyOf("sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"),
             std::string("BIGINT"));
    QCOMPARE(familyOf("sa.Integer().with_variant(sa.BigInteger(), 'postgresql')"),
             std::string("BIGINT"));
    QCOMPARE(familyOf("sa.BigInteger().with_variant(sa.Integer(), 'postgresql')"),
             std::string("INTEGER"));
    QCOMPARE(familyOf("sa.String().with_variant(sa.Integer(), 'postgresql')"), std::string());
}

void ApplicationTypeTest::typesOfAnotherModuleAreFound()
{
    TypeReading reading;
    reading.modules.add("app", "");
    reading.modules.add(
        "app.types",
        "from sqlalchemy import types\n"
        "from sqlalchemy.dialects.postgresql import JSONB\n"
        "class Doc(types.TypeDecorator):\n"
        "    impl = types.JSON\n"
        "    def load_dialect_impl(self, dialect):\n"
        "        if dialect.name == 'postgresql':\n"
        "            return dialect.type_descriptor(JSONB(astext_type=types.Text()))\n"
        "        return super().load_dialect_impl(dialect)\n");
    reading.run("import sqlalchemy as sa\nimport app.types\n"
                "def made():\n    return app.types.Doc(none_as_null=True)\n"
                "def gone():\n    return app.types.Nothing()\n");
    QCOMPARE(reading.ddlOf("made"), std::string("JSONB"));
    const std::string gone = reading.ddlOf("gone");
    QVERIFY2(gone.starts_with("? ") || gone == "!AttributeError", gone.c_str());
}

void ApplicationTypeTest::literalsFollowTheirType()
{
    TypeReading reading;
    reading.run(std::string(head) + "import enum\n"
                                    "class State(enum.Enum):\n    new = 'n'\n"
                                    "def json():\n    return sa.JSON()\n"
                                    "def data():\n    return {'a': [1, None, True, 'ä\"']}\n"
                                    "def kind():\n    return sa.Enum(State)\n"
                                    "def member():\n    return State.new\n"
                                    "def array():\n    return sa.ARRAY(sa.Text)\n"
                                    "def words():\n    return ['a', \"it's\"]\n");
    const auto literal = [&](const char* type, const char* value) {
        const auto text = reading.type(type)->literal(reading.interpreter(), *reading.call(value));
        return text && text->isKnown() ? text->value() : std::string("?");
    };
    QCOMPARE(literal("json", "data"), std::string("'{\"a\": [1, null, true, \"\\u00e4\\\"\"]}'"));
    QCOMPARE(literal("kind", "member"), std::string("'new'"));
    QCOMPARE(literal("array", "words"), std::string("ARRAY['a', 'it''s']"));
}

int application_type_test(int argc, char** argv)
{
    ApplicationTypeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "application_type_test.moc"
