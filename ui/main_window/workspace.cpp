// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/workspace.h"

#include "ui/graph/graph_panel.h"
#include "ui/main_window/message_bar.h"
#include "ui/main_window/status_line.h"
#include "ui/main_window/top_bar.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/diagnosis/diagnosis_banner.h"
#include "ui/panels/diagnosis/diagnosis_panel.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/log/log_panel.h"
#include "ui/panels/problems/problems_panel.h"
#include "ui/panels/revisions/revisions_panel.h"
#include "ui/panels/schema/schema_panel.h"
#include "ui/panels/tables/tables_panel.h"
#include "ui/text.h"

#include <QApplication>
#include <QPainter>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int frameWidth = 3;
constexpr int readingShare = 62; ///< of the height, in hundredths
} // namespace

Workspace::Workspace(const PanelContext& context,
                     const Session& session,
                     JobRunner& runner,
                     SourceReader source,
                     const Actions& actions,
                     QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_session(session)
    , m_topBar(new TopBar(context, session, actions, this))
    , m_statusLine(new StatusLine(context, session, runner, this))
    , m_startMessage(new MessageBar(context.theme, QStringLiteral("startMessage"), this))
    , m_filesMessage(new MessageBar(context.theme, QStringLiteral("filesMessage"), this))
    , m_databaseMessage(new MessageBar(context.theme, QStringLiteral("databaseMessage"), this))
    , m_notice(new MessageBar(context.theme, QStringLiteral("notice"), this))
    , m_bottom(new QTabWidget(this))
    , m_columns(new QSplitter(Qt::Horizontal, this))
    , m_rows(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("workspace"));
    createPanels(runner, std::move(source));
    createBottom();
    createLayout();
    connect(&session, &Session::changed, this, &Workspace::refreshMessages);
    connect(&session, &Session::changed, this, &Workspace::refreshFrame);
    connect(&context.theme, &Theme::changed, this, &Workspace::refreshFrame);
    connect(
        m_statusLine, &StatusLine::problemsAsked, this, [this] { showTab(BottomTab::Problems); });
    refreshMessages();
    refreshFrame();
    arrangeByDefault();
}

void Workspace::createPanels(JobRunner& runner, SourceReader source)
{
    auto* banner = new DiagnosisBanner(m_context, this);
    connect(banner, &DiagnosisBanner::detailsRequested, this, &Workspace::showDiagnosis);
    m_banner = banner;
    m_revisions = new RevisionsPanel(m_context, m_columns);
    m_graph = new GraphPanel(m_context, runner, m_columns);
    m_inspector = new InspectorPanel(m_context, runner, std::move(source), m_columns);
    connect(m_inspector, &InspectorPanel::schemaAsked, this, [this] {
        m_schema->followRevision();
        showTab(BottomTab::Schema);
    });
    m_problems = new ProblemsPanel(m_context, m_bottom);
    auto* diagnosis = new DiagnosisPanel(m_context, m_bottom);
    connect(diagnosis, &DiagnosisPanel::tableAsked, this, &Workspace::showTable);
    m_diagnosis = diagnosis;
    m_log = new LogPanel(m_context.theme, m_bottom);
    m_tables = new TablesPanel(m_context, runner, m_bottom);
    m_schema = new SchemaPanel(m_context, runner, m_bottom);
    m_compare = new ComparePanel(m_context, runner, m_bottom);
}

void Workspace::createBottom()
{
    m_bottom->setObjectName(QStringLiteral("bottomTabs"));
    m_bottom->setDocumentMode(true);
    m_bottom->addTab(m_problems, QStringLiteral("Problems 0"));
    m_bottom->addTab(m_diagnosis, QStringLiteral("Diagnosis"));
    m_bottom->addTab(m_log, QStringLiteral("Log"));
    m_bottom->addTab(m_tables, QStringLiteral("Tables"));
    m_bottom->addTab(m_schema, QStringLiteral("Schema"));
    m_bottom->addTab(m_compare, QStringLiteral("Compare"));
    connect(m_problems, &ProblemsPanel::countChanged, this, [this](int count) {
        m_bottom->setTabText(static_cast<int>(BottomTab::Problems),
                             QStringLiteral("Problems %1").arg(count));
    });
    // The panel counts when it is shown; the number is wanted whichever tab is in front.
    connect(&m_context.store, &InspectionStore::changed, this, [this] {
        const auto& inspection = m_context.store.current();
        m_bottom->setTabText(
            static_cast<int>(BottomTab::Problems),
            QStringLiteral("Problems %1").arg(inspection ? inspection->findings.size() : 0));
    });
}

void Workspace::createMessages(QVBoxLayout& layout)
{
    for (MessageBar* bar : {m_startMessage, m_filesMessage, m_databaseMessage, m_notice}) {
        layout.addWidget(bar);
        connect(bar, &MessageBar::dismissed, this, [this, bar] {
            Q_EMIT messageDismissed(bar->objectName());
        });
    }
    connect(m_filesMessage, &MessageBar::buttonPressed, this, [this] {
        m_context.requests.ask(ReloadFiles{});
    });
    connect(m_databaseMessage, &MessageBar::buttonPressed, this, [this] {
        m_context.requests.ask(ReloadDatabase{});
    });
}

