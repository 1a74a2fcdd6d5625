// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/actions.h"

#include <QWidget>

namespace sightglass {

QString shownText(ActionGroup group)
{
    switch (group) {
    case ActionGroup::File:
        return QStringLiteral("File");
    case ActionGroup::View:
        return QStringLiteral("View");
    case ActionGroup::Go:
        return QStringLiteral("Go");
    case ActionGroup::Help:
        return QStringLiteral("Help");
    }
    return {};
}

Actions::Actions(QWidget* window)
    : QObject(window)
    , m_window(window)
{}

QAction*
Actions::add(const ActionDescription& description, QObject* receiver, std::function<void()> run)
{
    auto* action = new QAction(description.text, this);
    action->setObjectName(description.id);
    action->setShortcuts(description.shortcuts);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setWhatsThis(description.help);
    action->setToolTip(description.help.isEmpty() ? description.text : description.help);
    connect(action, &QAction::triggered, receiver, [run = std::move(run)] { run(); });
    m_window->addAction(action);
    m_entries.push_back({.group = description.group, .action = action});
    return action;
}

QAction* Actions::find(const QString& id) const
{
    for (const Entry& entry : m_entries) {
        if (entry.action->objectName() == id)
            return entry.action;
    }
    return nullptr;
}

void Actions::setAvailable(QAction* action, bool available, const QString& reason)
{
    action->setEnabled(available);
    const QString help = action->whatsThis().isEmpty() ? action->text() : action->whatsThis();
    action->setToolTip(available ? help : reason);
    action->setStatusTip(available ? QString() : reason);
}

} // namespace sightglass
