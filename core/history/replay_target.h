// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/revision_reader.h"
#include "core/history/filled_tables.h"
#include "core/history/history.h"

#include <vector>

namespace sightglass {

/// A database in memory as the target of a reading: takes operations in as they come.
class ReplayTarget final : public MigrationTarget
{
public:
    /// `filled`: what is known of rows, kept up to date; null: nothing.
    explicit ReplayTarget(Replay& replay, FilledTables* filled = nullptr)
        : m_replay(replay)
        , m_filled(filled)
    {}

    std::optional<Refusal> perform(const Operation& operation) override;

    const Schema* schema() const override { return &m_replay.schema(); }

    const std::vector<std::string>& searchPath() const override { return m_replay.searchPath(); }

    std::string doubtAbout(const QualifiedName& table) const override;
    std::vector<ColumnDoubt> columnDoubts(const QualifiedName& table) const override;
    std::function<bool(const Table&)> emptyTables() const override;
    std::string existenceDoubt(const QualifiedName& table) const override;

    const std::vector<RefusedOperation>& refused() const { return m_refused; }

private:
    Replay& m_replay;
    FilledTables* m_filled;
    std::vector<RefusedOperation> m_refused;
    std::size_t m_count = 0;
};

} // namespace sightglass
