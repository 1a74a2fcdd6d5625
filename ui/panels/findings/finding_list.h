// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/findings/finding_card.h"
#include "ui/widgets/page_area.h"

#include <QTimer>

#include <vector>

class QVBoxLayout;

namespace sightglass {

/// Findings as cards below each other. The first ones are there at once, the others follow while
/// the window stays fluid.
class FindingList : public PageArea
{
    Q_OBJECT

public:
    static constexpr std::size_t mostCards = 100;

    explicit FindingList(const FindingCardContext& context, QWidget* parent = nullptr);

    /// `words` are said where there are no findings.
    void showFindings(std::vector<Finding> findings, const QString& words);

private:
    void addCards();

    FindingCardContext m_context;
    std::vector<Finding> m_findings;
    std::size_t m_shown = 0;
    QVBoxLayout* m_layout = nullptr;
    QTimer m_more;
};

} // namespace sightglass
