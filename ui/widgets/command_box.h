// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QWidget>

namespace sightglass {

/// A command or statement in the code font with a button that copies it.
class CommandBox : public QWidget
{
    Q_OBJECT

public:
    CommandBox(const Theme& theme, const QString& command, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

/// The number of a step in a circle.
class StepNumber : public QWidget
{
    Q_OBJECT

public:
    StepNumber(const Theme& theme, int number, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    int m_number;
};

} // namespace sightglass
