// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QWidget>

namespace sightglass {

/// A rounded box on which a few things stand together; `Accent` is for the one recommended.
class Card : public QWidget
{
    Q_OBJECT

public:
    enum class Frame
    {
        Quiet,
        Accent
    };

    explicit Card(const Theme& theme, Frame frame = Frame::Quiet, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Frame m_frame;
};

} // namespace sightglass
