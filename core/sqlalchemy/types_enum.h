// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/types_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// sa.Enum and the dialects' ENUM.
class EnumTypeObject final : public TypeObject
{
public:
    explicit EnumTypeObject(const TypeSpec& spec);

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    DdlText ddl() const override;
    std::optional<NativeEnum> nativeEnum() const override;
    void attachTo(std::string_view tableSchema) override;
    std::optional<TypeCheck> check(std::string_view column) const override;
    std::optional<SqlText> literal(Interpreter& interpreter, const Value& value) const override;

    Known<std::string> name = std::string(); ///< empty: none
    Known<std::string> schema = std::string();
    Known<std::vector<std::string>> labels = std::vector<std::string>{};
    Known<bool> native = true;
    Known<bool> createConstraint = false;
    bool createType = true;
    std::optional<Unknown> createTypeUnknown; ///< why create_type is not known
    bool ofMetadata = false;
    bool inheritSchema = false;
    Known<std::string> metadataSchema = std::string(); ///< taken over from a table on
    bool byName = true;                        ///< of a Python enum class without values_callable
    Known<std::string> length = std::string(); ///< of a VARCHAR; empty: none
    Value enumClass;

private:
    Known<QualifiedName> qualifiedName() const;
    Evaluated create(Interpreter& interpreter, const Arguments& arguments) const;
    Evaluated drop(Interpreter& interpreter, const Arguments& arguments) const;
    bool ofPostgresql() const;

    const TypeSpec& m_spec;
};

} // namespace sightglass
