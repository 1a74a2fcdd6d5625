// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/loss_card.h"

#include "core/report/loss_words.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/text.h"
#include "ui/widgets/flow_text.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {

constexpr int roomInside = 18;
constexpr std::size_t mostLosses = 60;
constexpr std::size_t mostUnknown = 5;

QString cell(const QString& html, bool number = false)
{
    return QStringLiteral("<td style=\"padding:3px 14px 3px 0\"%2>%1</td>")
        .arg(html, number ? QStringLiteral(" align=\"right\"") : QString());
}

QString headCell(const QString& text, bool number = false)
{
    return QStringLiteral(
               "<td style=\"padding:3px 14px 3px 0\"%2><span class=\"dim\">%1</span></td>")
        .arg(text, number ? QStringLiteral(" align=\"right\"") : QString());
}

QString shown(const std::string& text)
{
    return toQString(text).toHtmlEscaped();
}

QString placeOf(const Theme& theme, const Loss& loss)
{
    if (loss.revision.empty())
        return {};
    const QString line =
        loss.span.line > 0 ? LossCard::tr(", line %1").arg(loss.span.line) : QString();
    return linkHtml(theme, QStringLiteral("revision"), toQString(loss.revision)) + line;
}

QString objectOf(const Theme& theme, const Loss& loss, const LossLine& line)
{
    const QString table = toQString(toText(loss.table));
    QString html = shown(line.object);
    html.replace(table.toHtmlEscaped(), linkHtml(theme, QStringLiteral("table"), table));
    if (!line.with.empty())
        html += QStringLiteral("<br><span class=\"dim\">%1</span>")
                    .arg(LossCard::tr("with it: %1").arg(shown(line.with)));
    return html;
}

QString tableHtml(const Theme& theme, const LossAssessment& loss)
{
    QString html = QStringLiteral("<table width=\"100%\" cellspacing=\"0\"><tr>") +
                   headCell(LossCard::tr("What")) + headCell(LossCard::tr("How")) +
                   headCell(LossCard::tr("Rows"), true) + headCell(LossCard::tr("Size"), true) +
                   headCell(LossCard::tr("Made by")) + headCell(LossCard::tr("Where")) +
                   QStringLiteral("</tr>");
    const std::vector<LossLine> lines = lossLines(loss);
    for (std::size_t i = 0; i < std::min(lines.size(), mostLosses); ++i) {
        const LossLine& line = lines[i];
        html += QStringLiteral("<tr>") + cell(objectOf(theme, loss.losses[i], line)) +
                cell(shown(line.what)) + cell(shown(line.rows), true) +
                cell(shown(line.size), true) + cell(shown(line.owner)) +
                cell(placeOf(theme, loss.losses[i])) + QStringLiteral("</tr>");
    }
    html += QStringLiteral("</table>");
    if (lines.size() > mostLosses)
        html += QStringLiteral("<p class=\"dim\">%1</p>")
                    .arg(LossCard::tr("and %1 more").arg(lines.size() - mostLosses));
    return html;
}

QString unknownHtml(const LossAssessment& loss)
{
    QString html;
    for (std::size_t i = 0; i < std::min(loss.unknown.size(), mostUnknown); ++i)
        html += QStringLiteral("<p class=\"warning\">%1</p>")
                    .arg(LossCard::tr("May destroy more: %1").arg(shown(loss.unknown[i])));
    if (loss.unknown.size() > mostUnknown)
        html += QStringLiteral("<p class=\"warning\">%1</p>")
                    .arg(LossCard::tr("and %1 more that may destroy something")
                             .arg(loss.unknown.size() - mostUnknown));
    return html;
}

Pill markOf(const LossAssessment& loss)
{
    if (loss.tables() + loss.columns() > 0)
        return {.text = LossCard::tr("rows are lost"), .tone = Tone::Danger};
    if (!loss.unknown.empty())
        return {.text = LossCard::tr("not known"), .tone = Tone::Warning};
    return {.text = LossCard::tr("nothing is lost"), .tone = Tone::Good};
}

} // namespace

LossCard::LossCard(const Theme& theme,
                   const LossAssessment& loss,
                   const std::function<void(const QUrl&)>& open,
                   QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("lossCard"));
    setAccessibleName(tr("What an upgrade would destroy"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside - 4, roomInside, roomInside - 4);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(9);
    auto* mark = new PillLabel(theme);
    mark->setPill(markOf(loss));
    head->addWidget(mark, 0, Qt::AlignTop);
    auto* summary = new TextLabel(theme, {}, toQString(lossSummary(loss)));
    summary->setObjectName(QStringLiteral("lossSummary"));
    head->addWidget(summary, 1);
    layout->addLayout(head);
    if (loss.losses.empty() && loss.unknown.empty())
        return;
    auto* text = new FlowText(theme);
    text->setObjectName(QStringLiteral("lossTable"));
    text->setAccessibleName(accessibleName());
    text->setRich((loss.losses.empty() ? QString() : tableHtml(theme, loss)) + unknownHtml(loss));
    connect(text, &QTextBrowser::anchorClicked, this, open);
    layout->addWidget(text);
}

} // namespace sightglass
