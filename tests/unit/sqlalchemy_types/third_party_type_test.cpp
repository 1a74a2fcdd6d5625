// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_types/type_reading.h"

#include <QTest>

#include <string>

using namespace sightglass;

class ThirdPartyTypeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesOfOtherPackagesHaveTheirSql_data();
    void typesOfOtherPackagesHaveTheirSql();
    void spatialTypesBringAnIndex();
    void whatAPackageDoesNotHaveIsUnknown();
    void applicationTypesBuildOnThem();
};

void ThirdPartyTypeTest::typesOfOtherPackagesHaveTheirSql_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("ddl");
    const auto row = [](const char* module, const char* expression, const char* ddl) {
        QTest::newRow(expression) << module << expression << ddl;
    };
    row("sqlmodel", "sqlmodel.sql.sqltypes.AutoString()", "VARCHAR");
    row("sqlmodel", "sqlmodel.sql.sqltypes.AutoString(length=32)", "VARCHAR(32)");
    row("sqlmodel", "sqlmodel.AutoString(7)", "VARCHAR(7)");
    row("sqlmodel.sql.sqltypes", "sqlmodel.sql.sqltypes.GUID()", "UUID");
    row("sqlalchemy_utils", "sqlalchemy_utils.UUIDType(binary=False)", "UUID");
    row("sqlalchemy_utils", "sqlalchemy_utils.types.uuid.UUIDType()", "UUID");
    row("sqlalchemy_utils", "sqlalchemy_utils.UUIDType(native=False, binary=False)", "CHAR(32)");
    row("sqlalchemy_utils", "sqlalchemy_utils.types.ts_vector.TSVectorType()", "TSVECTOR");
    row("sqlalchemy_utils", "sqlalchemy_utils.TSVectorType('a', weights={'a': 'A'})", "TSVECTOR");
    row("sqlalchemy_utils", "sqlalchemy_utils.ArrowType()", "TIMESTAMP WITHOUT TIME ZONE");
    row("sqlalchemy_utils",
        "sqlalchemy_utils.ArrowType(timezone=True)",
        "TIMESTAMP WITH TIME ZONE");
    row("sqlalchemy_utils", "sqlalchemy_utils.EmailType()", "VARCHAR(255)");
    row("sqlalchemy_utils", "sqlalchemy_utils.EmailType(length=80)", "VARCHAR(80)");
    row("sqlalchemy_utils", "sqlalchemy_utils.ChoiceType([('a', 'A')])", "VARCHAR(255)");
    row("sqlalchemy_utils", "sqlalchemy_utils.ChoiceType([], impl=sa.Integer())", "INTEGER");
    row("sqlalchemy_utils", "sqlalchemy_utils.ChoiceType([], sa.String(3))", "VARCHAR(3)");
    row("sqlalchemy_utils", "sqlalchemy_utils.PasswordType(schemes=['x'])", "BYTEA");
    row("sqlalchemy_utils", "sqlalchemy_utils.PhoneNumberType()", "VARCHAR(20)");
    row("sqlalchemy_utils", "sqlalchemy_utils.IPAddressType()", "VARCHAR(50)");
    row("sqlalchemy_utils", "sqlalchemy_utils.JSONType()", "JSON");
    row("sqlalchemy_utils", "sqlalchemy_utils.URLType()", "TEXT");
    row("sqlalchemy_utils", "sqlalchemy_utils.LtreeType()", "LTREE");
    row("sqlalchemy_utils", "sqlalchemy_utils.EncryptedType(sa.String, 'key')", "BYTEA");
    row("sqlalchemy_utils", "sqlalchemy_utils.StringEncryptedType(length=9)", "VARCHAR(9)");
    row("fastapi_users_db_sqlalchemy.generics",
        "fastapi_users_db_sqlalchemy.generics.GUID()",
        "UUID");
    row("fastapi_users_db_sqlalchemy",
        "fastapi_users_db_sqlalchemy.generics.TIMESTAMPAware(timezone=True)",
        "TIMESTAMP WITH TIME ZONE");
    row("pgvector.sqlalchemy", "pgvector.sqlalchemy.Vector(3)", "VECTOR(3)");
    row("pgvector", "pgvector.sqlalchemy.vector.VECTOR(dim=1536)", "VECTOR(1536)");
    row("pgvector.sqlalchemy", "pgvector.sqlalchemy.HALFVEC()", "HALFVEC");
    row("pgvector.sqlalchemy", "pgvector.sqlalchemy.SPARSEVEC(9)", "SPARSEVEC(9)");
    row("pgvector.sqlalchemy", "pgvector.sqlalchemy.BIT(4)", "BIT(4)");
    row("geoalchemy2", "geoalchemy2.Geometry('point', srid=4326)", "geometry(POINT,4326)");
    row("geoalchemy2",
        "geoalchemy2.types.Geometry(geometry_type='POLYGON', srid=4326, dimension=2, "
        "from_text='ST_GeomFromEWKT', name='geometry', nullable=False)",
        "geometry(POLYGON,4326)");
    row("geoalchemy2", "geoalchemy2.Geography()", "geography(GEOMETRY,-1)");
    row("geoalchemy2", "geoalchemy2.Geometry(geometry_type=None)", "geometry");
    row("geoalchemy2", "geoalchemy2.Raster()", "raster");
    row("advanced_alchemy.types", "advanced_alchemy.types.GUID(length=16)", "UUID");
    row("advanced_alchemy.types",
        "advanced_alchemy.types.DateTimeUTC(timezone=True)",
        "TIMESTAMP WITH TIME ZONE");
    row("advanced_alchemy.types", "advanced_alchemy.types.JsonB", "JSONB");
    row("advanced_alchemy.types", "advanced_alchemy.types.BigIntIdentity", "BIGINT");
    row("sqlalchemy_utc", "sqlalchemy_utc.UtcDateTime()", "TIMESTAMP WITH TIME ZONE");
    row("citext", "citext.CIText()", "CITEXT");
    row("sqlalchemy_json", "sqlalchemy_json.MutableJson", "JSON");
    row("sqlalchemy_json",
        "sqlalchemy_json.mutable_json_type(dbtype=postgresql.JSONB, nested=True)",
        "JSONB");
    row("oslo_db.sqlalchemy.types", "oslo_db.sqlalchemy.types.JsonEncodedDict()", "TEXT");
    row("sqlalchemy_jsonfield", "sqlalchemy_jsonfield.JSONField(json=None)", "JSON");
    row("flask_sqlalchemy", "flask_sqlalchemy.SQLAlchemy().String(40)", "VARCHAR(40)");
    row("flask_sqlalchemy", "flask_sqlalchemy.SQLAlchemy(app).Integer", "INTEGER");
}

