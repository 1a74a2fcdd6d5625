// SPDX-License-Identifier: GPL-3.0-or-later
// What the comparison with a server can't show: what stays Unknown and why, scopes, bad input.
#include "core/sql/canonical_index.h"
#include "core/sql/expression.h"

#include <QTest>

#include <memory>

using namespace sightglass;

namespace {

std::string shown(const Outcome<Known<std::string>, Refusal>& type)
{
    return !type             ? type.error().state + " " + type.error().message
           : type->isKnown() ? type->value()
                             : "? " + type->reason();
}

std::string shown(const Outcome<Known<CanonicalExpression>, Refusal>& expression)
{
    return !expression             ? expression.error().state + " " + expression.error().message
           : expression->isKnown() ? expression->value().text
                                   : "? " + expression->reason();
}

} // namespace

class CanonicalTest : public QObject
{
    Q_OBJECT

private:
    Schema m_schema;
    Table m_table;
    std::vector<std::string> m_path = {"app", "public"};

    SqlScope scope() const { return {.schema = m_schema, .searchPath = m_path, .table = &m_table}; }

    std::string type(std::string_view text) const { return shown(canonicalType(text, scope())); }

    std::string check(std::string_view text) const
    {
        return shown(canonicalExpression(text, ExpressionUse::Check, scope()));
    }

    std::string byDefault(std::string_view text, std::string_view columnType) const
    {
        return shown(canonicalExpression(text, ExpressionUse::Default, scope(), columnType, "x"));
    }

    void addExtension(const std::string& name, const std::string& place = "public")
    {
        m_schema.extensions[name] = {.name = name, .schema = place, .version = "1"};
    }

    void addEnum(const QualifiedName& name)
    {
        m_schema.enums[name] =
            std::make_shared<EnumType>(EnumType{.name = name, .labels = {"a", "b"}});
    }

private Q_SLOTS:

    void init()
    {
        m_schema = {};
        m_schema.namespaces = {"app", "public", "far"};
        m_table = {.name = {.schema = "public", .name = "item"},
                   .columns = {{.name = "id", .type = "integer"},
                               {.name = "name", .type = "character varying(20)"},
                               {.name = "place", .type = "geometry(Point,4326)"},
                               {.name = "unclear", .type = ""}}};
    }

    void typesAreFoundThroughTheSearchPath()
    {
        addEnum({.schema = "public", .name = "state"});
        QCOMPARE(type("state"), std::string("state"));
        addEnum({.schema = "app", .name = "state"});
        QCOMPARE(type("state[]"), std::string("state[]"));
        QCOMPARE(type("public.state"), std::string("public.state"));
        addEnum({.schema = "far", .name = "Kind"});
        QCOMPARE(type("\"Kind\""), std::string("42704 type \"Kind\" does not exist"));
        QCOMPARE(type("far.\"Kind\""), std::string("far.\"Kind\""));
        QCOMPARE(type("gone.kind"), std::string("3F000 schema \"gone\" does not exist"));
    }

    void typesOfExtensionsComeWithThem()
    {
        QCOMPARE(type("vector(3)"), std::string("42704 type \"vector\" does not exist"));
        addExtension("vector");
        QCOMPARE(type("VECTOR(3)"), std::string("vector(3)"));
        addExtension("postgis");
        QCOMPARE(type("geometry(POINT, 4326)"), std::string("geometry(Point,4326)"));
        QCOMPARE(type("geometry(GEOMETRY,-1)"), std::string("geometry"));
        QCOMPARE(type("geography(POLYGONZ)"), std::string("geography(PolygonZ,4326)"));
        QCOMPARE(type("citext"), std::string("? type citext may come from extension vector"));
        addExtension("citext", "far");
        QCOMPARE(type("far.citext"), std::string("far.citext"));
    }

    void otherTypesOfTheScopeAreKnownByName()
    {
        const std::set<QualifiedName> others = {{.schema = "public", .name = "address"}};
        SqlScope wider = scope();
        wider.otherTypes = &others;
        QCOMPARE(shown(canonicalType("address[]", wider)), std::string("address[]"));
    }

    void whatIsNoTypeIsRefused()
    {
        QVERIFY(type("int, 1").starts_with("42601"));
        QVERIFY(type("int; DROP TABLE x").starts_with("42601"));
        QVERIFY(type("").starts_with("42601"));
        QVERIFY(type("int AS x").starts_with("42601"));
        QVERIFY(type(std::string_view("int\0", 4)).starts_with("42601"));
        QVERIFY(type("int FROM t").starts_with("42601"));
    }

