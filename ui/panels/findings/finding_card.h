// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/state/requests.h"
#include "ui/widgets/card.h"

#include <functional>

class QPushButton;
class QVBoxLayout;

namespace sightglass {

/// What a card of a finding needs around it.
struct FindingCardContext
{
    const Theme& theme;
    Requests& requests;
    /// Path of a file as people know it: below the project's folder.
    std::function<QString(const std::string& file)> shownPath;
    /// Asked for each place that is clicked.
    std::function<void(const SourceSpan&)> open;
};

/// One finding with everything that is known of it, its safe form, and what can be done about it.
class FindingCard : public Card
{
    Q_OBJECT

public:
    FindingCard(const FindingCardContext& context,
                const Finding& finding,
                QWidget* parent = nullptr);

private:
    void addHeading(QVBoxLayout& layout);
    void addText(QVBoxLayout& layout);
    void addSafeForm(QVBoxLayout& layout);
    void addButtons(QVBoxLayout& layout);
    QPushButton* button(const char* name, const QString& text);
    QString placesHtml() const;

    FindingCardContext m_context;
    Finding m_finding;
};

} // namespace sightglass
