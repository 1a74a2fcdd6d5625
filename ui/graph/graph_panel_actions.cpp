// SPDX-License-Identifier: GPL-3.0-or-later
// What GraphPanel does when asked: selecting, jumping, folding, zooming, the menu.
#include "ui/graph/graph_panel.h"
#include "ui/graph/minimap.h"
#include "ui/graph/node_words.h"
#include "ui/text.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace sightglass {

namespace {
constexpr double zoomStep = 1.25;
}

QPointF GraphPanel::middleOfView() const
{
    return {m_view->width() / 2.0, m_view->height() / 2.0};
}

void GraphPanel::fit()
{
    m_view->fit();
}

void GraphPanel::zoomIn()
{
    m_view->setScale(m_view->scale() * zoomStep, middleOfView());
}

void GraphPanel::zoomOut()
{
    m_view->setScale(m_view->scale() / zoomStep, middleOfView());
}

void GraphPanel::resetZoom()
{
    m_view->setScale(1, middleOfView());
}

void GraphPanel::handleZoomKey(int direction)
{
    switch (direction) {
    case 1:
        zoomIn();
        return;
    case -1:
        zoomOut();
        return;
    case 0:
        resetZoom();
        return;
    default:
        fit();
    }
}

void GraphPanel::goToDatabase()
{
    if (m_view->picture() != nullptr)
        goTo(nextOf(m_view->picture()->databasePositions(), m_view->focused()));
}

void GraphPanel::goToHead()
{
    if (m_view->picture() != nullptr)
        goTo(nextOf(m_view->picture()->heads(), m_view->focused()));
}

void GraphPanel::goTo(NodeIndex node)
{
    if (node == noNode)
        return;
    m_view->setFocusedNode(node);
    m_view->centerOn(m_view->picture()->rectOf(node).center());
    choose(node);
}

void GraphPanel::choose(NodeIndex node)
{
    if (m_view->picture()->look(node).kind != NodeKind::Run)
        context().selection.selectRevision(toQString(m_view->picture()->idOf(node)));
}

void GraphPanel::showSource(NodeIndex node)
{
    const SkeletonNode& shown = m_view->picture()->node(node);
    const int line =
        shown.members.empty() ? 0 : m_inspection->graph->revision(shown.members.front()).span.line;
    context().selection.jumpToRevision(toQString(m_view->picture()->idOf(node)), line);
}

void GraphPanel::followSelection()
{
    const GraphPicture* picture = m_view->picture();
    if (picture == nullptr || m_inspection == nullptr)
        return;
    const QString id = context().selection.revision();
    const NodeIndex node = picture->nodeOf(toStd(id));
    m_view->setSelected(node);
    m_minimap->refresh();
    if (node == noNode || revealInRun(id))
        return;
    m_view->setFocusedNode(node);
    m_view->ensureVisible(node);
}

/// A folded revision that is selected gets a card of its own, between two shorter runs.
bool GraphPanel::revealInRun(const QString& id)
{
    const GraphPicture* picture = m_view->picture();
    const NodeIndex node = picture->nodeOf(toStd(id));
    if (node == noNode || picture->look(node).kind != NodeKind::Run)
        return false;
    m_folds.reveal(toStd(id));
    m_jump = id;
    m_focusAfter = toStd(id);
    startLayout();
    return true;
}

void GraphPanel::followJump()
{
    m_jump = context().selection.revision();
    const GraphPicture* picture = m_view->picture();
    if (picture != nullptr && !revealInRun(m_jump))
        centerOnJump();
}

void GraphPanel::centerOnJump()
{
    const GraphPicture* picture = m_view->picture();
    if (m_jump.isEmpty() || picture == nullptr)
        return;
    const NodeIndex node = picture->nodeOf(toStd(m_jump));
    if (node == noNode || picture->look(node).kind == NodeKind::Run)
        return;
    m_jump.clear();
    if (m_view->scale() < 0.6)
        m_view->setScale(1, middleOfView());
    m_view->setFocusedNode(node);
    m_view->centerOn(picture->rectOf(node).center());
    m_view->flash(node);
}

void GraphPanel::openRun(NodeIndex node)
{
    const GraphPicture* picture = m_view->picture();
    m_folds.open(*m_inspection->graph, picture->node(node).members);
    m_focusAfter = picture->idOf(node);
    startLayout();
}

void GraphPanel::foldAround(NodeIndex node)
{
    const auto& members = m_view->picture()->node(node).members;
    if (members.empty() || m_view->picture()->look(node).kind == NodeKind::Run ||
        !m_folds.fold(*m_inspection, members.front()))
        return;
    m_focusAfter = m_view->picture()->idOf(node);
    startLayout();
}

void GraphPanel::showMenu(NodeIndex node, const QPoint& globalPlace)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("graphMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const auto add = [menu](const QString& text, const QString& notWhy, auto run) {
        QAction* action = menu->addAction(text, menu, run);
        action->setEnabled(notWhy.isEmpty());
        action->setToolTip(notWhy.isEmpty() ? text : notWhy);
    };
    if (node != noNode) {
        const GraphPicture& picture = *m_view->picture();
        const QString id = toQString(picture.idOf(node));
        const NodeLook& look = picture.look(node);
        const auto& members = picture.node(node).members;
        const bool run = look.kind == NodeKind::Run;
        const QString several = run ? tr("This is a folded run; open it first.") : QString();
        const QString noFile = members.empty() ? tr("No file defines this revision.") : several;
        if (run)
            add(tr("Open %1").arg(look.title), {}, [this, node] { openRun(node); });
        add(tr("Copy id"), several, [id] { QApplication::clipboard()->setText(id); });
        add(tr("Show source"), noFile, [this, node] { showSource(node); });
        const SourceSpan span =
            members.empty() ? SourceSpan() : m_inspection->graph->revision(members.front()).span;
        add(tr("Open in editor"), noFile, [this, span] {
            context().requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
        });
        add(tr("Select in list"), several, [this, id] { context().selection.jumpToRevision(id); });
        if (!run)
            add(tr("Fold the run around it"), noFile, [this, node] { foldAround(node); });
        menu->addSeparator();
    }
    add(tr("Open all runs"), m_folds.allOpen() ? tr("All runs are open.") : QString(), [this] {
        m_folds.openAll();
        startLayout();
    });
    add(tr("Fold all runs"), {}, [this] {
        m_folds.foldAll();
        startLayout();
    });
    add(tr("Fit"), {}, [this] { fit(); });
    menu->popup(globalPlace);
}

} // namespace sightglass
