// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_spec.h"

#include <string>
#include <vector>

namespace sightglass::ddl {

namespace {

const std::vector<std::string> compileErrorBases = {"SQLAlchemyError", "Exception"};

SqlText unknown(const Known<std::string>& part)
{
    return Unknown{part.reason()};
}

std::string inParentheses(const std::string& text)
{
    return text.empty() ? std::string() : "(" + text + ")";
}

} // namespace

DdlText word(const TypeSpec& spec, const TypeParameters&)
{
    return SqlText(std::string(spec.sql));
}

DdlText sized(const TypeSpec& spec, const TypeParameters& parameters)
{
    // Vector types call the same thing a dimension.
    const bool dimension = spec.parameters.starts_with("dim");
    const Known<std::string> length = parameters.size(dimension ? "dim" : "length");
    if (!length.isKnown())
        return unknown(length);
    return SqlText(std::string(spec.sql) + inParentheses(length.value()));
}

DdlText decimal(const TypeSpec& spec, const TypeParameters& parameters)
{
    const Known<std::string> precision = parameters.text("precision");
    const Known<std::string> scale = parameters.text("scale");
    if (!precision.isKnown())
        return unknown(precision);
    if (precision.value().empty())
        return SqlText(std::string(spec.sql));
    if (!scale.isKnown())
        return unknown(scale);
    const std::string comma = scale.value().empty() ? std::string() : ", " + scale.value();
    return SqlText(std::string(spec.sql) + "(" + precision.value() + comma + ")");
}

DdlText floating(const TypeSpec& spec, const TypeParameters& parameters)
{
    const Known<std::string> precision = parameters.text("precision");
    if (!precision.isKnown())
        return unknown(precision);
    if (precision.value() == "0")
        return SqlText(std::string(spec.sql));
    return SqlText(std::string(spec.sql) + inParentheses(precision.value()));
}

DdlText zoned(const TypeSpec& spec, const TypeParameters& parameters)
{
    const Known<std::string> precision = parameters.number("precision");
    const Known<bool> zone = parameters.flag("timezone", false);
    if (!precision.isKnown())
        return unknown(precision);
    if (!zone.isKnown())
        return SqlText(Unknown{zone.reason()});
    return SqlText(std::string(spec.sql) + inParentheses(precision.value()) +
                   (zone.value() ? " WITH TIME ZONE" : " WITHOUT TIME ZONE"));
}

DdlText interval(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<bool> native = parameters.flag("native", true);
    if (!native.isKnown())
        return SqlText(Unknown{native.reason()});
    if (!native.value())
        return SqlText("TIMESTAMP WITHOUT TIME ZONE");
    const Known<std::string> precision = parameters.number("second_precision");
    if (!precision.isKnown())
        return unknown(precision);
    const std::string& seconds = precision.value();
    return SqlText(seconds.empty() ? "INTERVAL" : "INTERVAL (" + seconds + ")");
}

DdlText fields(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<std::string> between = parameters.text("fields");
    const Known<std::string> precision = parameters.number("precision");
    if (!between.isKnown())
        return unknown(between);
    if (!precision.isKnown())
        return unknown(precision);
    std::string text = "INTERVAL";
    if (!between.value().empty())
        text += " " + between.value();
    if (!precision.value().empty())
        text += " (" + precision.value() + ")";
    return SqlText(std::move(text));
}

DdlText bits(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<bool> varying = parameters.flag("varying", false);
    if (!varying.isKnown())
        return SqlText(Unknown{varying.reason()});
    const Known<std::string> length =
        varying.value() ? parameters.number("length") : parameters.size("length");
    if (!length.isKnown())
        return unknown(length);
    if (varying.value())
        return SqlText("BIT VARYING" + inParentheses(length.value()));
    return SqlText("BIT" + inParentheses(length.value().empty() ? "1" : length.value()));
}

DdlText uuid(const TypeSpec&, const TypeParameters& parameters)
{
    const Known<bool> native = parameters.flag("native_uuid", true);
    if (!native.isKnown())
        return SqlText(Unknown{native.reason()});
    return SqlText(native.value() ? "UUID" : "CHAR(32)");
}

DdlText null(const TypeSpec&, const TypeParameters&)
{
    return raising("CompileError",
                   "Can't generate DDL for NullType(); did you forget to specify a type on this "
                   "Column?",
                   compileErrorBases);
}

DdlText foreign(const TypeSpec& spec, const TypeParameters&)
{
    return raising("UnsupportedCompilationError",
                   "Compiler PGTypeCompiler can't render element of type " + std::string(spec.name),
                   {"CompileError", "SQLAlchemyError", "Exception"});
}

DdlText incomplete(const TypeSpec& spec, const TypeParameters&)
{
    return raising("AttributeError",
                   "'" + std::string(spec.name) + "' object has no attribute '" +
                       (spec.sql.empty() ? "_compiler_dispatch" : std::string(spec.sql)) + "'");
}

} // namespace sightglass::ddl
