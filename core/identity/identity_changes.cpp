// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/identity.h"

#include <algorithm>
#include <map>

namespace sightglass {

namespace {

constexpr std::size_t mostNamed = 20;
constexpr std::size_t mostInText = 4;
constexpr std::int64_t worthNaming = 65'536; // bytes; smaller tables shrink and grow by pages

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < mostInText; ++i)
        text += (i == 0 ? "" : ", ") + printable(names[i]);
    if (names.size() > mostInText)
        text += " and " + std::to_string(names.size() - mostInText) + " others";
    return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

class Comparison
{
public:
    Comparison(const DatabaseIdentity& before,
               const DatabaseIdentity& now,
               const ChainBetween& chain)
        : m_before(before)
        , m_now(now)
        , m_chain(chain)
    {}

    std::vector<IdentityChange> changes()
    {
        compareServers();
        compareRevisions();
        compareTables();
        return std::move(m_made);
    }

private:
    void add(IdentityChangeKind kind,
             std::string text,
             std::vector<std::string> objects = {},
             bool alarming = true)
    {
        if (objects.size() > mostNamed)
            objects.resize(mostNamed);
        m_made.push_back({.kind = kind,
                          .text = std::move(text),
                          .objects = std::move(objects),
                          .alarming = alarming});
    }

    std::string since() const { return "on " + m_before.readAt; }

    void compareServers()
    {
        const bool known = !m_before.systemIdentifier.empty() && !m_now.systemIdentifier.empty();
        if (known && m_before.systemIdentifier != m_now.systemIdentifier) {
            add(IdentityChangeKind::AnotherCluster,
                "The same address led to another cluster " + since() +
                    ": its system identifier was " + m_before.systemIdentifier + " and is " +
                    m_now.systemIdentifier +
                    ". A container may have been started on another volume, or the server was set "
                    "up anew.",
                {m_before.systemIdentifier, m_now.systemIdentifier});
            return;
        }
        if (m_before.databaseOid == m_now.databaseOid || m_now.databaseOid == 0)
            return;
        const std::string oids = " (its oid was " + std::to_string(m_before.databaseOid) +
                                 " and is " + std::to_string(m_now.databaseOid) + ")";
        add(IdentityChangeKind::AnotherDatabase,
            known ? "Database " + printable(m_now.database) +
                        " was dropped and made again, or renamed, since the visit " + since() +
                        oids + "."
                  : "The same address led to another database " + since() + oids +
                        ". Whether it is another cluster too is not known: the system identifier "
                        "may not be read.",
            {m_now.database});
    }

    void compareRevisions()
    {
        if (!m_before.versionRowsKnown || !m_now.versionRowsKnown ||
            m_before.versionRows == m_now.versionRows)
            return;
        // Two projects in one database have a table each.
        if (m_before.versionTable != m_now.versionTable && !m_now.versionTable.empty())
            return;
        if (m_now.versionRows.empty()) {
            add(IdentityChangeKind::VersionRowsLost,
                "The version table held " + listed(m_before.versionRows) + " " + since() +
                    " and holds no row now.",
                m_before.versionRows);
            return;
        }
        // Where an upgrade from nothing took place, there is nothing before.
        m_forward = m_before.versionRows.empty();
        std::vector<std::string> undone;
        for (const std::string& old : m_before.versionRows) {
            const std::optional<bool> held = holds(old);
            m_forward = m_forward || (held.value_or(false) && !isRow(old));
            if (!held.value_or(true))
                undone.push_back(old);
        }
        if (!undone.empty())
            add(IdentityChangeKind::RevisionWentBack,
                "The database was at " + listed(m_before.versionRows) + " " + since() +
                    " and is at " + listed(m_now.versionRows) + ", which does not hold " +
                    listed(undone) +
                    ". It was downgraded, stamped back or restored from an older backup.",
                undone);
    }

