// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/problems/severity_chips.h"

#include "ui/panels/revision_facts.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"

#include <numeric>

namespace sightglass {

SeverityChips::SeverityChips(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto* layout = new FlowLayout(6, this);
    const auto add = [&](std::size_t at, int severity, Tone tone, const QString& name) {
        auto* chip = new ChipButton(m_theme, tone, this);
        chip->setObjectName(QStringLiteral("chip") + name);
        m_buttons[at] = chip;
        layout->addWidget(chip);
        connect(chip, &QToolButton::clicked, this, [this, severity] { choose(severity); });
    };
    add(severities, -1, Tone::Neutral, QStringLiteral("All"));
    for (std::size_t i = 0; i < severities; ++i) {
        const auto severity = static_cast<Severity>(i);
        add(i, static_cast<int>(i), Theme::toneOf(severity), severityWord(severity));
    }
    setCounts({}, {});
}

void SeverityChips::setCounts(const Counts& shown, const Counts& all)
{
    for (std::size_t i = 0; i < severities; ++i) {
        const QString word = severityWord(static_cast<Severity>(i));
        m_buttons[i]->setText(QStringLiteral("%1 %2").arg(word).arg(shown[i]));
        m_buttons[i]->setVisible(all[i] > 0);
        m_buttons[i]->setAccessibleName(tr("Show %1 problems: %2").arg(word).arg(shown[i]));
    }
    const int sum = std::accumulate(shown.begin(), shown.end(), 0);
    m_buttons[severities]->setText(tr("All %1").arg(sum));
    m_buttons[severities]->setAccessibleName(tr("Show all problems: %1").arg(sum));
    if (m_chosen >= 0 && all[static_cast<std::size_t>(m_chosen)] == 0)
        m_chosen = -1;
    refreshChecks();
    // A chip's width is that of its text.
    layout()->invalidate();
}

bool SeverityChips::shows(Severity severity) const
{
    return m_chosen < 0 || m_chosen == static_cast<int>(severity);
}

void SeverityChips::choose(int severity)
{
    m_chosen = severity;
    refreshChecks();
    Q_EMIT changed();
}

void SeverityChips::refreshChecks()
{
    for (std::size_t i = 0; i < severities; ++i)
        m_buttons[i]->setChecked(static_cast<int>(i) == m_chosen);
    m_buttons[severities]->setChecked(m_chosen < 0);
}

} // namespace sightglass
