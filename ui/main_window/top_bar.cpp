// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/top_bar.h"

#include "core/diagnosis/diagnose.h"
#include "ui/main_window/actions.h"
#include "ui/text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace sightglass {

namespace {

std::string namespaceOf(const Inspection& inspection)
{
    const LiveState& live = *inspection.live;
    if (const VersionTable* table = versionTableOf(inspection.scripts->project, live))
        return table->name.schema;
    return live.server.searchPath.empty() ? std::string() : live.server.searchPath.front();
}

} // namespace

QString connectionText(const Inspection* inspection, const SessionState& session)
{
    if (session.target.isEmpty())
        return QStringLiteral("no database");
    if (inspection == nullptr || !inspection->live)
        return session.target;
    QString text = session.target;
    if (const std::string schema = namespaceOf(*inspection); !schema.empty())
        text += QStringLiteral(", schema %1").arg(toQString(schema));
    // "15.20 (Debian 15.20-0+deb12u1)": the packager's words are in the report.
    const std::string& version = inspection->live->server.versionText;
    return text +
           QStringLiteral(", PostgreSQL %1").arg(toQString(version.substr(0, version.find(' '))));
}

TopBar::TopBar(const PanelContext& context,
               const Session& session,
               const Actions& actions,
               QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_session(session)
    , m_name(new QLabel(this))
    , m_environment(new EnvironmentBadge(this))
    , m_connection(new ElidedLabel(this))
    , m_readOnly(new PillLabel(context.theme, this))
    , m_connect(new ActionButton(actions.find(QStringLiteral("connect")), this))
    , m_disconnect(new ActionButton(actions.find(QStringLiteral("disconnect")), this))
    , m_menu(new QToolButton(this))
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    createLayout(actions);
    connect(&session, &Session::changed, this, &TopBar::refresh);
    connect(&context.store, &InspectionStore::changed, this, &TopBar::refresh);
    connect(&context.theme, &Theme::changed, this, &TopBar::refresh);
    refresh();
}

void TopBar::createLayout(const Actions& actions)
{
    m_name->setObjectName(QStringLiteral("projectName"));
    m_connection->setObjectName(QStringLiteral("connectionText"));
    m_readOnly->setObjectName(QStringLiteral("readOnlyChip"));
    m_menu->setObjectName(QStringLiteral("menuButton"));
    m_menu->setAccessibleName(QStringLiteral("Menu"));
    m_menu->setToolTip(QStringLiteral("Menu (F10)"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(10);
    layout->addWidget(m_name);
    layout->addWidget(m_environment);
    layout->addWidget(m_connection);
    layout->addWidget(m_readOnly);
    layout->addStretch(1);
    layout->addWidget(new ActionButton(actions.find(QStringLiteral("refresh")), this));
    layout->addWidget(new ActionButton(actions.find(QStringLiteral("reviewBranch")), this));
    layout->addWidget(m_connect);
    layout->addWidget(m_disconnect);
    auto* open = new ActionButton(actions.find(QStringLiteral("openFolder")), this);
    open->setOwnText(QStringLiteral("Open…"));
    layout->addWidget(open);
    layout->addWidget(m_menu);
    m_connect->setOwnText(QStringLiteral("Connect…"));
}

void TopBar::setMenu(QMenu* menu)
{
    m_menu->setMenu(menu);
}

void TopBar::openMenu()
{
    m_menu->showMenu();
}

void TopBar::refresh()
{
    const SessionState& session = m_session.state();
    const Inspection* inspection = m_context.store.current().get();
    const bool asked = !session.target.isEmpty();
    m_name->setText(session.projectName.isEmpty() ? QStringLiteral("No migrations folder")
                                                  : session.projectName);
    m_name->setToolTip(session.projectPath);
    m_environment->setVisible(asked);
    m_environment->setEnvironment(session.environment);
    m_connection->setText(connectionText(inspection, session));
    const bool isRead = asked && inspection != nullptr && inspection->live != nullptr;
    m_readOnly->setPill(
        {.text = isRead ? QStringLiteral("read-only") : QString(), .tone = Tone::Accent});
    m_readOnly->setToolTip(
        QStringLiteral("The session can read and nothing else: the server refuses writes."));
    m_connect->setVisible(!asked);
    m_disconnect->setVisible(asked);
    setStyleProperty(m_connect, "kind", QStringLiteral("main"));
    m_menu->setIcon(m_context.theme.icon(QStringLiteral("menu")));
}

} // namespace sightglass
