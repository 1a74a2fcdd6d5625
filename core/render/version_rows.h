// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// A revision as the version table sees it.
struct RevisionParents
{
    std::string revision;
    /// down_revision and the dependencies that no other parent implies: what Alembic calls
    /// normalised down revisions.
    std::vector<std::string> parents;
    /// down_revision and every depends_on: whose rows this revision's row stands for as well.
    std::vector<std::string> allParents;
};

struct VersionRowChange
{
    enum class Kind
    {
        Insert, ///< `to`
        Update, ///< `from` becomes `to`
        Delete  ///< `from`
    };
    Kind kind = Kind::Insert;
    std::string from;
    std::string to;
    friend bool operator==(const VersionRowChange&, const VersionRowChange&) = default;
};

/// The rows of a version table while steps run.
///
/// source  Alembic 1.8 and 1.19, HeadMaintainer.update_to_step and RevisionStep. Where Alembic's
///         order is that of a Python set, this one keeps the order of the parents.
class VersionRows
{
public:
    VersionRows(const std::vector<RevisionParents>& revisions, std::vector<std::string> rows);

    /// What an upgrade by `revision`, or a downgrade, changes; the rows are those after it then.
    ///
    /// shape  empty where Alembic would stop (a downgrade of a revision that has no row)
    std::vector<VersionRowChange> upgrade(const std::string& revision);
    std::vector<VersionRowChange> downgrade(const std::string& revision);

    const std::set<std::string>& rows() const { return m_rows; }

private:
    std::set<std::string> ancestorsOfOthers(const std::vector<std::string>& without) const;
    const RevisionParents* find(const std::string& revision) const;
    VersionRowChange insert(const std::string& revision);
    VersionRowChange remove(const std::string& revision);
    VersionRowChange update(const std::string& from, const std::string& to);

    std::map<std::string, RevisionParents> m_revisions;
    std::set<std::string> m_rows;
};

} // namespace sightglass
