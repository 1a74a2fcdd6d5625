// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"

namespace sightglass {

Panel::Panel(const PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    connect(&context.store, &InspectionStore::changed, this, [this] {
        m_stale = true;
        if (isVisible())
            refresh();
    });
    connect(&context.theme, &Theme::changed, this, [this] {
        applyTheme();
        update();
    });
}

void Panel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ensureFresh();
}

void Panel::ensureFresh()
{
    if (m_stale)
        refresh();
}

void Panel::refresh()
{
    m_stale = false;
    showInspection(m_context.store.current());
}

} // namespace sightglass
