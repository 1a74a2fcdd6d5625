// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/schema_change_html.h"

#include "core/history/downgrades.h"
#include "core/report/downgrade_words.h"
#include "ui/panels/inspector/operations_html.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t mostDifferences = 500;
constexpr std::size_t mostNotes = 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::SchemaChange", text);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString definition(const std::string& text)
{
    return text.empty() ? QStringLiteral("<span class=\"o\">%1</span>").arg(tr("not there"))
                        : QStringLiteral("<span class=\"c\">%1</span>").arg(escaped(text));
}

QString nameOf(const Difference& difference)
{
    return toQString(difference.part.empty() ? toText(difference.object) : difference.part);
}

QString doubtWords(const Doubt& doubt)
{
    QString about = toQString(toText(doubt.table));
    if (!doubt.column.empty())
        about += QLatin1Char('.') + toQString(doubt.column);
    if (about.isEmpty())
        return toQString(doubt.reason);
    return QStringLiteral("%1: %2").arg(about, toQString(doubt.reason));
}

QString differenceWords(const Difference& difference, DifferenceWords words)
{
    const QString what =
        QStringLiteral("%1 %2").arg(toQString(difference.kind), nameOf(difference));
    const bool sides = words == DifferenceWords::Sides;
    switch (difference.change) {
    case Difference::Change::OnlyRight:
        return (sides ? tr("Only on the right: %1") : tr("Adds %1")).arg(what);
    case Difference::Change::OnlyLeft:
        return (sides ? tr("Only on the left: %1") : tr("Drops %1")).arg(what);
    case Difference::Change::Differs:
        break;
    }
    return (sides ? tr("Differs: %1") : tr("Changes %1")).arg(what);
}

/// Sign, class and rows of one difference.
QString differenceRows(const Difference& difference, DifferenceWords words)
{
    struct Look
    {
        char16_t sign;
        const char* style;
    };

    const Look look = difference.change == Difference::Change::OnlyRight ? Look{u'+', "good"}
                      : difference.change == Difference::Change::OnlyLeft
                          ? Look{u'\u2212', "danger"}
                          : Look{u'~', "warning"};
    return QStringLiteral("<tr><td class=\"call\" colspan=\"2\"><span class=\"%1\"><b>%2 "
                          "%3</b></span></td></tr>"
                          "<tr><td class=\"row\" width=\"50%\">%4</td>"
                          "<td class=\"row\" width=\"50%\">%5</td></tr>")
        .arg(QLatin1String(look.style),
             QString(QChar(look.sign)),
             differenceWords(difference, words).toHtmlEscaped(),
             definition(difference.left),
             definition(difference.right));
}

QString listOf(const QStringList& items)
{
    QString html = QStringLiteral("<ul>");
    for (const QString& item : items)
        html += QStringLiteral("<li>%1</li>").arg(item.toHtmlEscaped());
    return html + QStringLiteral("</ul>");
}

void addNotes(const DowngradeAssessment& assessment, QStringList& notes)
{
    if (!assessment.reason.empty())
        notes << toQString(assessment.reason);
    for (const std::string& lost : assessment.loses)
        notes << tr("Loses %1").arg(toQString(lost));
    for (const Difference& remains : assessment.remains)
        notes << tr("Afterwards %1 %2 is not as before")
                     .arg(toQString(remains.kind),
                          toQString(toText(remains.object)) +
                              (remains.part.empty() ? QString()
                                                    : QLatin1Char('.') + toQString(remains.part)));
    if (notes.size() > static_cast<qsizetype>(mostNotes)) {
        const auto more = notes.size() - static_cast<qsizetype>(mostNotes);
        notes.resize(static_cast<qsizetype>(mostNotes));
        notes << tr("and %1 more").arg(more);
    }
}

} // namespace

SchemaChange schemaChangeOf(const History& history, RevisionIndex revision)
{
    const ReplayedSchema before = history.before(revision);
    const ReplayedSchema after = history.after(revision);
    SchemaChange change{.differences = differencesBetween(before.schema, after.schema)};
    for (const Doubt& doubt : after.doubts) {
        if (std::find(before.doubts.begin(), before.doubts.end(), doubt) == before.doubts.end())
            change.doubts.push_back(doubt);
    }
    const DowngradeAssessment down = assessDowngrade(history, revision);
    change.downgrade = tr("The downgrade %1.").arg(toQString(downgradeSentence(down.kind)));
    addNotes(down, change.downgradeNotes);
    return change;
}

QString differencesHtml(const std::vector<Difference>& differences, DifferenceWords words)
{
    QString body;
    const std::size_t shown = std::min(differences.size(), mostDifferences);
    const QualifiedName* object = nullptr;
    for (std::size_t i = 0; i < shown; ++i) {
        const Difference& difference = differences[i];
        if (object == nullptr || *object != difference.object) {
            body += (object == nullptr ? QString() : QStringLiteral("</table>")) +
                    QStringLiteral("<h3>%1</h3><table width=\"100%\" cellspacing=\"0\">")
                        .arg(escaped(toText(difference.object)));
            object = &difference.object;
        }
        body += differenceRows(difference, words);
    }
    if (object != nullptr)
        body += QStringLiteral("</table>");
    if (shown < differences.size())
        body += QStringLiteral("<p class=\"o\">%1</p>")
                    .arg(tr("and %1 more").arg(differences.size() - shown));
    return body;
}

QString schemaChangeHtml(const SchemaChange& change, const Theme& theme)
{
    QString body;
    if (change.differences.empty())
        body += QStringLiteral("<p class=\"o\">%1</p>")
                    .arg(change.doubts.empty()
                             ? tr("The upgrade leaves the schema as it is.")
                             : tr("No change of the schema is known; see the doubts below."));
    else
        body += QStringLiteral("<p class=\"o\">%1</p>")
                    .arg(tr("Left: before the upgrade. Right: after it."));
    body += differencesHtml(change.differences, DifferenceWords::Steps);
    if (!change.doubts.empty()) {
        QStringList doubts;
        for (std::size_t i = 0; i < change.doubts.size() && i < mostNotes; ++i)
            doubts << doubtWords(change.doubts[i]);
        if (change.doubts.size() > mostNotes)
            doubts << tr("and %1 more").arg(change.doubts.size() - mostNotes);
        body += QStringLiteral("<h3 class=\"warning\">%1 %2</h3>")
                    .arg(QChar(u'\u25C6'))
                    .arg(tr("Not known for certain")) +
                listOf(doubts);
    }
    body += QStringLiteral("<h3>%1</h3><p>%2</p>")
                .arg(tr("Downgrade"), change.downgrade.toHtmlEscaped());
    if (!change.downgradeNotes.isEmpty())
        body += listOf(change.downgradeNotes);
    body += QStringLiteral("<p><a href=\"schema:here\">%1</a></p>")
                .arg(tr("Show the whole schema at this revision"));
    return QStringLiteral("<html><head><style>%1 ul{margin:0 0 6px 0;-qt-list-indent:1} "
                          "li{margin:2px 0}</style></head><body>%2</body></html>")
        .arg(inspectorStyle(theme), body);
}

} // namespace sightglass
