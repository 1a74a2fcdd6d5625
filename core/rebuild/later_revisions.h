// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/history/history.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A revision whose work is to be taken out of a schema.
struct LaterRevision
{
    RevisionId id;
    const RevisionSteps& steps;
    Schema before; ///< in the chain as it is without the lost revision
    Schema after;
};

/// What was there before some revisions ran.
struct EarlierSchema
{
    Schema schema;
    std::vector<std::string>
        unclear; ///< sentences: what the revisions took away and can't be known
};

/// The schema that, with `newestFirst` run on it in the other order, gives `schema`.
///
/// What a revision made goes; what it took away or changed is taken from the chain where that has
/// it, else from the revision's own downgrade. Whether running the revision again gives what was
/// there is checked for each, and `unclear` says where it does not.
///
/// cost  each operation once each way, and a comparison a revision
EarlierSchema schemaBefore(const Schema& schema, const std::vector<LaterRevision>& newestFirst);

/// The first difference that counts between a schema and one that a file made again; absent: they
/// are alike. Views are compared by their columns where one is spelled by a server, and columns
/// also by their order. What `made` could not spell is not compared.
std::optional<Difference> firstDifference(const Schema& wanted, const Schema& made);

/// Takes types and defaults of columns that reading could not spell out of `other`; gives the names
/// of those columns.
std::vector<std::string> fillUnread(Schema& schema, const Schema& other);

/// "Column jobs.state: integer in the one, and bigint in the other." as one line.
std::string
differenceText(const Difference& difference, const std::string& left, const std::string& right);

} // namespace sightglass
