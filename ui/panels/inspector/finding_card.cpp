// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/finding_card.h"

#include "ui/panels/problems/problems_model.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sightglass {

namespace {
constexpr int roomInside = 12;

TextLabel* placeLabel(const Theme& theme,
                      const SourceSpan& span,
                      const Inspection& inspection,
                      const std::function<void(const SourceSpan&)>& open)
{
    auto* label = new TextLabel(theme, {.size = TextSize::Code});
    label->setObjectName(QStringLiteral("findingPlace"));
    const QString path = pathInProject(inspection, span.file);
    const QString shown = span.line > 0 ? QStringLiteral("%1:%2").arg(path).arg(span.line) : path;
    label->setRich(
        QStringLiteral("<a href=\"open\" style=\"text-decoration:none; color:%1\">%2</a>")
            .arg(theme.colors().accent.name(), shown.toHtmlEscaped()));
    QObject::connect(
        label, &QLabel::linkActivated, label, [open, span](const QString&) { open(span); });
    return label;
}
} // namespace

FindingCard::FindingCard(const Theme& theme,
                         const Finding& finding,
                         const Inspection& inspection,
                         const std::function<void(const SourceSpan&)>& open,
                         QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("findingCard"));
    setAccessibleName(toQString(finding.title));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    layout->setSpacing(6);
    auto* heading = new QHBoxLayout;
    auto* pill = new PillLabel(theme);
    pill->setPill(severityPill(finding.severity));
    heading->addWidget(pill);
    heading->addWidget(
        new TextLabel(theme,
                      {.size = TextSize::Small, .dim = true},
                      QStringLiteral("%1, %2").arg(toQString(finding.rule),
                                                   toQString(toText(finding.confidence)))),
        1);
    layout->addLayout(heading);
    layout->addWidget(new TextLabel(theme, {.strong = true}, toQString(finding.title)));
    if (!finding.detail.empty())
        layout->addWidget(new TextLabel(theme, {}, toQString(finding.detail)));
    if (!finding.span.file.empty())
        layout->addWidget(placeLabel(theme, finding.span, inspection, open));
    for (const SourceSpan& span : finding.related) {
        if (!span.file.empty() && span != finding.span)
            layout->addWidget(placeLabel(theme, span, inspection, open));
    }
    if (!finding.fixes.empty())
        layout->addWidget(new TextLabel(theme, {.tone = Tone::Accent}, fixText(finding)));
}

} // namespace sightglass
