// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/revisions/revision_graph.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <string>
#include <vector>

namespace sightglass::tests {

QString toQString(std::string_view text);
/// The revisions as the oracle takes them.
QJsonArray toJson(const std::vector<Revision>& revisions);
/// The graph in the oracle's words; its "walk" is left out when a cycle that Alembic doesn't notice
/// makes that order a matter of chance.
QJsonObject describe(const RevisionGraph& graph);
/// What differs between our description and the oracle's, one line each; empty when nothing does.
QString differences(const RevisionGraph& graph, const QJsonObject& theirs);

/// One expression and what it is asked of.
struct Query
{
    std::string kind; ///< revisions, revision, target, upgrade, downgrade, range
    std::string text;
    std::vector<std::string> rows;

    QJsonObject toJson() const;
    QString toText() const;
};

/// Our answer in the oracle's words.
QJsonObject answerTo(const RevisionGraph& graph, const Query& query);
/// What differs; empty when nothing does.
QString difference(const RevisionGraph& graph, const Query& query, const QJsonObject& theirs);

} // namespace sightglass::tests
