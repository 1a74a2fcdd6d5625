// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings/finding_list.h"

#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr std::size_t cardsAtOnce = 6; ///< a card takes one to two milliseconds
} // namespace

FindingList::FindingList(const FindingCardContext& context, QWidget* parent)
    : PageArea(parent)
    , m_context(context)
{
    setObjectName(QStringLiteral("findings"));
    setAccessibleName(tr("Findings"));
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, &FindingList::addCards);
}

void FindingList::showFindings(std::vector<Finding> findings, const QString& words)
{
    m_more.stop();
    m_findings = std::move(findings);
    m_shown = 0;
    auto* list = new QWidget;
    m_layout = new QVBoxLayout(list);
    m_layout->setContentsMargins(16, 12, 16, 12);
    m_layout->setSpacing(10);
    if (m_findings.empty())
        m_layout->addWidget(new TextLabel(m_context.theme, {.dim = true}, words));
    m_layout->addStretch(1);
    addCards();
    // What asked for other findings may stand on a card that goes now.
    if (QWidget* const old = takeWidget())
        old->deleteLater();
    setWidget(list);
}

void FindingList::addCards()
{
    const std::size_t last = std::min(m_findings.size(), mostCards);
    const std::size_t until = std::min(m_shown + cardsAtOnce, last);
    for (; m_shown < until; ++m_shown)
        m_layout->insertWidget(m_layout->count() - 1,
                               new FindingCard(m_context, m_findings[m_shown]));
    // At once: cards that are squeezed until the next event have their texts cut.
    followPage();
    if (m_shown < last) {
        m_more.start();
        return;
    }
    m_more.stop();
    if (m_findings.size() > mostCards)
        m_layout->insertWidget(
            m_layout->count() - 1,
            new TextLabel(
                m_context.theme,
                {.dim = true},
                tr("and %1 more in the list of problems").arg(m_findings.size() - mostCards)));
}

} // namespace sightglass
