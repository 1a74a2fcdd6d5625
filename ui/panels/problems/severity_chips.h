// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "ui/theme.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace sightglass {

/// "All 6", "Critical 3", …: which severities the problems list shows. One at a time, or all.
class SeverityChips : public QWidget
{
    Q_OBJECT

public:
    explicit SeverityChips(const Theme& theme, QWidget* parent = nullptr);
    using Counts = std::array<int, 5>; ///< by severity

    /// Every chip says how many the other filters leave (`shown`); those of which there are none at
    /// all are hidden.
    void setCounts(const Counts& shown, const Counts& all);
    /// True when findings of this severity are to be shown.
    bool shows(Severity severity) const;

Q_SIGNALS:
    void changed();

private:
    static constexpr std::size_t severities = 5;

    void choose(int severity);
    void refreshChecks();

    const Theme& m_theme;
    std::array<QToolButton*, severities + 1> m_buttons{}; ///< the last is "All"
    int m_chosen = -1;                                    ///< -1: all
};

} // namespace sightglass
