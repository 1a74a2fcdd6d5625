// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/marks.h"
#include "ui/panels/panel.h"
#include "ui/state/session.h"
#include "ui/widgets/pill.h"

class QMenu;
class QToolButton;

namespace sightglass {

class Actions;

/// "swae on localhost:5432, schema habits, PostgreSQL 15.20": what was read of the database; the
/// target alone until it was read.
QString connectionText(const Inspection* inspection, const SessionState& session);

/// Project, environment, connection and the actions at its right.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    TopBar(const PanelContext& context,
           const Session& session,
           const Actions& actions,
           QWidget* parent);
    void setMenu(QMenu* menu);
    void openMenu();

private:
    void createLayout(const Actions& actions);
    void refresh();

    PanelContext m_context;
    const Session& m_session;
    QLabel* m_name;
    EnvironmentBadge* m_environment;
    ElidedLabel* m_connection;
    PillLabel* m_readOnly;
    ActionButton* m_connect;
    ActionButton* m_disconnect;
    QToolButton* m_menu;
};

} // namespace sightglass
