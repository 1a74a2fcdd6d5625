// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sightglass {

struct Error;

/// The sentences of an error for a person: place, fact, next step.
QString shownText(const Error& error);

/// One sentence that stays in sight without stopping anybody, with one button at most.
class MessageBar : public QWidget
{
    Q_OBJECT

public:
    MessageBar(const Theme& theme, const QString& name, QWidget* parent = nullptr);

    /// Empty text hides the bar, empty button text the button.
    void setMessage(Tone tone, const QString& text, const QString& buttonText);
    QString text() const;

Q_SIGNALS:
    void buttonPressed();
    void dismissed();

private:
    void refreshIcon();

    const Theme& m_theme;
    Tone m_tone = Tone::Neutral;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
    QPushButton* m_close;
};

} // namespace sightglass
