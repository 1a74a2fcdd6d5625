// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/shortcut_sheet.h"

#include "ui/main_window/actions.h"
#include "ui/main_window/key_caps.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <array>

namespace sightglass {

namespace {

struct PanelKeys
{
    const char* text;
    int keys;
};

/// Keys that a list or the map answers while it has the focus; they are no actions of the window.
constexpr std::array<PanelKeys, 5> panelKeys{{
    {"Row above, below; on the map: along an edge", Qt::Key_Up},
    {"Head, while the map has the focus", Qt::Key_H},
    {"Database position, while the map has the focus", Qt::Key_C},
    {"Go to what a problem is about", Qt::Key_Return},
    {"Leave the palette, the filter, a dialog", Qt::Key_Escape},
}};

void addRow(QGridLayout& grid, const QString& text, const QList<QKeySequence>& shortcuts)
{
    const int row = grid.rowCount();
    grid.addWidget(new QLabel(text), row, 0);
    auto* alternatives = new QHBoxLayout;
    alternatives->setSpacing(14);
    for (const QKeySequence& keys : shortcuts)
        alternatives->addWidget(new KeyCaps(keys));
    alternatives->addStretch();
    grid.addLayout(alternatives, row, 1);
}

void addTitle(QGridLayout& grid, const QString& text)
{
    auto* title = new QLabel(text);
    title->setProperty("role", QStringLiteral("cardTitle"));
    title->setContentsMargins(0, 10, 0, 2);
    grid.addWidget(title, grid.rowCount(), 0, 1, 2);
}

} // namespace

ShortcutSheet::ShortcutSheet(const Actions& actions, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutSheet"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Keyboard shortcuts"));
    auto* page = new QWidget(this);
    auto* grid = new QGridLayout(page);
    grid->setHorizontalSpacing(14);
    grid->setColumnStretch(1, 1);
    for (const ActionGroup group :
         {ActionGroup::File, ActionGroup::View, ActionGroup::Go, ActionGroup::Help}) {
        addTitle(*grid, shownText(group));
        for (const Actions::Entry& entry : actions.all()) {
            if (entry.group == group && !entry.action->shortcuts().isEmpty())
                addRow(*grid, entry.action->text(), entry.action->shortcuts());
        }
    }
    addTitle(*grid, QStringLiteral("Lists and map"));
    for (const PanelKeys& keys : panelKeys)
        addRow(*grid, QLatin1String(keys.text), {QKeySequence(keys.keys)});
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(page->sizeHint().width() +
                            scroll->verticalScrollBar()->sizeHint().width());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    resize(620, 680);
}

} // namespace sightglass
