// SPDX-License-Identifier: GPL-3.0-or-later
// Types of other packages. A new one is one row: its class, its bases, the parameters of its
// constructor in order ("**" lets any keyword pass), how its DDL is written, the word of it.
#include "core/sqlalchemy/types_makers.h"
#include "core/sqlalchemy/types_spec.h"

#include <array>

namespace sightglass {

namespace {

constexpr std::string_view decorator = "TypeDecorator TypeEngine";
constexpr std::string_view userDefined = "UserDefinedType TypeEngine";
constexpr std::string_view spatial = "geometry_type srid dimension spatial_index use_N_D_index "
                                     "use_typmod from_text name nullable **";

/// sqlalchemy_utils.UUIDType(binary=True, native=True).
DdlText utilsUuid(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<bool> native = parameters.flag("native", true);
    const Known<bool> binary = parameters.flag("binary", true);
    if (!native.isKnown())
        return SqlText(Unknown{native.reason()});
    if (native.value())
        return SqlText("UUID");
    if (!binary.isKnown())
        return SqlText(Unknown{binary.reason()});
    return SqlText(binary.value() ? "BINARY(16)" : "CHAR(32)");
}

/// VARCHAR whose length has another name or a default: the word is "VARCHAR" and the default.
DdlText textUpTo(const TypeSpec& spec, const TypeParameters& parameters)
{
    const std::string_view name =
        parameters.find("max_length") != nullptr ? "max_length" : "length";
    const Known<std::string> length = parameters.size(name);
    if (!length.isKnown())
        return SqlText(Unknown{length.reason()});
    if (length.value().empty() && parameters.find(name) == nullptr)
        return SqlText("VARCHAR(" + std::string(spec.sql) + ")");
    return SqlText(length.value().empty() ? "VARCHAR" : "VARCHAR(" + length.value() + ")");
}

/// citext and the like, whose name is a parameter.
DdlText byName(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<std::string> name = parameters.text("name");
    return SqlText(name.isKnown() ? SqlText(name.value()) : SqlText(Unknown{name.reason()}));
}

DdlText jsonField(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<bool> asText = parameters.flag("enforce_string", false);
    if (!asText.isKnown())
        return SqlText(Unknown{asText.reason()});
    return SqlText(asText.value() ? "TEXT" : "JSON");
}

constexpr std::array sqlmodel{
    TypeSpec{"AutoString", decorator, "length collation **", ddl::sized, "VARCHAR"},
    TypeSpec{"GUID", decorator, "* **", ddl::word, "UUID"},
};

constexpr std::array sqlalchemyUtils{
    TypeSpec{"ArrowType",
             "EnrichedDateTimeType TypeDecorator TypeEngine",
             "* timezone **",
             ddl::zoned,
             "TIMESTAMP"},
    TypeSpec{"BitType", decorator, "length **", ddl::bits, "BIT"},
    TypeSpec{"ChoiceType", decorator, "choices impl", ddl::word, "VARCHAR(255)", nullptr, "impl"},
    TypeSpec{"ColorType", decorator, "max_length * **", textUpTo, "20"},
    TypeSpec{"CompositeType", userDefined, "name columns quote **", byName, ""},
    TypeSpec{"CountryType", decorator, "* **", ddl::word, "VARCHAR(2)"},
    TypeSpec{"CurrencyType", decorator, "* **", ddl::word, "VARCHAR(3)"},
    TypeSpec{"DateRangeType", decorator, "* **", ddl::word, "DATERANGE"},
    TypeSpec{"DateTimeRangeType", decorator, "* **", ddl::word, "TSRANGE"},
    TypeSpec{"EmailType", decorator, "length * **", textUpTo, "255"},
    TypeSpec{"EncryptedType", decorator, "type_in key engine padding **", ddl::word, "BYTEA"},
    TypeSpec{"EnrichedDateTimeType",
             decorator,
             "datetime_processor timezone * **",
             ddl::zoned,
             "TIMESTAMP"},
    TypeSpec{"EnrichedDateType", decorator, "* **", ddl::word, "DATE"},
    TypeSpec{"IPAddressType", decorator, "max_length * **", textUpTo, "50"},
    TypeSpec{"Int8RangeType", decorator, "* **", ddl::word, "INT8RANGE"},
    TypeSpec{"IntRangeType", decorator, "* **", ddl::word, "INT4RANGE"},
    TypeSpec{"JSONType", decorator, "* **", ddl::word, "JSON"},
    TypeSpec{"LQUERY", "TypeEngine", "", ddl::word, "LQUERY"},
    TypeSpec{"LTXTQUERY", "TypeEngine", "", ddl::word, "LTXTQUERY"},
    TypeSpec{"LocaleType", decorator, "* **", ddl::word, "VARCHAR(10)"},
    TypeSpec{"LtreeType", userDefined, "", ddl::word, "LTREE"},
    TypeSpec{"NumericRangeType", decorator, "* **", ddl::word, "NUMRANGE"},
    TypeSpec{"PasswordType", decorator, "max_length **", ddl::word, "BYTEA"},
    TypeSpec{"PhoneNumberType", decorator, "region max_length * **", textUpTo, "20"},
    TypeSpec{"ScalarListType", decorator, "* **", ddl::word, "TEXT"},
    TypeSpec{"StringEncryptedType",
             decorator,
             "type_in key engine padding length **",
             ddl::sized,
             "VARCHAR"},
    TypeSpec{"TSVectorType", decorator, "* **", ddl::word, "TSVECTOR"},
    TypeSpec{"TimezoneType", decorator, "* **", ddl::word, "VARCHAR(50)"},
    TypeSpec{"URLType", decorator, "* **", ddl::word, "TEXT"},
    TypeSpec{"UUIDType", decorator, "binary native", utilsUuid, "UUID"},
    TypeSpec{"WeekDaysType", decorator, "* **", ddl::word, "BIT(7)"},
};

constexpr std::array fastapiUsers{
    TypeSpec{"GUID", decorator, "* **", ddl::word, "UUID"},
    TypeSpec{"TIMESTAMPAware", decorator, "timezone **", ddl::zoned, "TIMESTAMP"},
};

constexpr std::array pgvector{
    TypeSpec{"BIT", decorator, "length **", ddl::bits, "BIT"},
    TypeSpec{"HALFVEC", userDefined, "dim", ddl::sized, "HALFVEC"},
    TypeSpec{"SPARSEVEC", userDefined, "dim", ddl::sized, "SPARSEVEC"},
    TypeSpec{"VECTOR", userDefined, "dim", ddl::sized, "VECTOR"},
};

constexpr std::array geoalchemy{
    TypeSpec{"Geography", userDefined, spatial, nullptr, "geography", makeGeometry},
    TypeSpec{"Geometry", userDefined, spatial, nullptr, "geometry", makeGeometry},
    TypeSpec{"Raster",
             userDefined,
             "spatial_index from_text name nullable **",
             nullptr,
             "raster",
             makeGeometry},
};

constexpr std::array advancedAlchemy{
    TypeSpec{"DateTimeUTC", decorator, "* **", ddl::word, "TIMESTAMP WITH TIME ZONE"},
    TypeSpec{"EncryptedString", decorator, "* **", ddl::word, "VARCHAR"},
    TypeSpec{"EncryptedText", decorator, "* **", ddl::word, "TEXT"},
    TypeSpec{"GUID", decorator, "* **", ddl::word, "UUID"},
    TypeSpec{"OneTimeCode", decorator, "backend length **", textUpTo, "255"},
    TypeSpec{"PasswordHash", decorator, "backend length **", textUpTo, "255"},
    TypeSpec{"StoredObject", decorator, "* **", ddl::word, "JSONB"},
    TypeSpec{"TOTPSecret", decorator, "* **", ddl::word, "VARCHAR"},
};

constexpr std::array utc{
    TypeSpec{"UtcDateTime", decorator, "* **", ddl::word, "TIMESTAMP WITH TIME ZONE"},
};

constexpr std::array citext{
    TypeSpec{"CIText", userDefined, "* **", ddl::word, "CITEXT"},
};

constexpr std::array searchable{
    TypeSpec{"TSVectorType", decorator, "* **", ddl::word, "TSVECTOR"},
};

constexpr std::array osloDb{
    TypeSpec{"JsonEncodedDict", decorator, "* **", ddl::word, "TEXT"},
    TypeSpec{"JsonEncodedList", decorator, "* **", ddl::word, "TEXT"},
    TypeSpec{"SoftDeleteInteger", "TypeDecorator TypeEngine Integer", "* **", ddl::word, "INTEGER"},
    TypeSpec{"String", "String TypeEngine", "length collation **", ddl::sized, "VARCHAR"},
};

constexpr std::array jsonFields{
    TypeSpec{"JSONField",
             decorator,
             "enforce_string enforce_unicode json json_type",
             jsonField,
             "JSON",
             nullptr,
             "json_type"},
};

constexpr std::array packages{
    TypePackage{"sqlmodel", sqlmodel, "", "sql sql.sqltypes"},
    TypePackage{"sqlalchemy_utils",
                sqlalchemyUtils,
                "Choice=ChoiceType",
                "types types.arrow types.bit types.choice types.color types.country "
                "types.currency types.email types.encrypted types.encrypted.encrypted_type "
                "types.enriched_datetime types.ip_address types.json types.locale types.ltree "
                "types.password types.pg_composite types.phone_number types.range "
                "types.scalar_list types.timezone types.ts_vector types.url types.uuid "
                "types.weekdays"},
    TypePackage{"fastapi_users_db_sqlalchemy", fastapiUsers, "", "generics guid"},
    TypePackage{"fastapi_users_db_sqlmodel", fastapiUsers, "", "generics guid"},
    TypePackage{"pgvector",
                pgvector,
                "Vector=VECTOR HalfVec=HALFVEC SparseVec=SPARSEVEC",
                "sqlalchemy sqlalchemy.vector sqlalchemy.halfvec sqlalchemy.sparsevec "
                "sqlalchemy.bit"},
    TypePackage{"geoalchemy2", geoalchemy, "", "types"},
    TypePackage{"advanced_alchemy",
                advancedAlchemy,
                "",
                "types types.datetime types.encrypted_string types.file_object types.guid "
                "types.identity types.json types.password_hash types.totp"},
    TypePackage{"sqlalchemy_utc", utc, "", "sqltypes"},
    TypePackage{"citext", citext, "", ""},
    TypePackage{"sqlalchemy_citext", citext, "", ""},
    TypePackage{"sqlalchemy_searchable", searchable, "", ""},
    TypePackage{"oslo_db", osloDb, "", "sqlalchemy sqlalchemy.types"},
    TypePackage{"sqlalchemy_jsonfield", jsonFields, "", "jsonfield"},
};

} // namespace

std::span<const TypePackage> thirdPartyPackages()
{
    return packages;
}

} // namespace sightglass
