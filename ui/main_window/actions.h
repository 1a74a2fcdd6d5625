// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <functional>
#include <vector>

namespace sightglass {

/// Groups of actions, in the order of menus and of the shortcut sheet.
enum class ActionGroup
{
    File,
    View,
    Go,
    Help
};

QString shownText(ActionGroup group);

/// What an action is made of.
struct ActionDescription
{
    QString id; ///< object name, stable
    ActionGroup group = ActionGroup::File;
    QString text; ///< as in a menu
    QList<QKeySequence> shortcuts;
    QString help; ///< one sentence for tooltip and sheet; empty: the text says it
};

/// Every action of the window, once. Menus, buttons, the go-to palette and the shortcut sheet read
/// it.
class Actions : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        ActionGroup group;
        QAction* action;
    };

    explicit Actions(QWidget* window);

    QAction*
    add(const ActionDescription& description, QObject* receiver, std::function<void()> run);
    QAction* find(const QString& id) const;

    const std::vector<Entry>& all() const { return m_entries; }

    /// `reason` is shown wherever the disabled action is.
    static void setAvailable(QAction* action, bool available, const QString& reason);

private:
    QWidget* m_window;
    std::vector<Entry> m_entries;
};

} // namespace sightglass
