// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QToolButton>

namespace sightglass {

/// A pill that can be switched on: one choice of a filter.
class ChipButton : public QToolButton
{
    Q_OBJECT

public:
    ChipButton(const Theme& theme, Tone tone, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Tone m_tone;
};

} // namespace sightglass
