// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/emitter.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One parameter of a directive. Older files pass more by position and under older names.
struct DirectiveParameter
{
    enum class Role
    {
        Plain,
        Table,  ///< given by the block in batch mode
        Schema, ///< given by the block in batch mode
        Keyword ///< by keyword only
    };
    std::string_view name;
    Role role = Role::Plain;
    bool required = false;
    std::string_view older = {};
    std::string_view oldest = {};
};

/// The table of a batch block.
struct BatchTable
{
    Value name;
    Value schema;
};

/// What a directive's call does.
struct Lowered
{
    std::vector<Change> changes;
    Value value;                    ///< what the call returns
    std::vector<std::string> texts; ///< SQL of each change that can't be rendered from it
};

using LoweredOutcome = Outcome<Lowered, Raised>;

/// A directive's call with its arguments bound to parameters.
class DirectiveCall
{
public:
    /// errors  TypeError as Python raises it for a call that does not fit
    static Outcome<DirectiveCall, Raised> bind(Interpreter& interpreter,
                                               Emitter& emitter,
                                               std::string_view directive,
                                               std::span<const DirectiveParameter> parameters,
                                               const Arguments& arguments,
                                               const BatchTable* batch,
                                               bool takesMore = false);

    Interpreter& interpreter() const { return *m_interpreter; }

    Emitter& emitter() const { return *m_emitter; }

    const NamingConvention& convention() const { return m_emitter->convention(); }

    /// All arguments as they were given; `positionalRest` is where those begin that no parameter
    /// took.
    const Arguments& arguments() const { return m_arguments; }

    std::size_t positionalRest() const { return m_rest; }

    bool inBatch() const { return m_inBatch; }

    /// The argument; null when it is not given.
    const Value* given(std::string_view parameter) const;
    /// Given, and not None.
    const Value* some(std::string_view parameter) const;

    /// Text that is there, or the reason why it is not known.
    Known<std::string> text(std::string_view parameter) const;
    /// The names of table and schema.
    Known<QualifiedName> table(std::string_view nameParameter = "table_name",
                               std::string_view schemaParameter = "schema") const;
    /// A flag, false where it is not given; a reason goes to `unknown`.
    bool flag(std::string_view parameter, std::optional<Unknown>& unknown) const;

private:
    DirectiveCall(Interpreter& interpreter, Emitter& emitter, const Arguments& arguments)
        : m_interpreter(&interpreter)
        , m_emitter(&emitter)
        , m_arguments(arguments)
    {}

    Interpreter* m_interpreter;
    Emitter* m_emitter;
    Arguments m_arguments;
    std::map<std::string, Value, std::less<>> m_bound;
    std::size_t m_rest = 0;
    bool m_inBatch = false;
};

/// A directive that can't be read: what it would do and why that is not known.
Lowered opaqueLowering(std::string what, const std::string& reason, QualifiedName table = {});

/// One change.
Lowered lowered(Change change);
Lowered lowered(std::vector<Change> changes);

/// A directive of op.* that makes changes.
struct Directive
{
    std::string_view name;
    std::span<const DirectiveParameter> parameters;
    bool inBatch = false;   ///< is a method of batch objects too
    bool takesMore = false; ///< *args after the parameters
    LoweredOutcome (*lower)(const DirectiveCall&) = nullptr;
};

/// Null when there is none of that name.
const Directive* findDirective(std::string_view name);

/// Tables of directives, one for each of the files directive_*.cpp.
std::span<const Directive> tableDirectives();
std::span<const Directive> columnDirectives();
std::span<const Directive> constraintDirectives();
std::span<const Directive> indexDirectives();
std::span<const Directive> dataDirectives();
std::span<const Directive> entityDirectives();
std::span<const Directive> enumDirectives();

} // namespace sightglass
