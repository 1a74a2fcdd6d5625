// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/module_names.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What one way through a statement would bind (empty = unbind).
struct Changes
{
    std::map<std::string, std::optional<Binding>, std::less<>> now;
    bool ended = false; ///< it leaves by return or raise
};

/// Names while statements are followed. Between begin() and takeBack() it writes down what changes,
/// so that a way that is only tried costs what it binds and not what is bound.
class NameJournal
{
public:
    explicit NameJournal(Names given);

    const Names& names() const { return m_result.names; }

    /// The names and openings; the journal is of no use afterwards.
    ModuleNames take() { return std::move(m_result); }

    void bind(std::string_view name, Literal value, SyntaxNode statement);
    void unbind(std::string_view name);
    /// Binds, or unbinds when empty.
    void set(std::string_view name, std::optional<Binding> binding);

    /// After this anything may be bound to anything.
    void forgetAll(const std::string& reason);

    /// A name that is not bound may be bound after all; not taken back.
    void open(std::string reason) { m_result.openings.push_back(std::move(reason)); }

    /// Starts a way that is only tried; may be nested.
    void begin() { m_journals.emplace_back(); }

    bool isTrying() const { return !m_journals.empty(); }

    /// Undoes all since the last begin() and says what it was. `ended` is left to the caller.
    Changes takeBack();

    /// Makes one of several ways happen, none knows which. False when all of them have ended.
    bool merge(const std::vector<Changes>& ways, SyntaxNode statement);

private:
    std::optional<Binding> merged(const std::string& name,
                                  const std::vector<const Changes*>& ways,
                                  SyntaxNode statement) const;

    ModuleNames m_result;
    std::vector<std::map<std::string, std::optional<Binding>, std::less<>>> m_journals;
};

/// "line 14": where a node begins, for reasons.
std::string inLine(SyntaxNode node);

} // namespace sightglass
