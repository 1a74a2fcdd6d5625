// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/name_journal.h"

namespace sightglass {

/// Statements that bind a name to a value or change the value it has.
class Assignments
{
public:
    Assignments(NameJournal& names, const EvaluationHooks& hooks)
        : m_names(names)
        , m_hooks(hooks)
    {}

    /// `a = b = value`, annotated or not.
    void assignment(SyntaxNode node);
    /// Binds one target, which may be a pattern of several.
    void assign(SyntaxNode target, const Literal& result, SyntaxNode statement);
    /// `x += value` and its kin.
    void augmented(SyntaxNode node);
    /// `x.append(y)` as a statement; any other method may have changed x.
    void mutation(SyntaxNode call);

private:
    void changePart(SyntaxNode target, const Literal& item, SyntaxNode statement);
    void forgetTwins(std::string_view name, const Literal& before, SyntaxNode statement);
    void changeInside(SyntaxNode target, SyntaxNode statement);
    Literal value(SyntaxNode expression) const;

    NameJournal& m_names;
    const EvaluationHooks& m_hooks;
};

} // namespace sightglass
