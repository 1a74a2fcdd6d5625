// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page_area.h"

#include <QEvent>

namespace sightglass {

PageArea::PageArea(QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

bool PageArea::eventFilter(QObject* object, QEvent* event)
{
    if (object == widget() && event->type() == QEvent::LayoutRequest)
        followPage();
    return QScrollArea::eventFilter(object, event);
}

void PageArea::resizeEvent(QResizeEvent* event)
{
    followPage();
    QScrollArea::resizeEvent(event);
}

void PageArea::followPage()
{
    QWidget* const page = widget();
    if (page == nullptr || !page->hasHeightForWidth())
        return;
    const int needed = page->heightForWidth(viewport()->width());
    if (needed != page->minimumHeight())
        page->setMinimumHeight(needed);
}

} // namespace sightglass
