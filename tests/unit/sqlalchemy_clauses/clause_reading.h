// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/sqlalchemy/clause.h"

#include <memory>
#include <string>
#include <string_view>

namespace sightglass {

/// One text of Python, run with the expression language of SQLAlchemy at hand.
class ClauseReading final : private ModuleSource
{
public:
    /// `imports` and functions; what the top level raises is in error().
    explicit ClauseReading(const std::string& text);

    const std::string& error() const { return m_error; }

    /// What a function without parameters gives, as a clause; null when it is none.
    Clause* clause(std::string_view function);
    /// Its SQL; "? reason" for Unknown, "!Type: message" for an exception.
    std::string textOf(std::string_view function);
    /// The value itself.
    Evaluated call(std::string_view function);

    Interpreter& interpreter() { return *m_interpreter; }

private:
    const SourceModule* find(std::string_view) override { return nullptr; }

    std::optional<std::string> readFile(const Path&) override { return std::nullopt; }

    std::unique_ptr<SourceModule> m_source;
    std::unique_ptr<Interpreter> m_interpreter;
    Value m_module;
    std::string m_error;
};

} // namespace sightglass
