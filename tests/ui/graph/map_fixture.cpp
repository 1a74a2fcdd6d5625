// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/graph/map_fixture.h"

#include "tests/support/graph_text.h"
#include "ui/text.h"

#include <QApplication>
#include <QTest>

static void initializeResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace sightglass::tests {

std::shared_ptr<Inspection> inspectionFromText(std::string_view text,
                                               const std::vector<std::string>& databaseAt)
{
    auto scripts = std::make_shared<Scripts>();
    scripts->project.root = "/project";
    scripts->revisions = revisionsFromText(text);
    auto inspection = std::make_shared<Inspection>();
    inspection->graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    inspection->scripts = std::move(scripts);
    if (databaseAt.empty())
        return inspection;
    inspection->live = std::make_shared<const LiveState>();
    for (const std::string& id : databaseAt) {
        if (const auto index = inspection->graph->find(id))
            inspection->databaseAt.push_back(*index);
        else
            inspection->unknownRows.push_back(id);
    }
    inspection->applied = inspection->graph->withAncestors(inspection->databaseAt);
    return inspection;
}

void addFinding(Inspection& inspection,
                const std::string& revision,
                Severity severity,
                const std::string& title)
{
    inspection.findings.push_back(
        {.rule = "test-rule", .severity = severity, .title = title, .revision = revision});
    sortFindings(inspection.findings);
}

MapFixture::MapFixture(ColorScheme scheme)
    : theme(scheme)
    , panel(PanelContext{store, selection, requests, theme}, runner)
{
    initializeResources();
    theme.applyTo(*qApp);
    panel.resize(700, 540);
    panel.show();
}

bool MapFixture::show(const std::shared_ptr<const Inspection>& inspection)
{
    store.set(inspection);
    return settled();
}

bool MapFixture::settled()
{
    return QTest::qWaitFor([this] { return !runner.isRunning(QStringLiteral("layout")); }, 10'000);
}

QString MapFixture::nodes() const
{
    QStringList result;
    const GraphPicture& picture = *view().picture();
    for (NodeIndex i = 0; i < picture.size(); ++i)
        result.append(picture.look(i).kind == NodeKind::Run ? picture.look(i).title
                                                            : toQString(picture.idOf(i)));
    return result.join(QStringLiteral("; "));
}

QPoint MapFixture::middleOf(std::string_view id) const
{
    return view().screenRectOf(view().picture()->nodeOf(id)).center().toPoint();
}

QString MapFixture::focused() const
{
    return view().focused() == noNode ? QString()
                                      : toQString(view().picture()->idOf(view().focused()));
}

} // namespace sightglass::tests
