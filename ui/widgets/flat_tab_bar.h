// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QTabBar>

namespace sightglass {

/// Tabs as words on a line, the open one underlined in the accent.
class FlatTabBar : public QTabBar
{
    Q_OBJECT

public:
    explicit FlatTabBar(const Theme& theme, QWidget* parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    QFont tabFont(bool open) const;
    int roomBetween() const;

    const Theme& m_theme;
};

} // namespace sightglass
