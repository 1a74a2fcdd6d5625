// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/evidence_card.h"

#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/mark_row.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <optional>

namespace sightglass {

namespace {
constexpr int roomInside = 18;
constexpr int leastColumn = 340;
constexpr std::size_t mostItems = 40; ///< more than that nobody reads; the rest is counted

QWidget* evidenceRow(const Theme& theme,
                     const Inspection& inspection,
                     const Evidence& evidence,
                     const std::function<void(const Evidence&, const QUrl&)>& open)
{
    return markRow(
        theme,
        {.mark = gradePill(evidence.grade),
         .markWidth =
             widestMark(theme, {gradePill(Grade::Read).text, gradePill(Grade::Asked).text}),
         .html = evidenceHtml(theme, inspection, evidence),
         .spoken = toQString(evidence.text),
         .toolTip = gradeSentence(evidence.grade)},
        [open, evidence](const QUrl& link) { open(evidence, link); },
        QStringLiteral("evidenceLink"));
}

Pill answerPill(const std::optional<bool>& ok)
{
    if (!ok)
        return {.text = ChecklistCard::tr("not known"), .tone = Tone::Neutral};
    return *ok ? Pill{.text = ChecklistCard::tr("yes"), .tone = Tone::Good}
               : Pill{.text = ChecklistCard::tr("no"), .tone = Tone::Danger};
}

QWidget* checklistRow(const Theme& theme,
                      const Inspection& inspection,
                      const ChecklistItem& item,
                      const std::function<void(const QUrl&)>& open)
{
    return markRow(
        theme,
        {.mark = answerPill(item.ok),
         .markWidth = widestMark(theme, {answerPill(std::nullopt).text}),
         .html = QStringLiteral("%1 <span style=\"color:%2\">%3</span>")
                     .arg(toQString(item.item).toHtmlEscaped(),
                          theme.colors().dim.name(),
                          evidenceHtml(theme, inspection, {.text = item.evidence})),
         .spoken = toQString(item.item) + QStringLiteral(". ") + toQString(item.evidence),
         .toolTip = {}},
        open,
        QStringLiteral("checklistLink"));
}

void addRest(ColumnsLayout& layout, const Theme& theme, std::size_t count)
{
    if (count > mostItems)
        layout.addWidget(new TextLabel(
            theme, {.dim = true}, EvidenceCard::tr("and %1 more").arg(count - mostItems)));
}

} // namespace

EvidenceCard::EvidenceCard(const Theme& theme,
                           const Inspection& inspection,
                           const std::function<void(const Evidence&, const QUrl&)>& open,
                           QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("evidence"));
    setAccessibleName(tr("Evidence"));
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    const std::vector<Evidence>& evidence = inspection.diagnosis.evidence;
    for (std::size_t i = 0; i < evidence.size() && i < mostItems; ++i)
        layout->addWidget(evidenceRow(theme, inspection, evidence[i], open));
    addRest(*layout, theme, evidence.size());
}

ChecklistCard::ChecklistCard(const Theme& theme,
                             const Inspection& inspection,
                             std::span<const ChecklistItem> items,
                             const QString& title,
                             const std::function<void(const QUrl&)>& open,
                             QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("checklist"));
    setAccessibleName(title);
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    for (std::size_t i = 0; i < items.size() && i < mostItems; ++i)
        layout->addWidget(checklistRow(theme, inspection, items[i], open));
    addRest(*layout, theme, items.size());
}

} // namespace sightglass
