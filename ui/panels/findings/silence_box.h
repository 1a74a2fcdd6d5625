// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "ui/theme.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace sightglass {

class TextLabel;

/// Asks for the reason why a finding is accepted and shows the comment that says so, ready to be
/// copied. Nothing is written.
class SilenceBox : public QWidget
{
    Q_OBJECT

public:
    SilenceBox(const Theme& theme, const Finding& finding, QWidget* parent = nullptr);
    void begin(); ///< puts the cursor into the field

private:
    void refresh();

    Finding m_finding;
    QLineEdit* m_reason;
    TextLabel* m_line;
    QPushButton* m_copy;
};

} // namespace sightglass