void Workspace::createLayout()
{
    m_columns->setObjectName(QStringLiteral("columns"));
    m_columns->addWidget(m_revisions);
    m_columns->addWidget(m_graph);
    m_columns->addWidget(m_inspector);
    m_columns->setStretchFactor(1, 1);
    m_rows->setObjectName(QStringLiteral("rows"));
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_bottom);
    m_rows->setStretchFactor(0, 1);
    for (QSplitter* splitter : {m_columns, m_rows}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    m_revisions->setMinimumWidth(180);
    m_graph->setMinimumWidth(240);
    m_inspector->setMinimumWidth(240);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    createMessages(*layout);
    layout->addWidget(m_banner);
    layout->addWidget(m_rows, 1);
    layout->addWidget(m_statusLine);
}

void Workspace::refreshMessages()
{
    const SessionState& state = m_session.state();
    m_startMessage->setMessage(
        Tone::Danger, state.startError ? shownText(*state.startError) : QString(), {});
    m_filesMessage->setMessage(
        Tone::Warning,
        state.filesError && !state.filesErrorRead
            ? QStringLiteral("The files could not be read again; what is shown is older. ") +
                  shownText(*state.filesError)
            : QString(),
        QStringLiteral("Read again"));
    const bool databaseFailed = state.databaseError && !state.databaseErrorRead;
    m_databaseMessage->setMessage(Tone::Danger,
                                  databaseFailed ? shownText(*state.databaseError) : QString(),
                                  state.target.isEmpty() ? QString() : QStringLiteral("Try again"));
    m_notice->setMessage(Tone::Accent, state.notice, {});
}

void Workspace::refreshFrame()
{
    const int width = m_session.state().target.isEmpty() ? 0 : frameWidth;
    layout()->setContentsMargins(width, width, width, width);
    update();
}

void Workspace::paintEvent(QPaintEvent*)
{
    if (m_session.state().target.isEmpty())
        return;
    QPainter painter(this);
    painter.fillRect(rect(),
                     m_context.theme.foreground(Theme::toneOf(m_session.state().environment)));
}

void Workspace::showTab(BottomTab tab)
{
    m_bottom->setCurrentIndex(static_cast<int>(tab));
}

void Workspace::showDiagnosis()
{
    showTab(BottomTab::Diagnosis);
    // It is a page to be read, and a few lines of it are none.
    const QList<int> sizes = m_rows->sizes();
    const int whole = sizes[0] + sizes[1];
    const int wanted = whole * readingShare / 100;
    if (sizes[1] < wanted)
        m_rows->setSizes({whole - wanted, wanted});
}

void Workspace::showTable(const QString& name)
{
    const auto& inspection = m_context.store.current();
    const bool isVersionTable =
        inspection && inspection->live &&
        std::ranges::any_of(inspection->live->versionTables, [&](const VersionTable& each) {
            return toQString(toText(each.name)) == name;
        });
    if (isVersionTable) {
        m_schema->showLive(name);
        showTab(BottomTab::Schema);
    } else {
        m_tables->selectTable(name);
        showTab(BottomTab::Tables);
    }
}

void Workspace::focusNextPane(bool forward)
{
    const std::array<QWidget*, 4> panes{
        m_revisions, m_graph, m_inspector, m_bottom->currentWidget()};
    const QWidget* focus = QApplication::focusWidget();
    std::size_t current = panes.size() - 1;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        if (focus != nullptr && (panes[i] == focus || panes[i]->isAncestorOf(focus)))
            current = i;
    }
    const std::size_t step = forward ? 1 : panes.size() - 1;
    QWidget* next = panes[(current + step) % panes.size()];
    // The first child that takes part in Tab order is where a person would start.
    for (QWidget* child : next->findChildren<QWidget*>()) {
        if (child->isVisible() && child->isEnabled() &&
            (child->focusPolicy() & Qt::TabFocus) != 0) {
            child->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    next->setFocus(Qt::TabFocusReason);
}

WorkspaceLayout Workspace::savedLayout() const
{
    return {.columns = m_columns->saveState(),
            .rows = m_rows->saveState(),
            .tab = m_bottom->currentIndex()};
}

void Workspace::restoreLayout(const WorkspaceLayout& layout)
{
    if (!m_columns->restoreState(layout.columns) || !m_rows->restoreState(layout.rows))
        arrangeByDefault();
    m_columns->setHandleWidth(1);
    m_rows->setHandleWidth(1);
    if (layout.tab >= 0 && layout.tab < m_bottom->count())
        m_bottom->setCurrentIndex(layout.tab);
}

void Workspace::arrangeByDefault()
{
    m_columns->setSizes({300, 710, 430});
    m_rows->setSizes({545, 232});
}

} // namespace sightglass
