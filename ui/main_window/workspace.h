// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/panels/panel.h"
#include "ui/state/session.h"

#include <QByteArray>
#include <QWidget>

#include <functional>

class QMenu;
class QSplitter;
class QTabWidget;
class QVBoxLayout;

namespace sightglass {

class Actions;
class GraphPanel;
class InspectorPanel;
class JobRunner;
class LogPanel;
class MessageBar;
class ProblemsPanel;
class RevisionsPanel;
class SchemaPanel;
class StatusLine;
class TablesPanel;
class TopBar;

/// Tabs under the map, in their order.
enum class BottomTab
{
    Problems,
    Diagnosis,
    Log,
    Tables,
    Schema,
    Compare
};

/// Sizes and choices that are kept for each project.
struct WorkspaceLayout
{
    QByteArray columns;
    QByteArray rows;
    int tab = 0;

    friend bool operator==(const WorkspaceLayout&, const WorkspaceLayout&) = default;
};

/// Everything about an open project: top bar, messages, banner, panels, status line.
class Workspace : public QWidget
{
    Q_OBJECT

public:
    using SourceReader = std::function<Result<std::string>(const std::string& file)>;

    Workspace(const PanelContext& context,
              const Session& session,
              JobRunner& runner,
              SourceReader source,
              const Actions& actions,
              QWidget* parent = nullptr);

    TopBar& topBar() { return *m_topBar; }

    GraphPanel& graph() { return *m_graph; }

    RevisionsPanel& revisions() { return *m_revisions; }

    InspectorPanel& inspector() { return *m_inspector; }

    ProblemsPanel& problems() { return *m_problems; }

    LogPanel& log() { return *m_log; }

    StatusLine& statusLine() { return *m_statusLine; }

    void showTab(BottomTab tab);
    /// The diagnosis in full, with room to read it.
    void showDiagnosis();
    /// The row of a table among the tables; its live definition where it is a version table, which
    /// is not among them.
    void showTable(const QString& name);
    void focusNextPane(bool forward);
    WorkspaceLayout savedLayout() const;
    /// An empty layout gives the built-in sizes.
    void restoreLayout(const WorkspaceLayout& layout);

Q_SIGNALS:
    void messageDismissed(const QString& bar);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void createPanels(JobRunner& runner, SourceReader source);
    void createMessages(QVBoxLayout& layout);
    void createBottom();
    void createLayout();
    void refreshMessages();
    void refreshFrame();
    void arrangeByDefault();

    PanelContext m_context;
    const Session& m_session;
    TopBar* m_topBar;
    StatusLine* m_statusLine;
    MessageBar* m_startMessage;
    MessageBar* m_filesMessage;
    MessageBar* m_databaseMessage;
    MessageBar* m_notice;
    QWidget* m_banner = nullptr;
    RevisionsPanel* m_revisions = nullptr;
    GraphPanel* m_graph = nullptr;
    InspectorPanel* m_inspector = nullptr;
    ProblemsPanel* m_problems = nullptr;
    QWidget* m_diagnosis = nullptr;
    LogPanel* m_log = nullptr;
    TablesPanel* m_tables = nullptr;
    SchemaPanel* m_schema = nullptr;
    QWidget* m_compare = nullptr;
    QTabWidget* m_bottom;
    QSplitter* m_columns;
    QSplitter* m_rows;
};

} // namespace sightglass