    bool isRow(const std::string& revision) const
    {
        return std::ranges::find(m_now.versionRows, revision) != m_now.versionRows.end();
    }

    /// Whether the rows of now stand for `revision` too; empty: not known.
    std::optional<bool> holds(const std::string& revision) const
    {
        if (isRow(revision))
            return true;
        bool known = true;
        for (const std::string& row : m_now.versionRows) {
            const auto earlier = m_chain.comesBefore(revision, row);
            if (earlier.value_or(false))
                return true;
            known = known && earlier.has_value();
        }
        return known ? std::optional(false) : std::nullopt;
    }

    void compareTables()
    {
        std::map<std::string, const RememberedTable*, std::less<>> now;
        for (const RememberedTable& table : m_now.tables)
            now.emplace(table.name, &table);
        // What lies behind the bound may have been left out, not lost.
        const bool whole = m_now.tableCount <= mostRememberedTables;
        LostTables lost;
        LostTables removed;
        std::vector<std::string> emptied;
        for (const RememberedTable& table : m_before.tables) {
            const auto found = now.find(table.name);
            if (found == now.end() && whole)
                (m_forward && m_chain.removes(table.name) ? removed : lost).take(table);
            else if (found != now.end() && lostRows(table, *found->second))
                emptied.push_back(table.name);
        }
        if (!lost.names.empty())
            addLost(lost,
                    m_forward ? " The database was upgraded in between; of these tables the chain "
                                "does not say that they go."
                              : "",
                    true);
        if (!removed.names.empty())
            addLost(removed, " The revisions that were run since remove them.", false);
        if (!emptied.empty())
            add(IdentityChangeKind::RowsLost,
                counted(emptied.size(), "table has", "tables have") +
                    " lost all or most of the rows since the visit " + since() + ": " +
                    listed(emptied) + ". The figures are the server's estimates.",
                emptied);
    }

    struct LostTables
    {
        std::vector<std::string> names;
        std::int64_t rows = 0;

        void take(const RememberedTable& table)
        {
            names.push_back(table.name);
            rows += table.rows.value_or(0);
        }
    };

    void addLost(const LostTables& lost, const std::string& why, bool alarming)
    {
        std::string text = counted(lost.names.size(), "table is", "tables are") +
                           " gone since the visit " + since() + ": " + listed(lost.names) + ".";
        if (lost.rows > 0)
            text += " Together they held about " + std::to_string(lost.rows) + " rows.";
        add(IdentityChangeKind::TablesLost, text + why, lost.names, alarming);
    }

    static bool lostRows(const RememberedTable& before, const RememberedTable& now)
    {
        if (before.rows.value_or(0) > 0 && now.rows)
            return *now.rows == 0;
        if (now.rows || !before.bytes || !now.bytes || *before.bytes < worthNaming)
            return false; // never analysed, and too small to tell by its size
        return *now.bytes < *before.bytes / 4;
    }

    const DatabaseIdentity& m_before;
    const DatabaseIdentity& m_now;
    const ChainBetween& m_chain;
    bool m_forward = false; ///< revisions were run since
    std::vector<IdentityChange> m_made;
};

} // namespace

std::vector<IdentityChange> identityChanges(const DatabaseIdentity& before,
                                            const DatabaseIdentity& now,
                                            const ChainBetween& chain)
{
    return Comparison(before, now, chain).changes();
}

DatabaseIdentity withNoticed(DatabaseIdentity now,
                             const DatabaseIdentity& before,
                             const std::vector<IdentityChange>& changes)
{
    now.noticed.clear();
    for (const IdentityChange& change : changes) {
        if (change.alarming)
            now.noticed.push_back(
                {.at = now.readAt, .kind = std::string(toText(change.kind)), .text = change.text});
    }
    now.noticed.insert(now.noticed.end(), before.noticed.begin(), before.noticed.end());
    if (now.noticed.size() > mostNoticed)
        now.noticed.resize(mostNoticed);
    return now;
}

} // namespace sightglass
