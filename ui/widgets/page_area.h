// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace sightglass {

/// Scrolls a page of texts that wrap. QScrollArea asks such a page how high it has to be at the
/// width without a scroll bar, also where there is one, and then the last lines are cut; here it is
/// asked at the width that it gets.
class PageArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit PageArea(QWidget* parent = nullptr);

    /// Gives the page the height that it needs now; else that follows with the next event.
    void followPage();
    bool eventFilter(QObject* object, QEvent* event) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace sightglass
