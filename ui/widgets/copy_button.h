// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QToolButton>

namespace sightglass {

/// Puts one text on the clipboard and says so.
class CopyButton : public QToolButton
{
    Q_OBJECT

public:
    /// `what` names the thing for people: "Copy revision id".
    CopyButton(const Theme& theme, const QString& what, QWidget* parent = nullptr);

    void setText(const QString& text) { m_text = text; }

    QString text() const { return m_text; }

private:
    void copy();
    void useTheme();

    const Theme& m_theme;
    QString m_text;
};

} // namespace sightglass
