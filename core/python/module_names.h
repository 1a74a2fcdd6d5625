// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/literal.h"
#include "core/python/syntax_tree.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A name of another module that is looked up only when somebody asks for the value.
struct ImportedName
{
    std::string module; ///< dotted, without the dots of a relative import
    int level = 0;      ///< dots of a relative import
    std::string name;
};

/// What a name stands for at some point of the program, and the statement that said so last.
struct Binding
{
    Literal value;   ///< Unknown while `imported` holds
    TextRange range; ///< of the statement; line 0 when it came in by `import *`
    std::optional<ImportedName> imported = std::nullopt;
};

using Names = std::map<std::string, Binding, std::less<>>;

/// What evaluation asks others about; every member may be empty.
struct EvaluationHooks
{
    /// `attribute` of the module `dotted` ("" = the module itself); empty when the module can't be
    /// found without running anything. `level` counts the dots of a relative import.
    std::function<std::optional<Literal>(
        std::string_view dotted, int level, std::string_view attribute)>
        import;
    /// All public names of a module, for `import *`; empty when it can't be found.
    std::function<std::optional<Names>(std::string_view dotted, int level)> importAll;
    /// The value of a call by its dotted name ("config.get_main_option") and positional arguments.
    std::function<std::optional<Literal>(std::string_view name,
                                         const std::vector<Literal>& arguments)>
        call;
    /// Told of each call in a statement that is reached, with the names bound there.
    std::function<void(SyntaxNode call, const Names& names)> onCall;
};

/// The value behind a binding; follows an import.
Literal valueOf(const Binding& binding, const EvaluationHooks& hooks = {});

/// The value of an expression where `names` hold. Nothing runs: what can't be known is Unknown with
/// its reason and line.
///
/// shape   numbers, texts, tuples, lists, sets, dictionaries, names, attributes of modules,
///         f-strings, + % * comparisons, and/or/not, conditional expressions, subscripts, .format,
///         .join and a few pure methods of text
/// cost    linear in the expression; nesting deeper than 200 is Unknown, as Python refuses it too
Literal evaluate(SyntaxNode expression, const Names& names, const EvaluationHooks& hooks = {});

/// What a module's names stand for after its statements ran once from top to bottom.
struct ModuleNames
{
    Names names;
    std::vector<std::string> openings; ///< why a name that is not in `names` may be bound after all
    TextRange raises; ///< a `raise` that is reached for certain; line 0 when there is none

    const Binding* find(std::string_view name) const;
};

/// Follows the statements of a module or block. A condition that can't be decided is followed both
/// ways; where they differ the name is Unknown. Functions are not entered; classes are objects.
///
/// given   names that hold at the start (a function's module, its parameters)
/// errors  none: error nodes are stepped over
ModuleNames followStatements(SyntaxNode block, Names given = {}, const EvaluationHooks& hooks = {});

/// The module's docstring: value of the first statement if it is a plain string. Its range is the
/// string's. Null literal (None) when there is none.
Literal docstringOf(SyntaxNode module);

} // namespace sightglass
