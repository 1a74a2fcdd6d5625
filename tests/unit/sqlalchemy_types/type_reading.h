// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/sqlalchemy/items.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Files of a project, given as texts.
class TextModules final : public ModuleSource
{
public:
    void add(const std::string& dotted, std::string text);

    const SourceModule* find(std::string_view dotted) override;

    std::optional<std::string> readFile(const Path&) override { return std::nullopt; }

private:
    std::map<std::string, std::unique_ptr<SourceModule>, std::less<>> m_modules;
};

/// Keeps what create() and drop() of a type send.
class RecordedDdl final : public DdlRunner
{
public:
    std::optional<Raised>
    run(Interpreter&, std::vector<Change> changes, std::string directive, SourceSpan) override
    {
        for (Change& change : changes)
            sent.push_back(std::move(change));
        directives.push_back(std::move(directive));
        return std::nullopt;
    }

    std::vector<Change> sent;
    std::vector<std::string> directives;
};

/// Reads types out of Python text.
class TypeReading
{
public:
    explicit TypeReading(TypeMap map = {});

    TextModules modules;
    RecordedDdl ddl;

    /// Runs the text as a module; later calls of its functions find it.
    void run(const std::string& text);
    /// What a function without parameters gives.
    Evaluated call(std::string_view function);
    /// The type that the function gives; null when it raises, is Unknown or no type.
    TypeObject* type(std::string_view function);
    /// Its DDL with collation; "!CompileError" for an exception; "? reason" for Unknown.
    std::string ddlOf(std::string_view function);
    /// The same for one expression after `import sqlalchemy as sa` and the dialects.
    std::string ddlOfExpression(const std::string& expression);

    Interpreter& interpreter() { return *m_interpreter; }

private:
    TypeSettings m_settings;
    std::unique_ptr<Interpreter> m_interpreter;
    Value m_module;
    int m_runs = 0;
};

} // namespace sightglass
