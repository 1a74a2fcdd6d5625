// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/name_journal.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What any expression can do to names besides having a value.
class ExpressionEffects
{
public:
    ExpressionEffects(NameJournal& names, const EvaluationHooks& hooks)
        : m_names(names)
        , m_hooks(hooks)
    {}

    /// Follows what the expressions in and under `node` do, except inside lambdas.
    void apply(SyntaxNode node);

    /// A call of `function` rebinds `name` from now on.
    void addGlobal(std::string_view function, std::string_view name);

private:
    void lendContainers(SyntaxNode statement);
    void called(SyntaxNode call, SyntaxNode statement);

    NameJournal& m_names;
    const EvaluationHooks& m_hooks;
    std::map<std::string, std::vector<std::string>, std::less<>>
        m_globals; ///< functions that rebind names
};

} // namespace sightglass
