// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/items.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// op.f("name"), conv("name"): text that no naming convention touches.
class FinalName final : public Object
{
public:
    explicit FinalName(std::string name)
        : m_name(std::move(name))
    {}

    std::string typeName() const override { return "conv"; }

    std::vector<std::string> classNames() const override;
    /// As str has them.
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;

    Known<bool> truth(Interpreter&) override { return !m_name.empty(); }

    Known<std::string> text(Interpreter&) override { return m_name; }

    const std::string& name() const { return m_name; }

private:
    std::string m_name;
};

/// An error of SQLAlchemy with its bases: "CompileError", "ArgumentError", "IdentifierError".
tl::unexpected<Raised> sqlalchemyError(std::string type, std::string message);
tl::unexpected<Raised> commandError(std::string message); ///< alembic.util.exc.CommandError

/// The text that a value stands for: str, op.f(), a member of an enum of strings. Absent: None, or
/// no argument. Unknown for anything else.
std::optional<Known<std::string>> givenText(const Value* value);

/// A name argument of a constraint or an index.
GivenName givenName(const Value* value);

/// A dictionary given as naming_convention. An Unknown value leaves every kind Unknown.
NamingConvention conventionFrom(Interpreter& interpreter, const Value& value);

/// A name that SQLAlchemy may shorten: 55 characters and four digits of its MD5 when it is longer
/// than 63.
std::string shortenedName(std::string name);

} // namespace sightglass
