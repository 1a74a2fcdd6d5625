// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/loss.h"
#include "core/rules/step.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// Counts, operation by operation, what a run would destroy of a live database. What the run itself
/// makes is no loss; renames are followed back to the live name.
class LossCount
{
public:
    /// live  the schema that the run begins on; it is copied, its objects are shared
    /// counted  tables of which `facts` has counted rows, not estimated ones
    LossCount(const Schema& live,
              const ReviewFacts& facts,
              const ChainKnowledge& chain,
              const std::set<QualifiedName>& counted);

    /// To be called before the step is applied to `replay`, which is left as it was.
    ///
    /// cost  nothing for what destroys nothing; else what the operation costs, and a look at each
    ///       table of the schema
    void note(const Step& step, Replay& replay);
    /// Adds what of a revision was not understood.
    void noteUnknown(const std::string& revision, const std::vector<std::string>& reasons);

    LossAssessment finish() { return std::move(m_result); }

private:
    void follow(const Step& step);
    void noteDrop(const Step& step, Replay& replay);
    void noteRows(const Step& step, Loss::How how);
    void compare(const Step& step, const Schema& before, const Schema& after);
    void compareColumns(const Step& step, const Table& before, const Table& after);
    /// Whether it is one more loss, the last one.
    bool addTable(const Step& step, const QualifiedName& name, Loss::How how, std::string through);
    bool addColumn(const Step& step, const QualifiedName& table, const std::string& column);
    Loss drafted(const Step& step, const Table& live) const;
    void addFigures(const Table& live, Loss& loss) const;
    std::vector<QualifiedName> withPartitions(const Table& live) const;
    std::vector<std::string> dependentsOn(const Table& table);
    const std::vector<QualifiedName>& viewsOn(const QualifiedName& relation);
    void rename(const QualifiedName& from, const QualifiedName& to);

    static QualifiedName versionTableIn(const Schema& live, const ChainKnowledge& chain);
    QualifiedName liveName(const QualifiedName& name) const;
    std::string liveColumn(const QualifiedName& table, const std::string& column) const;

    Schema m_live;
    const ReviewFacts& m_facts;
    const ChainKnowledge& m_chain;
    const std::set<QualifiedName>& m_counted;
    TableOwners m_owners;
    std::map<QualifiedName, QualifiedName> m_tables; ///< name now, name live; renamed ones only
    std::map<std::pair<QualifiedName, std::string>, std::string>
        m_columns;                  ///< live table, name now
    std::set<QualifiedName> m_made; ///< names that the run gave to tables of its own
    std::map<QualifiedName, std::vector<QualifiedName>> m_views; ///< by what they read
    bool m_viewsRead = false;
    LossAssessment m_result;
};

} // namespace sightglass
