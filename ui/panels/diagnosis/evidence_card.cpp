// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/evidence_card.h"

#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/revision_facts.h"
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

bool isLink(const Evidence& evidence)
{
    return !evidence.revision.empty() || !evidence.span.file.empty();
}

/// The sentence with its revision or its place as a link: where it is named, else behind it.
QString linkedSentence(const Theme& theme, const Evidence& evidence)
{
    const QString sentence = toQString(evidence.text).toHtmlEscaped();
    const QString shown =
        (evidence.revision.empty() ? placeText(evidence.span) : toQString(evidence.revision))
            .toHtmlEscaped();
    const QString link =
        QStringLiteral("<a href=\"show\" style=\"text-decoration:none; color:%1\">%2</a>")
            .arg(theme.colors().accent.name(), shown);
    const auto at = sentence.indexOf(shown);
    if (at < 0)
        return sentence + QLatin1Char(' ') + link;
    return sentence.left(at) + link + sentence.mid(at + shown.size());
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
                     const Evidence& evidence,
                     const std::function<void(const Evidence&)>& open)
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
    if (isLink(evidence)) {
        text->setRich(linkedSentence(theme, evidence));
        text->setObjectName(QStringLiteral("evidenceLink"));
        QObject::connect(text, &QLabel::linkActivated, text, [open, evidence](const QString&) {
            open(evidence);
        });
    } else {
        text->setText(toQString(evidence.text));
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
                           std::span<const Evidence> evidence,
                           const std::function<void(const Evidence&)>& open,
                           QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("evidence"));
    setAccessibleName(tr("Evidence"));
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    for (std::size_t i = 0; i < evidence.size() && i < mostItems; ++i)
        layout->addWidget(evidenceRow(theme, evidence[i], open));
    addRest(*layout, theme, evidence.size());
}

ChecklistCard::ChecklistCard(const Theme& theme,
                             std::span<const ChecklistItem> items,
                             QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("checklist"));
    setAccessibleName(tr("Checklist"));
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    for (std::size_t i = 0; i < items.size() && i < mostItems; ++i)
        layout->addWidget(checklistRow(theme, items[i]));
    addRest(*layout, theme, items.size());
}

} // namespace sightglass
