// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_panel.h"

#include "ui/graph/minimap.h"
#include "ui/graph/node_words.h"
#include "ui/jobs/job_runner.h"
#include "ui/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sightglass {

namespace {
constexpr int overlayMargin = 12;
constexpr int barRoom = 6; ///< between the map and the buttons below it
constexpr int busyAfterMs = 150;

const QString& layoutSubject()
{
    static const QString subject = QStringLiteral("layout");
    return subject;
}

std::string projectKey(const Inspection& inspection)
{
    const Project& project = inspection.scripts->project;
    return project.root.native() + '\n' + project.config.native();
}
} // namespace

GraphPanel::GraphPanel(const PanelContext& context, JobRunner& runner, QWidget* parent)
    : Panel(context, parent)
    , m_runner(runner)
{
    setObjectName(QStringLiteral("graphPanel"));
    setAutoFillBackground(true);
    m_busy.setSingleShot(true);
    m_busy.setInterval(busyAfterMs);
    createLayout();
    connectSignals();
    styleOverlays();
    updateControls();
}

void GraphPanel::createLayout()
{
    m_view = new GraphView(context().theme, this);
    m_words = new QLabel(this);
    m_words->setObjectName(QStringLiteral("graphWords"));
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_words->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_minimap = new Minimap(*m_view, context().theme, this);
    m_controls = new QWidget(this);
    m_controls->setObjectName(QStringLiteral("graphControls"));
    auto* row = new QHBoxLayout(m_controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    connect(addButton(QStringLiteral("graphFit"), tr("Fit"), tr("Fit the graph into the view")),
            &QPushButton::clicked,
            this,
            &GraphPanel::fit);
    connect(addButton(QStringLiteral("graphZoomOut"), QString(QChar(0x2212)), tr("Zoom out")),
            &QPushButton::clicked,
            this,
            &GraphPanel::zoomOut);
    m_zoom = addButton(QStringLiteral("graphZoom"), tr("100 %"), tr("Zoom"));
    connect(m_zoom, &QPushButton::clicked, this, &GraphPanel::resetZoom);
    connect(addButton(QStringLiteral("graphZoomIn"), QStringLiteral("+"), tr("Zoom in")),
            &QPushButton::clicked,
            this,
            &GraphPanel::zoomIn);
    m_toDatabase = addButton(QStringLiteral("graphToDatabase"),
                             tr("Go to database"),
                             tr("Go to the database's position"));
    connect(m_toDatabase, &QPushButton::clicked, this, &GraphPanel::goToDatabase);
}

QPushButton*
GraphPanel::addButton(const QString& name, const QString& text, const QString& accessibleName)
{
    auto* button = new QPushButton(text, m_controls);
    button->setObjectName(name);
    button->setAccessibleName(accessibleName);
    button->setToolTip(accessibleName);
    button->setCursor(Qt::PointingHandCursor);
    m_controls->layout()->addWidget(button);
    return button;
}

void GraphPanel::connectSignals()
{
    Selection& selection = context().selection;
    connect(&selection, &Selection::changed, this, &GraphPanel::followSelection);
    connect(&selection, &Selection::jumped, this, &GraphPanel::followJump);
    connect(&m_busy, &QTimer::timeout, this, [this] {
        if (m_inspection != nullptr)
            showWords(tr("Laying out %1").arg(revisionCount(m_inspection->graph->size())));
    });
    connect(m_view, &GraphView::viewChanged, this, &GraphPanel::updateControls);
    connect(m_view, &GraphView::chosen, this, &GraphPanel::choose);
    connect(m_view, &GraphView::inspectorWanted, this, &GraphPanel::choose);
    connect(m_view, &GraphView::sourceWanted, this, &GraphPanel::showSource);
    connect(m_view, &GraphView::openWanted, this, &GraphPanel::openRun);
    connect(m_view, &GraphView::foldWanted, this, &GraphPanel::foldAround);
    connect(m_view, &GraphView::menuWanted, this, &GraphPanel::showMenu);
    connect(m_view, &GraphView::zoomKey, this, &GraphPanel::handleZoomKey);
    connect(m_view, &GraphView::headWanted, this, &GraphPanel::goToHead);
    connect(m_view, &GraphView::databaseWanted, this, &GraphPanel::goToDatabase);
}

void GraphPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    if (inspection == nullptr) {
        m_runner.stop(layoutSubject());
        m_busy.stop();
        m_folds = FoldState();
        m_shownProject.clear();
        m_view->setPicture(nullptr, {});
        m_minimap->refresh();
        showWords(tr("Open a migrations folder to see its chain."));
        return;
    }
    if (m_shownProject != projectKey(*inspection) && !m_shownProject.empty())
        m_folds = FoldState();
    startLayout();
}

void GraphPanel::startLayout()
{
    if (m_inspection == nullptr)
        return;
    m_busy.start();
    const auto work = [inspection = m_inspection,
                       request = m_folds.requestFor(*m_inspection),
                       sizes = m_view->painter().sizes()](const RunContext& run) -> Drawn {
        auto drawing = layOut(foldRuns(*inspection->graph, request), sizes, run);
        if (!drawing)
            return failure(std::move(drawing.error()));
        return std::make_shared<const GraphPicture>(inspection, std::move(*drawing));
    };
    m_runner.start(layoutSubject(), this, work, [this](const Drawn& drawn) { showDrawn(drawn); });
}