void ThirdPartyTypeTest::typesOfOtherPackagesHaveTheirSql()
{
    QFETCH(QString, module);
    QFETCH(QString, expression);
    QFETCH(QString, ddl);
    TypeReading reading;
    reading.run("import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\nimport " +
                module.toStdString() + "\napp = 'app'\ndef made():\n    return " +
                expression.toStdString() + "\n");
    QCOMPARE(QString::fromStdString(reading.ddlOf("made")), ddl);
}

void ThirdPartyTypeTest::spatialTypesBringAnIndex()
{
    TypeReading reading;
    reading.run("import geoalchemy2\n"
                "def indexed():\n    return geoalchemy2.Geometry('POINT')\n"
                "def plain():\n    return geoalchemy2.Geometry('POINT', spatial_index=False)\n"
                "def raster():\n    return geoalchemy2.Raster()\n"
                "def deep():\n    return geoalchemy2.Geometry('POINTZ', use_N_D_index=True)\n");
    QCOMPARE(reading.type("indexed")->implicitIndex(), std::string_view("gist"));
    QVERIFY(reading.type("plain")->implicitIndex().empty());
    QCOMPARE(reading.type("raster")->implicitIndexOf()->function, std::string("ST_ConvexHull"));
    QCOMPARE(reading.type("deep")->implicitIndexOf()->operatorClass,
             std::string("gist_geometry_ops_nd"));
}

void ThirdPartyTypeTest::whatAPackageDoesNotHaveIsUnknown()
{
    TypeReading reading;
    reading.run("import sqlalchemy_utils\n"
                "def made():\n    return sqlalchemy_utils.NewestType()\n");
    const std::string text = reading.ddlOf("made");
    QVERIFY2(text.starts_with("? ") && text.find("NewestType") != std::string::npos, text.c_str());
    QVERIFY(isTypeModule("sqlalchemy_utils.types.uuid"));
    QVERIFY(!isTypeModule("sqlalchemy_utils.functions"));
    QVERIFY(!isTypeModule("sqlalchemy"));
}

void ThirdPartyTypeTest::applicationTypesBuildOnThem()
{
    TypeReading reading;
    reading.run("import sqlalchemy as sa\n"
                "from sqlalchemy_utils import UUIDType\n"
                "class Key(sa.types.TypeDecorator):\n    impl = UUIDType\n"
                "class Own(UUIDType):\n    pass\n"
                "def key():\n    return Key(binary=False)\n"
                "def own():\n    return Own()\n");
    QCOMPARE(reading.ddlOf("key"), std::string("UUID"));
    QCOMPARE(reading.ddlOf("own"), std::string("UUID"));
}

int third_party_type_test(int argc, char** argv)
{
    ThirdPartyTypeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "third_party_type_test.moc"
