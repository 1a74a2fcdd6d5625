// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/revisions/revision_graph.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sightglass {

/// Where a name or a walk leads: to a revision, to None, or past the first revision to "base".
struct NamedPlace
{
    enum class Kind
    {
        Revision,
        None,
        Base
    };
    Kind kind = Kind::None;
    RevisionIndex index = 0;

    static NamedPlace at(RevisionIndex index) { return {.kind = Kind::Revision, .index = index}; }

    bool isRevision() const { return kind == Kind::Revision; }

    friend bool operator==(const NamedPlace&, const NamedPlace&) = default;
};

/// Alembic's rules for naming revisions, function by function; errors are those of
/// revision_refusal.h. An absent text is Python's None.
///
/// source  Alembic 1.8 and 1.19, script/revision.py RevisionMap; compared in tests
class RevisionNames
{
public:
    explicit RevisionNames(const RevisionGraph& graph)
        : m_graph(graph)
    {}

    Result<std::vector<NamedPlace>> places(const std::optional<std::string>& text) const;
    Result<std::vector<NamedPlace>> places(std::span<const std::string> texts) const;
    Result<NamedPlace> place(const std::optional<std::string>& text) const;
    /// The revision that a branch name means: a label, an id or part of one.
    Result<RevisionIndex> branch(const std::string& name) const;
    /// Those of `targets` that are before or after what `check` names, on its lines of down
    /// revisions.
    Result<std::vector<std::string>> ofLineage(const std::vector<std::string>& targets,
                                               const std::string& check) const;
    Result<std::vector<RevisionIndex>> ofLineage(const std::vector<RevisionIndex>& targets,
                                                 const std::string& check) const;
    /// The same where a dependency makes kin as well.
    Result<std::vector<RevisionIndex>> ofFamily(const std::vector<RevisionIndex>& targets,
                                                const std::string& check) const;
    /// `steps` up or down from `start`; `branch` chooses the way up where it parts.
    ///
    /// allOrNothing  None when the chain ends before; else the walk stays at its end
    Result<NamedPlace> walk(NamedPlace start,
                            std::int64_t steps,
                            const std::optional<std::string>& branch,
                            bool allOrNothing) const;

private:
    struct Number
    {
        std::vector<std::string> ids;
        std::optional<std::string> branch;
    };

    using Flags = std::vector<bool>;

    Result<Number> number(const std::optional<std::string>& text) const;
    Result<RevisionIndex> named(const std::string& name,
                                const std::optional<std::string>& branch) const;
    Result<RevisionIndex> namedInPart(const std::string& name,
                                      const std::optional<std::string>& branch) const;
    Result<std::vector<NamedPlace>> belowHeads(std::int64_t steps,
                                               const std::optional<std::string>& branch) const;
    Result<std::vector<NamedPlace>> stepUp(NamedPlace from,
                                           const std::optional<Flags>& lineage) const;
    Result<std::vector<NamedPlace>> stepDown(NamedPlace from) const;
    Result<std::optional<Flags>> lineage(const std::string& check) const;
    Result<std::vector<std::string>> lineageNames(const std::string& check) const;
    Result<Flags> related(const std::vector<std::string>& names) const;
    std::optional<RevisionIndex> exact(const std::string& name) const;
    std::vector<std::string> idsInLoadOrder(std::span<const RevisionIndex> indexes) const;

    const RevisionGraph& m_graph;
};

} // namespace sightglass
