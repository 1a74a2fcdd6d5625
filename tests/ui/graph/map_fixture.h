// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/graph/graph_panel.h"
#include "ui/jobs/job_runner.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// An inspection of the graph that `text` describes; `databaseAt` names revisions in the version
/// table, known or not; empty: no database.
std::shared_ptr<Inspection> inspectionFromText(std::string_view text,
                                               const std::vector<std::string>& databaseAt = {});

void addFinding(Inspection& inspection,
                const std::string& revision,
                Severity severity,
                const std::string& title);

/// A panel with all that it needs, shown off screen.
struct MapFixture
{
    explicit MapFixture(ColorScheme scheme = ColorScheme::Light);

    /// Shows it and waits for the layout, at most ten seconds.
    bool show(const std::shared_ptr<const Inspection>& inspection);
    bool settled();

    const GraphView& view() const { return panel.view(); }

    GraphView* widget() { return panel.findChild<GraphView*>(); }

    /// Ids of nodes in drawing order, "9 revisions" for runs.
    QString nodes() const;
    QPoint middleOf(std::string_view id) const;
    QString focused() const;

    Theme theme;
    InspectionStore store;
    Selection selection;
    Requests requests;
    JobRunner runner;
    GraphPanel panel;
};

} // namespace sightglass::tests
