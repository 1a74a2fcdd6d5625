// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/live/environment.h"
#include "core/live/live_state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A table as it was when a database was visited.
struct RememberedTable
{
    std::string name;                 ///< schema.table
    std::optional<std::int64_t> rows; ///< the server's estimate; absent: none
    std::optional<std::int64_t> bytes;

    friend bool operator==(const RememberedTable&, const RememberedTable&) = default;
};

/// What an earlier visit found changed, and nobody has put aside yet.
struct NoticedChange
{
    std::string at;   ///< RFC 3339
    std::string kind; ///< as IdentityChangeKind in words
    std::string text;

    friend bool operator==(const NoticedChange&, const NoticedChange&) = default;
};

/// What tells one database from another, and how full it was, at one visit. Holds no secrets.
struct DatabaseIdentity
{
    std::string target;           ///< safe to show
    std::string systemIdentifier; ///< of the cluster; empty: not permitted to be read
    std::int64_t databaseOid = 0;
    std::string database;
    std::string serverVersion;
    std::size_t tableCount = 0;          ///< without extensions', partitions and version tables
    std::vector<RememberedTable> tables; ///< sorted by name, at most `mostRememberedTables`
    std::string versionTable; ///< schema.table that the rows are of; empty: there is none
    std::vector<std::string> versionRows; ///< sorted
    bool versionRowsKnown = false;
    std::string readAt; ///< RFC 3339
    /// Newest first, at most `mostNoticed`: a change is told once as new, and kept in sight here.
    std::vector<NoticedChange> noticed;

    /// Sum of the tables' estimates; absent where none has one.
    std::optional<std::int64_t> rows() const;

    friend bool operator==(const DatabaseIdentity&, const DatabaseIdentity&) = default;
};

inline constexpr std::size_t mostRememberedTables = 20'000;
inline constexpr std::size_t mostNoticed = 10;

/// The identity that a snapshot shows.
///
/// versionTable  of the project; null: not known which
/// shape         nothing where a part of the catalog could not be read: what is not seen would look
///               lost
std::optional<DatabaseIdentity>
identityOf(const LiveState& live, const std::string& target, const VersionTable* versionTable);

enum class IdentityChangeKind
{
    AnotherCluster,  ///< another system identifier behind the same address
    AnotherDatabase, ///< the same cluster, another database of the same name
    TablesLost,
    RowsLost, ///< tables that had rows have none; never analysed ones: they are far smaller
    RevisionWentBack,
    VersionRowsLost ///< stamped before, and no more
};

std::string_view toText(IdentityChangeKind kind); ///< "another-cluster", …

/// What is no longer as it was.
struct IdentityChange
{
    IdentityChangeKind kind = IdentityChangeKind::AnotherCluster;
    std::string text;                 ///< one or two sentences with names and counts
    std::vector<std::string> objects; ///< tables or revisions, at most 20
    bool alarming = true;             ///< false: what was run since explains it

    friend bool operator==(const IdentityChange&, const IdentityChange&) = default;
};

/// What the chain tells of two visits.
struct ChainBetween
{
    /// Whether `earlier` is a revision that `later` builds on; empty: not known.
    std::function<std::optional<bool>(const std::string& earlier, const std::string& later)>
        comesBefore;
    /// Tables that the chain has at the rows of the first visit and not at those of the second.
    std::function<bool(const std::string& table)> removes;
};

/// What `now` has lost or is not any more, compared with an earlier visit. What has only grown is
/// no change. Pure.
///
/// cost  linear in tables
std::vector<IdentityChange> identityChanges(const DatabaseIdentity& before,
                                            const DatabaseIdentity& now,
                                            const ChainBetween& chain);

/// `now` with what `before` had noticed and what has changed since, to be remembered.
DatabaseIdentity withNoticed(DatabaseIdentity now,
                             const DatabaseIdentity& before,
                             const std::vector<IdentityChange>& changes);

/// Text of a file that keeps an identity, and back.
///
/// errors  Malformed  no such text, or of a later program
std::string identityText(const DatabaseIdentity& identity);
Result<DatabaseIdentity> readIdentity(std::string_view text);

/// A file name for what is remembered of a target: by host, port, database and service. Two users
/// of one database share it; a password is no part of it.
std::string identityFileName(const ConnectionTarget& target);

/// What a visit to a database found beside its catalog.
struct DatabaseVisit
{
    EnvironmentJudgement environment;
    std::string rememberedAt;            ///< of the visit compared with; empty: the first one
    std::vector<IdentityChange> changes; ///< since then
    std::vector<NoticedChange> noticed;  ///< by visits before, and not put aside since
    std::string notCompared;             ///< a sentence: why nothing was compared; empty: it was
    std::string notKept;                 ///< a sentence: why it is not remembered; empty: it is
};

} // namespace sightglass
