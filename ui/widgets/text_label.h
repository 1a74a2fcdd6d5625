// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QLabel>

namespace sightglass {

enum class TextSize
{
    Small,
    Text,
    Title,
    Code
};

struct TextLook
{
    TextSize size = TextSize::Text;
    bool strong = false;
    bool dim = false;
    Tone tone = Tone::Neutral; ///< Neutral is ink, or dim
};

/// Text in the theme's fonts and colours that can be selected and copied. Plain text unless
/// setRich() was used; wraps.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    TextLabel(const Theme& theme, const TextLook& look, QWidget* parent = nullptr);
    TextLabel(const Theme& theme,
              const TextLook& look,
              const QString& text,
              QWidget* parent = nullptr);
    void setLook(const TextLook& look);
    /// HTML; whatever came from outside has to be escaped by the caller.
    void setRich(const QString& html);

private:
    void useTheme();

    const Theme& m_theme;
    TextLook m_look;
};

/// One line that shows as much as fits, elided in its middle or at its end; the whole as tooltip.
class ElidedLine : public QWidget
{
    Q_OBJECT

public:
    ElidedLine(const Theme& theme,
               const TextLook& look,
               Qt::TextElideMode mode,
               QWidget* parent = nullptr);
    void setText(const QString& text);

    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    TextLook m_look;
    Qt::TextElideMode m_mode;
    QString m_text;
};

} // namespace sightglass
