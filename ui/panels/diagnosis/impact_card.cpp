// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/impact_card.h"

#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/mark_row.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"

#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {

constexpr int roomInside = 18;
constexpr std::size_t mostEvidence = 5;

/// The sentence of a scenario with links, and behind it a link for each piece of evidence that it
/// does not name.
QString scenarioHtml(const Theme& theme, const Inspection& inspection, const Scenario& scenario)
{
    QString html = QStringLiteral("<b>%1.</b> ").arg(toQString(scenario.title).toHtmlEscaped()) +
                   evidenceHtml(theme, inspection, {.text = scenario.text});
    if (scenario.needsRehearsal)
        html += QStringLiteral(" <span style=\"color:%1\">%2</span>")
                    .arg(theme.colors().dim.name(), ImpactCard::tr("A rehearsal would settle it."));
    QStringList links;
    for (std::size_t i = 0; i < std::min(scenario.evidence.size(), mostEvidence); ++i) {
        const Evidence& each = scenario.evidence[i];
        const QString name = toQString(each.text);
        if (!each.revision.empty()) {
            const QString link =
                linkHtml(theme, QStringLiteral("revision"), toQString(each.revision));
            if (!html.contains(link))
                links << link;
        } else if (!each.span.file.empty()) {
            links << linkHtml(theme, QStringLiteral("place"), QString::number(i), name);
        } else {
            links << name.toHtmlEscaped();
        }
    }
    return links.isEmpty() ? html : html + QLatin1Char(' ') + links.join(QStringLiteral(", "));
}

/// The piece of evidence that a link was made of.
Evidence evidenceOf(const Scenario& scenario, const QUrl& link)
{
    const QString target = linkTarget(link);
    if (link.scheme() == QStringLiteral("place")) {
        const auto number = target.toULongLong();
        return number < scenario.evidence.size() ? scenario.evidence[number] : Evidence{};
    }
    const auto found = std::ranges::find(scenario.evidence, toStd(target), &Evidence::revision);
    return found == scenario.evidence.end() ? Evidence{} : *found;
}

/// An upgrade that comes to its end on a database that is not well repairs nothing: no green for
/// it.
Pill pillOf(const Inspection& inspection, const Scenario& scenario)
{
    Pill pill = outcomePill(scenario.outcome);
    const bool ofNew = scenario.id == "fresh-database";
    if (pill.tone == Tone::Good && !ofNew && isUnhealthy(inspection.diagnosis.state))
        return {.text = pill.text, .tone = Tone::Neutral, .outlined = true};
    return pill;
}

} // namespace

Pill outcomePill(Scenario::Outcome outcome)
{
    switch (outcome) {
    case Scenario::Outcome::Works:
        return {.text = ImpactCard::tr("works"), .tone = Tone::Good};
    case Scenario::Outcome::Stops:
        return {.text = ImpactCard::tr("stops"), .tone = Tone::Danger};
    case Scenario::Outcome::LosesData:
        return {.text = ImpactCard::tr("loses data"), .tone = Tone::Danger};
    case Scenario::Outcome::Risky:
        return {.text = ImpactCard::tr("risky"), .tone = Tone::Warning};
    case Scenario::Outcome::NotKnown:
        break;
    }
    return {.text = ImpactCard::tr("not known"), .outlined = true};
}

std::vector<ChecklistItem> cleanStartItems(const Impact& impact)
{
    std::vector<ChecklistItem> items;
    for (const CleanStartItem& each : impact.cleanStart) {
        ChecklistItem item{.item = each.item, .ok = each.ok, .evidence = each.evidence};
        if (each.needsRehearsal && each.evidence.find("rehearsal") == std::string::npos)
            item.evidence += (item.evidence.empty() ? "" : "; ") +
                             toStd(ImpactCard::tr("a rehearsal would show it"));
        items.push_back(std::move(item));
    }
    return items;
}

ImpactCard::ImpactCard(const Theme& theme,
                       const Inspection& inspection,
                       const Impact& impact,
                       const std::function<void(const Evidence&, const QUrl&)>& open,
                       QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("impactCard"));
    setAccessibleName(tr("What running the chain would mean"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside - 4, roomInside, roomInside - 4);
    layout->setSpacing(9);
    const int markWidth = widestMark(theme,
                                     {outcomePill(Scenario::Outcome::LosesData).text,
                                      outcomePill(Scenario::Outcome::NotKnown).text});
    for (const Scenario& scenario : impact.scenarios)
        layout->addWidget(markRow(
            theme,
            {.mark = pillOf(inspection, scenario),
             .markWidth = markWidth,
             .html = scenarioHtml(theme, inspection, scenario),
             .spoken = toQString(scenario.title) + QStringLiteral(". ") + toQString(scenario.text),
             .toolTip = {}},
            [open, scenario](const QUrl& link) { open(evidenceOf(scenario, link), link); },
            QStringLiteral("scenarioLink")));
}

} // namespace sightglass