void GraphPanel::showDrawn(const Drawn& drawn)
{
    m_busy.stop();
    if (!drawn) {
        if (drawn.error().code != ErrorCode::Cancelled)
            showWords(toQString(toText(drawn.error())));
        return;
    }
    const NodeIndex anchor = m_view->anchorNode();
    const std::string anchorId = anchor == noNode ? std::string() : m_view->picture()->idOf(anchor);
    m_view->setPicture(*drawn, anchorId);
    showWords((*drawn)->size() == 0 ? tr("This folder holds no revisions.") : QString());
    m_view->setSelected((*drawn)->nodeOf(toStd(context().selection.revision())));
    if (!m_focusAfter.empty())
        m_view->setFocusedNode((*drawn)->nodeOf(m_focusAfter));
    m_focusAfter.clear();
    const std::string project = projectKey(*m_inspection);
    if (project != m_shownProject) {
        m_shownProject = project;
        const auto& database = (*drawn)->databasePositions();
        const NodeIndex first = m_view->selected() != noNode ? m_view->selected()
                                : database.empty() ? travelFrom(**drawn, noNode, Travel::Newest)
                                                   : database.front();
        m_view->showFirst(first);
    }
    m_minimap->refresh();
    updateControls();
    centerOnJump();
}

void GraphPanel::showWords(const QString& text)
{
    m_words->setText(text);
    m_words->setVisible(!text.isEmpty());
    m_view->setAccessibleDescription(text);
    updateControls();
}

void GraphPanel::updateControls()
{
    const GraphPicture* picture = m_view->picture();
    const bool any = picture != nullptr && picture->size() > 0;
    m_controls->setVisible(any);
    const QString percent = tr("%1 %").arg(qRound(m_view->scale() * 100));
    m_zoom->setText(percent);
    m_zoom->setAccessibleName(tr("Zoom %1; back to 100 %").arg(percent));
    m_zoom->setToolTip(tr("Back to 100 %"));
    const bool placed = any && !picture->databasePositions().empty();
    m_toDatabase->setEnabled(placed);
    m_toDatabase->setToolTip(placed ? tr("Go to the database's position")
                                    : tr("No position of a database is known"));
    placeOverlays();
}

void GraphPanel::placeOverlays()
{
    m_words->setGeometry(rect().adjusted(24, 24, -24, -24));
    m_controls->resize(m_controls->sizeHint());
    m_controls->move(overlayMargin, height() - overlayMargin - m_controls->height());
    // The buttons stand below the map, in the same colour, so that they never hide a card.
    m_view->setGeometry(0, 0, width(), std::max(m_controls->y() - barRoom, 0));
    placeMinimap();
}

bool GraphPanel::coversCard(const QRect& area) const
{
    const QRectF shown = m_view->visibleArea();
    const double scale = m_view->scale();
    const QRect inside = area.intersected(m_view->geometry());
    return !m_view->picture()
                ->nodesIn(QRectF(shown.topLeft() + QPointF(inside.topLeft()) / scale,
                                 QSizeF(inside.size()) / scale))
                .empty();
}

/// In a corner without a card; where there is none it steps back. A drawing that is in sight as a
/// whole needs no overview.
void GraphPanel::placeMinimap()
{
    const GraphPicture* const picture = m_view->picture();
    const bool any = picture != nullptr && picture->size() > 0;
    const int left = width() - overlayMargin - m_minimap->width();
    const int bottom = height() - overlayMargin - m_minimap->height();
    // Where both don't fit, the buttons matter more.
    const bool fits = m_controls->geometry().right() + overlayMargin <= left;
    const bool wanted = any && fits && !m_view->visibleArea().contains(picture->bounds());
    if (!m_minimap->isHeld() || !wanted)
        m_minimap->setVisible(wanted);
    if (!wanted || m_minimap->isHeld())
        return;
    for (const QPoint& corner : {QPoint(left, bottom), QPoint(left, overlayMargin)}) {
        m_minimap->move(corner);
        m_minimap->setFaded(coversCard(m_minimap->geometry()));
        if (!m_minimap->isFaded())
            return;
    }
    m_minimap->move(left, bottom);
}

void GraphPanel::styleOverlays()
{
    const ThemeColors& colors = context().theme.colors();
    m_controls->setStyleSheet(
        QStringLiteral(
            "QPushButton { background: %1; color: %2; border: 1px solid %3; border-radius: 5px;"
            " padding: 5px 11px; }"
            "QPushButton:hover { background: %4; }"
            "QPushButton:focus { border: 1px solid %5; }"
            "QPushButton:disabled { color: %6; }")
            .arg(colors.panel.name(),
                 colors.ink.name(),
                 colors.line.name(),
                 colors.background.name(),
                 colors.accent.name(),
                 colors.ghost.name()));
    m_words->setStyleSheet(
        QStringLiteral("color: %1; background: transparent;").arg(colors.dim.name()));
}

void GraphPanel::applyTheme()
{
    styleOverlays();
    m_view->applyTheme();
    m_minimap->refresh();
}

void GraphPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    updateControls();
}

void GraphPanel::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() != QEvent::FontChange || m_view == nullptr)
        return;
    m_view->applyTheme();
    startLayout();
}

} // namespace sightglass
