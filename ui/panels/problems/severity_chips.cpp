// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/problems/severity_chips.h"

#include "ui/panels/revision_facts.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"

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
    setFindings({});
}

void SeverityChips::setFindings(std::span<const Finding> findings)
{
    std::array<int, severities> counts{};
    for (const Finding& finding : findings)
        ++counts[static_cast<std::size_t>(finding.severity)];
    for (std::size_t i = 0; i < severities; ++i) {
        const QString word = severityWord(static_cast<Severity>(i));
        m_buttons[i]->setText(QStringLiteral("%1 %2").arg(word).arg(counts[i]));
        m_buttons[i]->setVisible(counts[i] > 0);
        m_buttons[i]->setAccessibleName(tr("Show %1 problems: %2").arg(word).arg(counts[i]));
    }
    m_buttons[severities]->setText(tr("All %1").arg(findings.size()));
    m_buttons[severities]->setAccessibleName(tr("Show all problems"));
    if (m_chosen >= 0 && counts[static_cast<std::size_t>(m_chosen)] == 0)
        m_chosen = -1;
    choose(m_chosen);
}

bool SeverityChips::shows(Severity severity) const
{
    return m_chosen < 0 || m_chosen == static_cast<int>(severity);
}

void SeverityChips::choose(int severity)
{
    m_chosen = severity;
    for (std::size_t i = 0; i < severities; ++i)
        m_buttons[i]->setChecked(static_cast<int>(i) == severity);
    m_buttons[severities]->setChecked(severity < 0);
    Q_EMIT changed();
}

} // namespace sightglass
