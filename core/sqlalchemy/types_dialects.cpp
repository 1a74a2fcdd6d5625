// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_makers.h"
#include "core/sqlalchemy/types_spec.h"

#include <array>

namespace sightglass {

namespace {

// sqlalchemy.dialects.postgresql
constexpr std::array postgresqlTypes{
    TypeSpec{"ARRAY",
             "TypeEngine",
             "item_type as_tuple dimensions zero_indexes",
             nullptr,
             "ARRAY",
             makeArray},
    TypeSpec{"AbstractMultiRange", "AbstractRange TypeEngine", "", ddl::incomplete, ""},
    TypeSpec{"AbstractRange", "TypeEngine", "", ddl::incomplete, ""},
    TypeSpec{"AbstractSingleRange", "AbstractRange TypeEngine", "", ddl::incomplete, ""},
    TypeSpec{"BIT", "TypeEngine", "length varying", ddl::bits, "BIT(1)"},
    TypeSpec{"BYTEA", "LargeBinary TypeEngine", "length", ddl::word, "BYTEA"},
    TypeSpec{"CIDR", "TypeEngine", "", ddl::word, "CIDR"},
    TypeSpec{"CITEXT",
             "TEXT Text String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::word,
             "CITEXT"},
    TypeSpec{"DATEMULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "DATEMULTIRANGE"},
    TypeSpec{
        "DATERANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "DATERANGE"},
    TypeSpec{"DOMAIN",
             "NamedType TypeEngine",
             "name data_type =collation =default =constraint_name =not_null =check =create_type **",
             nullptr,
             "",
             makeDomain},
    TypeSpec{"ENUM", "NamedType Enum String TypeEngine", "* **", nullptr, "", makeEnum},
    TypeSpec{"HSTORE", "TypeEngine", "text_type", ddl::word, "HSTORE"},
    TypeSpec{"INET", "TypeEngine", "", ddl::word, "INET"},
    TypeSpec{"INT4MULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "INT4MULTIRANGE"},
    TypeSpec{
        "INT4RANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "INT4RANGE"},
    TypeSpec{"INT8MULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "INT8MULTIRANGE"},
    TypeSpec{
        "INT8RANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "INT8RANGE"},
    TypeSpec{"INTERVAL", "TypeEngine", "precision fields", ddl::fields, "INTERVAL"},
    TypeSpec{"JSON", "TypeEngine", "none_as_null astext_type", ddl::word, "JSON"},
    TypeSpec{"JSONB", "JSON TypeEngine", "none_as_null astext_type", ddl::word, "JSONB"},
    TypeSpec{"JSONPATH", "JSONPathType JSONElementType TypeEngine", "", ddl::word, "JSONPATH"},
    TypeSpec{"MACADDR", "TypeEngine", "", ddl::word, "MACADDR"},
    TypeSpec{"MACADDR8", "TypeEngine", "", ddl::word, "MACADDR8"},
    TypeSpec{"MONEY", "TypeEngine", "", ddl::word, "MONEY"},
    TypeSpec{"NUMMULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "NUMMULTIRANGE"},
    TypeSpec{"NUMRANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "NUMRANGE"},
    TypeSpec{"NamedType", "TypeEngine", "", ddl::incomplete, ""},
    TypeSpec{"OID", "TypeEngine", "", ddl::word, "OID"},
    TypeSpec{"REGCLASS", "TypeEngine", "", ddl::word, "REGCLASS"},
    TypeSpec{"REGCONFIG", "TypeEngine", "", ddl::word, "REGCONFIG"},
    TypeSpec{"TIME", "Time TypeEngine", "timezone precision", ddl::zoned, "TIME"},
    TypeSpec{"TIMESTAMP", "DateTime TypeEngine", "timezone precision", ddl::zoned, "TIMESTAMP"},
    TypeSpec{"TSMULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "TSMULTIRANGE"},
    TypeSpec{"TSQUERY", "TypeEngine", "", ddl::word, "TSQUERY"},
    TypeSpec{"TSRANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "TSRANGE"},
    TypeSpec{"TSTZMULTIRANGE",
             "AbstractMultiRange AbstractRange TypeEngine",
             "",
             ddl::word,
             "TSTZMULTIRANGE"},
    TypeSpec{
        "TSTZRANGE", "AbstractSingleRange AbstractRange TypeEngine", "", ddl::word, "TSTZRANGE"},
    TypeSpec{"TSVECTOR", "TypeEngine", "", ddl::word, "TSVECTOR"},
};

// sqlalchemy.dialects.mysql
constexpr std::array mysqlTypes{
    TypeSpec{"BIGINT", "BigInteger Integer TypeEngine", "display_width **", ddl::word, "BIGINT"},
    TypeSpec{"BIT", "TypeEngine", "length", ddl::incomplete, "varying"},
    TypeSpec{"CHAR", "String TypeEngine", "length **", ddl::sized, "CHAR"},
    TypeSpec{"DATETIME", "DateTime TypeEngine", "timezone fsp", ddl::word, "DATETIME"},
    TypeSpec{
        "DECIMAL", "Numeric TypeEngine", "precision scale asdecimal **", ddl::decimal, "DECIMAL"},
    TypeSpec{"DOUBLE",
             "Double Float Numeric TypeEngine",
             "precision scale asdecimal **",
             ddl::word,
             "DOUBLE"},
    TypeSpec{"ENUM", "Enum String TypeEngine", "* **", nullptr, "", makeEnum},
    TypeSpec{"FLOAT",
             "Float Numeric TypeEngine",
             "precision scale asdecimal **",
             ddl::floating,
             "FLOAT"},
    TypeSpec{"INET4", "TypeEngine", "", ddl::foreign, "INET4"},
    TypeSpec{"INET6", "TypeEngine", "", ddl::foreign, "INET6"},
    TypeSpec{"INTEGER", "Integer TypeEngine", "display_width **", ddl::word, "INTEGER"},
    TypeSpec{"JSON", "TypeEngine", "none_as_null", ddl::word, "JSON"},
    TypeSpec{"LONGBLOB", "TypeEngine", "length", ddl::foreign, "LONGBLOB"},
    TypeSpec{"LONGTEXT", "String TypeEngine", "**", ddl::foreign, "LONGTEXT"},
    TypeSpec{"MEDIUMBLOB", "TypeEngine", "length", ddl::foreign, "MEDIUMBLOB"},
    TypeSpec{"MEDIUMINT", "Integer TypeEngine", "display_width **", ddl::foreign, "MEDIUMINT"},
    TypeSpec{"MEDIUMTEXT", "String TypeEngine", "**", ddl::foreign, "MEDIUMTEXT"},
    TypeSpec{"NCHAR", "Unicode String TypeEngine", "length **", ddl::sized, "NCHAR"},
    TypeSpec{
        "NUMERIC", "Numeric TypeEngine", "precision scale asdecimal **", ddl::decimal, "NUMERIC"},
    TypeSpec{"NVARCHAR", "Unicode String TypeEngine", "length **", ddl::sized, "NVARCHAR"},
    TypeSpec{"REAL", "Float Numeric TypeEngine", "precision scale asdecimal **", ddl::word, "REAL"},
    TypeSpec{"SET", "String TypeEngine", "* **", ddl::foreign, "SET"},
    TypeSpec{
        "SMALLINT", "SmallInteger Integer TypeEngine", "display_width **", ddl::word, "SMALLINT"},
    TypeSpec{"TEXT", "Text String TypeEngine", "length **", ddl::sized, "TEXT"},
    TypeSpec{"TIME", "Time TypeEngine", "timezone fsp", ddl::zoned, "TIME"},
    TypeSpec{"TIMESTAMP", "DateTime TypeEngine", "timezone fsp", ddl::zoned, "TIMESTAMP"},
    TypeSpec{"TINYBLOB", "TypeEngine", "length", ddl::foreign, "TINYBLOB"},
    TypeSpec{"TINYINT", "Integer TypeEngine", "display_width **", ddl::foreign, "TINYINT"},
    TypeSpec{"TINYTEXT", "String TypeEngine", "**", ddl::foreign, "TINYTEXT"},
    TypeSpec{"VARCHAR", "String TypeEngine", "length **", ddl::sized, "VARCHAR"},
    TypeSpec{"YEAR", "TypeEngine", "display_width", ddl::foreign, "YEAR"},
};

// sqlalchemy.dialects.sqlite
constexpr std::array sqliteTypes{
    TypeSpec{"DATE", "Date TypeEngine", "storage_format regexp **", ddl::word, "DATE"},
    TypeSpec{"DATETIME", "DateTime TypeEngine", "* **", ddl::zoned, "TIMESTAMP"},
    TypeSpec{"JSON", "TypeEngine", "none_as_null", ddl::word, "JSON"},
    TypeSpec{"TIME", "Time TypeEngine", "* **", ddl::zoned, "TIME"},
};

// sqlalchemy.dialects.mssql
constexpr std::array mssqlTypes{
    TypeSpec{"BIT",
             "Boolean TypeEngine",
             "create_constraint name _create_events _adapted_from",
             ddl::incomplete,
             "varying"},
    TypeSpec{"DATETIME2", "DateTime TypeEngine", "precision **", ddl::foreign, "DATETIME2"},
    TypeSpec{
        "DATETIMEOFFSET", "DateTime TypeEngine", "precision **", ddl::foreign, "DATETIMEOFFSET"},
    TypeSpec{
        "DOUBLE_PRECISION", "Double Float Numeric TypeEngine", "**", ddl::word, "DOUBLE PRECISION"},
    TypeSpec{"IMAGE", "LargeBinary TypeEngine", "length", ddl::foreign, "IMAGE"},
    TypeSpec{"JSON", "TypeEngine", "none_as_null", ddl::word, "JSON"},
    TypeSpec{"MONEY", "TypeEngine", "", ddl::word, "MONEY"},
    TypeSpec{"NTEXT",
             "UnicodeText Text String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::foreign,
             "NTEXT"},
    TypeSpec{"REAL", "Float Numeric TypeEngine", "**", ddl::word, "REAL"},
    TypeSpec{"ROWVERSION", "TIMESTAMP TypeEngine", "convert_int", ddl::foreign, "ROWVERSION"},
    TypeSpec{"SMALLDATETIME", "DateTime TypeEngine", "timezone", ddl::foreign, "SMALLDATETIME"},
    TypeSpec{"SMALLMONEY", "TypeEngine", "", ddl::foreign, "SMALLMONEY"},
    TypeSpec{"SQL_VARIANT", "TypeEngine", "", ddl::foreign, "SQL_VARIANT"},
    TypeSpec{"TIME", "Time TypeEngine", "precision **", ddl::zoned, "TIME"},
    TypeSpec{"TIMESTAMP", "TypeEngine", "convert_int", ddl::incomplete, "timezone"},
    TypeSpec{"TINYINT", "Integer TypeEngine", "", ddl::foreign, "TINYINT"},
    TypeSpec{"UNIQUEIDENTIFIER", "Uuid TypeEngine", "as_uuid", ddl::foreign, "UNIQUEIDENTIFIER"},
    TypeSpec{"VARBINARY", "LargeBinary TypeEngine", "length filestream", ddl::sized, "VARBINARY"},
    TypeSpec{"XML",
             "Text String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::foreign,
             "XML"},
};

// sqlalchemy.dialects.oracle
constexpr std::array oracleTypes{
    TypeSpec{"BFILE", "LargeBinary TypeEngine", "length", ddl::foreign, "BFILE"},
    TypeSpec{"BINARY_DOUBLE",
             "Double Float Numeric TypeEngine",
             "precision asdecimal decimal_return_scale",
             ddl::foreign,
             "BINARY_DOUBLE"},
    TypeSpec{"BINARY_FLOAT",
             "Float Numeric TypeEngine",
             "precision asdecimal decimal_return_scale",
             ddl::foreign,
             "BINARY_FLOAT"},
    TypeSpec{"DATE", "DateTime TypeEngine", "timezone", ddl::word, "DATE"},
    TypeSpec{"FLOAT",
             "Float Numeric TypeEngine",
             "binary_precision asdecimal decimal_return_scale",
             ddl::floating,
             "FLOAT"},
    TypeSpec{"INTERVAL", "TypeEngine", "day_precision second_precision", ddl::incomplete, "fields"},
    TypeSpec{"LONG",
             "Text String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::foreign,
             "LONG"},
    TypeSpec{"NCLOB",
             "Text String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::word,
             "NCLOB"},
    TypeSpec{"NUMBER",
             "Numeric Integer TypeEngine",
             "precision scale asdecimal",
             ddl::foreign,
             "NUMBER"},
    TypeSpec{"RAW", "TypeEngine", "length", ddl::foreign, "RAW"},
    TypeSpec{"ROWID", "TypeEngine", "", ddl::foreign, "ROWID"},
    TypeSpec{
        "TIMESTAMP", "DateTime TypeEngine", "timezone local_timezone", ddl::zoned, "TIMESTAMP"},
    TypeSpec{"VARCHAR2",
             "VARCHAR String TypeEngine",
             "length collation convert_unicode unicode_error _warn_on_bytestring _expect_unicode",
             ddl::foreign,
             "VARCHAR2"},
    TypeSpec{"VECTOR", "TypeEngine", "dim storage_format storage_type", ddl::foreign, "VECTOR"},
};

constexpr std::array packages{
    TypePackage{.module = "sqlalchemy.dialects.postgresql",
                .types = postgresqlTypes,
                .aliases = "BIGINT BOOLEAN CHAR DATE DOUBLE_PRECISION FLOAT INTEGER NUMERIC REAL "
                           "SMALLINT TEXT UUID VARCHAR",
                .submodules = "*"},
    TypePackage{.module = "sqlalchemy.dialects.mysql",
                .types = mysqlTypes,
                .aliases = "BINARY BLOB BOOLEAN DATE VARBINARY",
                .submodules = "*"},
    TypePackage{.module = "sqlalchemy.dialects.mariadb",
                .types = mysqlTypes,
                .aliases = "BINARY BLOB BOOLEAN DATE VARBINARY",
                .submodules = "*"},
    TypePackage{
        .module = "sqlalchemy.dialects.sqlite",
        .types = sqliteTypes,
        .aliases =
            "BLOB BOOLEAN CHAR DECIMAL FLOAT INTEGER NUMERIC REAL SMALLINT TEXT TIMESTAMP VARCHAR",
        .submodules = "*"},
    TypePackage{.module = "sqlalchemy.dialects.mssql",
                .types = mssqlTypes,
                .aliases = "BIGINT BINARY CHAR DATE DATETIME DECIMAL FLOAT INTEGER NCHAR NUMERIC "
                           "NVARCHAR SMALLINT TEXT VARCHAR",
                .submodules = "*"},
    TypePackage{
        .module = "sqlalchemy.dialects.oracle",
        .types = oracleTypes,
        .aliases = "BLOB CHAR CLOB DOUBLE_PRECISION NCHAR NVARCHAR NVARCHAR2=NVARCHAR REAL VARCHAR",
        .submodules = "*"},
};

} // namespace

std::span<const TypePackage> dialectPackages()
{
    return packages;
}

} // namespace sightglass
