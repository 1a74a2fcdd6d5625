// SPDX-License-Identifier: GPL-3.0-or-later
// geoalchemy2's types, which bring an index with them.
#include "core/evaluation/interpreter.h"
#include "core/sqlalchemy/types_makers.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

std::string uppered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char each) {
        return each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
    });
    return text;
}

class SpatialType final : public NativeType
{
public:
    using NativeType::NativeType;

    DdlText ddl() const override
    {
        if (const Value* typmod = parameters().find("use_typmod");
            (typmod != nullptr && !typmod->isNone()) || oldManagement())
            return SqlText(Unknown{"AddGeometryColumn() of PostGIS makes this column"});
        const Known<std::string> named = parameters().text("name");
        if (!named.isKnown())
            return SqlText(Unknown{named.reason()});
        const std::string name = named.value().empty() ? typeWord() : named.value();
        if (typeName() == "Raster")
            return SqlText(name);
        return withModifiers(name);
    }

    std::optional<ImplicitIndex> implicitIndexOf() const override
    {
        const Known<bool> wanted = parameters().flag("spatial_index", true);
        const Known<bool> reflected = parameters().flag("_spatial_index_reflected", false);
        if ((wanted.isKnown() && !wanted.value()) || (reflected.isKnown() && reflected.value()))
            return std::nullopt;
        ImplicitIndex index;
        if (typeName() == "Raster")
            index.function = "ST_ConvexHull";
        const Known<bool> dimensions = parameters().flag("use_N_D_index", false);
        if (dimensions.isKnown() && dimensions.value())
            index.operatorClass = "gist_geometry_ops_nd";
        return index;
    }

private:
    std::string typeWord() const { return std::string(spec().sql); }

    bool oldManagement() const
    {
        const Known<bool> managed = parameters().flag("management", false);
        return !managed.isKnown() || managed.value();
    }

    DdlText withModifiers(const std::string& name) const
    {
        std::string kind = "GEOMETRY";
        if (const Value* given = parameters().find("geometry_type")) {
            if (given->isNone())
                return SqlText(name);
            const Known<std::string> text = parameters().text("geometry_type");
            if (!text.isKnown())
                return SqlText(Unknown{text.reason()});
            kind = uppered(text.value());
        }
        const Known<std::string> srid = parameters().text("srid");
        if (!srid.isKnown())
            return SqlText(Unknown{srid.reason()});
        return SqlText(name + "(" + kind + "," + (srid.value().empty() ? "-1" : srid.value()) +
                       ")");
    }
};

} // namespace

Evaluated makeGeometry(Interpreter& interpreter,
                       const TypeSpec& spec,
                       TypeParameters parameters,
                       const Arguments&)
{
    return Value(interpreter.make<SpatialType>(spec, std::move(parameters)));
}

} // namespace sightglass
