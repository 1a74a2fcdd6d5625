// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QRectF>
#include <QString>
#include <QWidget>

class QPainter;

namespace sightglass {

/// A small rounded mark: "head", "3 critical", "DEV". One look for cards, rows and pages.
struct Pill
{
    QString text;
    Tone tone = Tone::Neutral;
    bool outlined = false;
    friend bool operator==(const Pill&, const Pill&) = default;
};

QSizeF pillSize(const Pill& pill, const QFont& font);
/// Paints at the top left of `area`, elided to its width; gives the rectangle used. `leastWidth`
/// makes marks of a column equally wide.
QRectF paintPill(QPainter& painter,
                 const QRectF& area,
                 const Pill& pill,
                 const Theme& theme,
                 const QFont& font,
                 double leastWidth = 0);

/// The same as a widget.
class PillLabel : public QWidget
{
    Q_OBJECT

public:
    explicit PillLabel(const Theme& theme, QWidget* parent = nullptr);
    void setPill(const Pill& pill);
    /// Makes marks that stand below each other equally wide.
    void setLeastWidth(int pixels);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Pill m_pill;
    int m_leastWidth = 0;
};

} // namespace sightglass
