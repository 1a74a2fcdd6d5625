// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_picture.h"

namespace sightglass {

/// Ids on cards are cut to what Alembic itself makes.
inline constexpr qsizetype longestShownId = 12;

/// What the card of a revision says, without its pills.
NodeLook revisionLook(const Inspection& inspection,
                      RevisionIndex revision,
                      const FindingsByRevision& findings);
/// Pills by importance: critical and high findings, head, copies, other findings, a file named for
/// another id, cycle, labels.
void addPills(NodeLook& look,
              const Inspection& inspection,
              RevisionIndex revision,
              const FindingsByRevision& findings);
NodeLook runLook(const Inspection& inspection, const std::vector<RevisionIndex>& members);
NodeLook ghostLook(NodeKind kind, const std::string& id);

/// "9 revisions" with the digits grouped.
QString revisionCount(std::size_t count);

/// "2a3f4c9d1cde, cascade deletes, applied, database is here, 1 problem": for screen readers.
QString spokenName(const GraphPicture& picture, NodeIndex node);
/// Where it stands: "builds on 189b1231afd4; followed by 3b7a1d2e4f56".
QString spokenPlace(const GraphPicture& picture, NodeIndex node);
/// The hover card as rich text; everything from files is escaped.
QString hoverText(const GraphPicture& picture, NodeIndex node);

} // namespace sightglass
