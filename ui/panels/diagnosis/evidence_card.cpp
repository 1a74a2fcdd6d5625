// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/evidence_card.h"

#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int roomInside = 18;
constexpr int leastColumn = 340;
constexpr std::size_t mostItems = 200; ///< more than that nobody reads; the rest is counted

QHBoxLayout* rowLayout(QWidget* row)
{
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(9);
    return layout;
}

/// Width of the widest of some marks, so that the texts beside them start at one edge.
int widestPill(const Theme& theme, const QStringList& texts)
{
    double width = 0;
    for (const QString& text : texts)
        width = std::max(width, pillSize({.text = text}, theme.smallFont()).width());
    return static_cast<int>(width) + 1;
}

QWidget* evidenceRow(const Theme& theme,
                     const Inspection& inspection,
                     const Evidence& evidence,
                     const std::function<void(const Evidence&, const QUrl&)>& open)
{
    auto* row = new QWidget;
    QHBoxLayout* const layout = rowLayout(row);
    auto* grade = new PillLabel(theme);
    grade->setPill(gradePill(evidence.grade));
    grade->setLeastWidth(
        widestPill(theme, {gradePill(Grade::Read).text, gradePill(Grade::Asked).text}));
    grade->setToolTip(gradeSentence(evidence.grade));
    layout->addWidget(grade, 0, Qt::AlignTop);
    auto* text = new TextLabel(theme, {});
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    text->setAccessibleName(toQString(evidence.text));
    const QString html = evidenceHtml(theme, inspection, evidence);
    text->setRich(html);
    if (html.contains(QStringLiteral("<a href="))) {
        text->setObjectName(QStringLiteral("evidenceLink"));
        QObject::connect(text, &QLabel::linkActivated, text, [open, evidence](const QString& link) {
            open(evidence, QUrl(link));
        });
    }
    layout->addWidget(text, 1);
    return row;
}

QWidget* checklistRow(const Theme& theme, const ChecklistItem& item)
{
    auto* row = new QWidget;
    QHBoxLayout* const layout = rowLayout(row);
    auto* pill = new PillLabel(theme);
    if (!item.ok)
        pill->setPill({.text = ChecklistCard::tr("not known"), .tone = Tone::Neutral});
    else if (*item.ok)
        pill->setPill({.text = ChecklistCard::tr("yes"), .tone = Tone::Good});
    else
        pill->setPill({.text = ChecklistCard::tr("no"), .tone = Tone::Danger});
    pill->setLeastWidth(widestPill(theme, {ChecklistCard::tr("not known")}));
    layout->addWidget(pill, 0, Qt::AlignTop);
    auto* text = new TextLabel(theme, {});
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    const QString evidence = toQString(item.evidence).toHtmlEscaped();
    text->setRich(
        QStringLiteral("%1 <span style=\"color:%2\">%3</span>")
            .arg(toQString(item.item).toHtmlEscaped(), theme.colors().dim.name(), evidence));
    layout->addWidget(text, 1);
    return row;
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
                             std::span<const ChecklistItem> items,
                             const QString& title,
                             QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("checklist"));
    setAccessibleName(title);
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    for (std::size_t i = 0; i < items.size() && i < mostItems; ++i)
        layout->addWidget(checklistRow(theme, items[i]));
    addRest(*layout, theme, items.size());
}

} // namespace sightglass
