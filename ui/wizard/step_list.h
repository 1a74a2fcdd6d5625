// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QStringList>
#include <QWidget>

namespace sightglass {

/// The steps of a wizard below its title: done ones with a tick, the current one marked.
class StepList : public QWidget
{
    Q_OBJECT

public:
    StepList(const Theme& theme, const QString& title, QWidget* parent = nullptr);

    void addStep(const QString& name);
    void setCurrent(int step);

    int current() const { return m_current; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    void paintStep(QPainter& painter, int step, const QRect& row) const;

    const Theme& m_theme;
    QString m_title;
    QStringList m_names;
    int m_current = 0;
};

} // namespace sightglass
