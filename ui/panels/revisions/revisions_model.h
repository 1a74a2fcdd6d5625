// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/layout/lanes.h"
#include "ui/panels/revision_facts.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace sightglass {

enum class RevisionColumn
{
    Message,
    Id,
    Created,
    State,
    File
};

/// The rows of the revisions list: a view of an Inspection with lanes. Newest first, ghosts
/// included.
class RevisionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int columns = 5;
    static constexpr int revisionIdRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setInspection(std::shared_ptr<const Inspection> inspection);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const std::shared_ptr<const Inspection>& inspection() const { return m_inspection; }

    const FindingsByRevision& findings() const { return m_findings; }

    const LaneRow& laneRow(int row) const { return m_lanes.rows[static_cast<std::size_t>(row)]; }

    int laneCount() const { return m_lanes.laneCount; }

    /// Null for a ghost.
    const Revision* revision(int row) const;
    RevisionState state(int row) const;
    bool isMerge(int row) const;
    QString message(int row) const;
    /// The one mark that matters most: missing, dangers, renamed, head, label.
    std::optional<Pill> pill(int row) const;
    /// That one and what drifted, most important first.
    std::vector<Pill> pills(int row) const;
    /// Row of an id; -1 when there is none. Of two files with one id: the one that Alembic takes.
    int rowOf(const QString& id) const;

private:
    QString text(int row, RevisionColumn column) const;
    QString toolTip(int row) const;
    QString spoken(int row) const;

    std::shared_ptr<const Inspection> m_inspection;
    FindingsByRevision m_findings;
    DriftMarks m_drift;
    LaneRows m_lanes;
    std::vector<int> m_rowOfRevision;
    std::vector<int> m_ghosts; ///< rows that are no revision
};

} // namespace sightglass