    void aFrozenMomentIsUnknown()
    {
        QVERIFY(byDefault("'now()'", "timestamp without time zone").starts_with("? "));
        QVERIFY(byDefault("'today'", "date").starts_with("? "));
        QCOMPARE(byDefault("now()", "timestamp without time zone"), std::string("now()"));
    }

    void aBareNullIsNoDefault()
    {
        QCOMPARE(byDefault("NULL", "integer"), std::string());
        QCOMPARE(byDefault("NULL", "character varying(5)"), std::string("NULL::character varying"));
    }

    void columnDefinitionsTakeNarrowerDefaults()
    {
        const auto refusal = refusedInColumnDefinition("now() AT TIME ZONE 'utc'");
        QVERIFY(refusal);
        QCOMPARE(refusal->message, std::string("syntax error at or near \"AT\""));
        QVERIFY(!refusedInColumnDefinition("(now() AT TIME ZONE 'utc')"));
        QVERIFY(!refusedInColumnDefinition("timezone('utc', now())"));
        QVERIFY(refusedInColumnDefinition("not true"));
    }

    void columnsOfUnclearTypeMakeTheSpellingUnknown()
    {
        QVERIFY(check("unclear > 0").starts_with("? "));
        QVERIFY(check("place = 'x'").starts_with("? "));
        QCOMPARE(check("unclear IS NULL"), std::string("(unclear IS NULL)"));
        addExtension("postgis");
        QVERIFY(check("st_isvalid(place)").starts_with("? "));
        QCOMPARE(check("place IS NOT NULL"), std::string("(place IS NOT NULL)"));
    }

    void functionsOfTheSchemaAreCalled()
    {
        QCOMPARE(check("fits(id, name)"),
                 std::string("42883 function fits(integer, character varying) does not exist"));
        const QualifiedName name{.schema = "far", .name = "fits"};
        m_schema.functions[{name, "integer, text"}] = std::make_shared<Function>(
            Function{.name = name, .arguments = "integer, text", .result = "boolean"});
        QCOMPARE(check("far.fits(id, name)"), std::string("far.fits(id, (name)::text)"));
    }

    void sequencesOutOfReachAreUnknown()
    {
        QVERIFY(byDefault("nextval('gone')", "bigint").starts_with("? "));
    }

    void columnsUsedAreTold()
    {
        const auto found =
            canonicalExpression("name <> '' AND id > 0", ExpressionUse::Check, scope());
        QCOMPARE(found->value().columns, (std::vector<std::string>{"name", "id"}));
    }

    void deepNestingIsNoCrash()
    {
        std::string deep = "true";
        for (int i = 0; i < 3000; ++i)
            deep = "(NOT " + deep + ")";
        const auto found = canonicalExpression(deep, ExpressionUse::Check, scope());
        QVERIFY(!found || !found->isKnown());
        std::string wide = "id = 0";
        for (int i = 1; i < 3000; ++i)
            wide += " OR id = " + std::to_string(i);
        QVERIFY(canonicalExpression(wide, ExpressionUse::Check, scope())->isKnown());
    }

    void domainsInACircleAreNoHang()
    {
        for (const auto& [name, base] : {std::pair("d1", "d2"), std::pair("d2", "d1")}) {
            const QualifiedName full{.schema = "public", .name = name};
            m_schema.domains[full] = std::make_shared<Domain>(Domain{.name = full, .type = base});
        }
        QVERIFY(!type("d1").empty());
    }

    void anIndexWithADoubtKeepsWhatWasWritten()
    {
        addExtension("postgis");
        const IndexDefinition definition{
            .name = "i",
            .table = m_table.name,
            .method = "gist",
            .elements = {{.column = "place"}, {.expression = SqlText("st_makevalid(place)")}}};
        const auto made = canonicalIndex(definition, m_table, scope());
        QVERIFY(made);
        QVERIFY(!made->doubt.empty());
        QCOMPARE(made->index.columns, (std::vector<std::string>{"place", "(st_makevalid(place))"}));
        QVERIFY(made->index.definition.empty());
    }

    void exclusionsAreSpelledWhole()
    {
        addExtension("btree_gist");
        m_table.columns.push_back({.name = "during", .type = "tstzrange"});
        const ConstraintDefinition constraint{
            .kind = ConstraintDefinition::Kind::Exclude,
            .method = "gist",
            .elements = {{.column = "id", .excludeOperator = "="},
                         {.column = "during", .excludeOperator = "&&"}},
            .predicate = SqlText("id > 0")};
        const auto made = canonicalExclusion(constraint, m_table, scope());
        QCOMPARE(shown(made),
                 std::string("EXCLUDE USING gist (id WITH =, during WITH &&) WHERE ((id > 0))"));
    }
};

int canonical_test(int argc, char** argv)
{
    CanonicalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canonical_test.moc"
