// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/operations_html.h"

#include "ui/panels/findings/finding_words.h"
#include "ui/panels/inspector/operation_review.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QUrl>

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// More are not put on one page; the words say so.
constexpr std::size_t mostOperations = 1000;
constexpr int roomAtRight = 12; ///< of a cell

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("sightglass::Operations", text, nullptr, count);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

/// A shape, a class of the style sheet and a word for each way of knowing an operation.
struct Sign
{
    char16_t shape;
    const char* style;
    const char* word;
};

constexpr Sign refusedSign{u'\u2716', "danger", "refused"};
/// Reviewed, and nothing was found.
constexpr Sign quietSign{u'\u2713', "good", "nothing found"};

Sign signOf(Resolution resolution)
{
    switch (resolution) {
    case Resolution::Resolved:
        return {u'\u25CB', "o", "resolved"};
    case Resolution::Conditional:
        return {u'\u25C6', "warning", "conditional"};
    case Resolution::Opaque:
        break;
    }
    return {u'\u25A0', "opaque", "opaque"};
}

const char* styleOf(Severity severity)
{
    switch (Theme::toneOf(severity)) {
    case Tone::Danger:
        return "danger";
    case Tone::Warning:
        return "warning";
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Good:
        return "o";
    }
    return "o";
}

QString findingLine(const Finding& finding)
{
    return QStringLiteral("<span class=\"%1\">%2.</span>")
        .arg(QLatin1String(styleOf(finding.severity)), escaped(finding.title));
}

QString moreFindings(std::size_t count)
{
    if (count == 0)
        return {};
    return QStringLiteral(" <a href=\"findings:here\">%1</a>")
        .arg(count == 1 ? tr("1 more finding") : tr("%1 more findings").arg(count));
}

QString placeLink(const SourceSpan& span, const std::string& ownFile)
{
    if (span.file.empty() || span.line <= 0)
        return {};
    const QString place =
        span.file == ownFile
            ? QCoreApplication::translate("sightglass::Operations", "line %1").arg(span.line)
            : placeText(span).toHtmlEscaped();
    return QStringLiteral("<a href=\"place:%1?%2\">%3</a>")
        .arg(span.line)
        .arg(QString::fromLatin1(QUrl::toPercentEncoding(toQString(span.file))), place);
}

/// Replay knows what the revisions made; a live database may hold more.
QString refusalWords(const Refusal& refusal)
{
    constexpr std::string_view syntaxError = "42601";
    return refusal.state == syntaxError
               ? tr("PostgreSQL would refuse")
               : tr("In a database that the chain alone built, PostgreSQL would refuse");
}

/// Sentences below an operation that is not simply resolved.
QString notesOf(const Operation& operation)
{
    QString notes;
    const auto note = [&notes](const char* style, const QString& html) {
        notes += QStringLiteral("<br><span class=\"%1\">%2</span>").arg(QLatin1String(style), html);
    };
    const Sign sign = signOf(operation.resolution);
    if (operation.resolution != Resolution::Resolved) {
        QString text = QStringLiteral("<b>%1 %2</b>").arg(QChar(sign.shape)).arg(tr(sign.word));
        QStringList reasons;
        for (const Guard& guard : operation.guards)
            reasons
                << tr("only if %1")
                       .arg(QStringLiteral("<span class=\"c\">%1</span>").arg(escaped(guard.text)));
        if (!operation.reason.empty())
            reasons << escaped(operation.reason);
        if (!reasons.isEmpty())
            text += QStringLiteral(": ") + reasons.join(QStringLiteral("; "));
        note(sign.style, text);
    }
    if (operation.alternative)
        note("warning", tr("Runs only when the branch that is taken to run does not."));
    if (operation.tolerated)
        note("o", tr("A failure of it is caught by the revision."));
    if (operation.autocommit)
        note("o", tr("Runs in an autocommit block: what went before is committed first."));
    return notes;
}

/// Writes one direction of a revision.
class ReadingPage
{
public:
    ReadingPage(const RevisionReading& reading,
                const std::vector<RefusedOperation>* refused,
                const std::string& file,
                const Theme& theme,
                UpgradeReview review = {})
        : m_reading(reading)
        , m_refused(refused)
        , m_file(file)
        , m_review(std::move(review))
        , m_rightWidth(widestAtRight(theme))
    {}

    QString html(const QString& title)
    {
        QString page = QStringLiteral("<h3>%1</h3>").arg(title);
        if (!m_reading.operations.empty())
            page += QStringLiteral("<p class=\"o\">%1</p>")
                        .arg(operationCounts(m_reading.operations).toHtmlEscaped());
        page += ofRevision() + rows() + end();
        return page;
    }

private:
    /// Findings that no single operation carries, and why the revision is not fully analysed.
    QString ofRevision() const
    {
        QString html;
        for (const Finding* const finding : m_review.ofRevision)
            html += QStringLiteral("<p class=\"%1\">%2 %3</p>")
                        .arg(QLatin1String(styleOf(finding->severity)))
                        .arg(severitySign(finding->severity))
                        .arg(escaped(finding->title) + QLatin1Char('.'));
        for (const std::string& reason : m_review.notAnalysed)
            html += QStringLiteral("<p class=\"warning\">%1 %2</p>")
                        .arg(QChar(0x25C6))
                        .arg(tr("Not fully analysed: %1.").arg(escaped(reason)));
        return html;
    }

    QString rows()
    {
        const auto& operations = m_reading.operations;
        if (operations.empty())
            return {};
        QString html = QStringLiteral("<table width=\"100%\" cellspacing=\"0\">");
        const std::size_t shown = std::min(operations.size(), mostOperations);
        for (std::size_t i = 0; i < shown; ++i) {
            const bool opens = i == 0 || operations[i].call != operations[i - 1].call;
            const bool goesOn =
                i + 1 < operations.size() && operations[i].call == operations[i + 1].call;
            if (opens && goesOn)
                html += callRow(operations[i]);
            html += operationRow(i, opens && !goesOn);
        }
        html += QStringLiteral("</table>");
        if (shown < operations.size())
            html += QStringLiteral("<p class=\"o\">%1</p>")
                        .arg(tr("and %1 more; the SQL page has them all")
                                 .arg(operations.size() - shown));
        return html;
    }

    /// What several operations of one directive stand under.
    QString callRow(const Operation& first)
    {
        return QStringLiteral(
                   "<tr><td class=\"call\" colspan=\"2\"><span class=\"c\">%1</span></td>"
                   "<td class=\"call\" align=\"right\" width=\"%3\">%2</td></tr>")
            .arg(escaped(first.directive),
                 placeLink(first.span, m_file),
                 QString::number(rightWidth()));
    }

    int rightWidth() const { return m_rightWidth; }

    /// Wide enough for every line at the right, so that a lock or a size stays one line; a very
    /// long one may break.
    int widestAtRight(const Theme& theme) const
    {
        const QFontMetrics letters(theme.smallFont());
        const QFontMetrics links(theme.textFont());
        int width = links.horizontalAdvance(tr("line %1").arg(99999));
        const int most = letters.horizontalAdvance(QStringLiteral("SHARE UPDATE EXCLUSIVE"));
        for (const OperationReview& review : m_review.operations) {
            for (const QString& line : linesOf(review))
                width = std::max(width, std::min(most, letters.horizontalAdvance(line)));
        }
        return width + roomAtRight;
    }

    /// The lock, what makes it last, and the size, in two lines where one would be too long.
    static QStringList linesOf(const OperationReview& review)
    {
        QStringList lines{review.lock, review.duration};
        constexpr qsizetype longestLine = 20;
        lines += review.size.size() > longestLine ? review.size.split(QStringLiteral(", "))
                                                  : QStringList{review.size};
        lines.removeAll(QString());
        return lines;
    }

    Sign signAt(std::size_t number, bool refused) const
    {
        if (refused)
            return refusedSign;
        const Sign reading = signOf(m_reading.operations[number].resolution);
        if (!m_review.known)
            return reading;
        const Finding* const worst = m_review.operations[number].worst;
        const bool resolved = m_reading.operations[number].resolution == Resolution::Resolved;
        if (worst == nullptr)
            return resolved ? quietSign : reading;
        const Sign found{severitySign(worst->severity).unicode(), styleOf(worst->severity), ""};
        return Theme::toneOf(worst->severity) == Tone::Neutral && !resolved ? reading : found;
    }

    QString operationRow(std::size_t number, bool alone)
    {
        const Operation& operation = m_reading.operations[number];
        const QString refused = refusalOf(number);
        const Sign sign = signAt(number, !refused.isEmpty());
        QString words = escaped(summaryOf(operation.change));
        if (alone && !operation.directive.empty())
            words += QStringLiteral("<br><span class=\"o c\">%1</span>")
                         .arg(escaped(operation.directive));
        const QLatin1String tint(operation.resolution == Resolution::Opaque ? " unknown" : "");
        const QString notes = findingOf(number) + notesOf(operation) + refused;
        const QLatin1String row(notes.isEmpty() ? "row" : "open");
        return QStringLiteral("<tr><td class=\"sign %7 %1%5\" width=\"20\">%2</td>"
                              "<td class=\"%7%5\">%3</td>"
                              "<td class=\"%7%5\" align=\"right\" width=\"%6\">%4</td></tr>")
                   .arg(QLatin1String(sign.style),
                        QString(QChar(sign.shape)),
                        words,
                        lockOf(number) + (alone ? placeLink(operation.span, m_file) : QString()),
                        tint,
                        QString::number(rightWidth()),
                        row) +
               notesRow(notes, tint);
    }

    /// Sentences go over the whole width: a lock at the right needs it in its own line only.
    static QString notesRow(const QString& notes, QLatin1String tint)
    {
        static const QString lineBreak = QStringLiteral("<br>");
        if (notes.isEmpty())
            return {};
        return QStringLiteral("<tr><td class=\"note%2\"></td>"
                              "<td class=\"note%2\" colspan=\"2\">%1</td></tr>")
            .arg(notes.startsWith(lineBreak) ? notes.mid(lineBreak.size()) : notes, tint);
    }

    QString findingOf(std::size_t number) const
    {
        if (!m_review.known || m_review.operations[number].worst == nullptr)
            return {};
        const OperationReview& review = m_review.operations[number];
        return QStringLiteral("<br>") + findingLine(*review.worst) + moreFindings(review.others);
    }

    /// The lock in PostgreSQL's words, and what makes it last.
    QString lockOf(std::size_t number) const
    {
        if (!m_review.known)
            return {};
        const OperationReview& review = m_review.operations[number];
        QString html;
        for (const QString& line : linesOf(review))
            html += QStringLiteral("<span class=\"o\">%1</span><br>").arg(line.toHtmlEscaped());
        return html;
    }

    QString refusalOf(std::size_t number) const
    {
        QString html;
        if (m_refused == nullptr)
            return html;
        for (const RefusedOperation& each : *m_refused) {
            if (each.operation == number)
                html += QStringLiteral("<br><span class=\"danger\"><b>%1 %2</b>: %3</span>")
                            .arg(QChar(refusedSign.shape))
                            .arg(refusalWords(each.refusal), escaped(each.refusal.message));
        }
        return html;
    }

    QString end() const
    {
        QString html;
        const auto say = [&html](const char* style, const QString& words) {
            html += QStringLiteral("<p class=\"%1\">%2</p>").arg(QLatin1String(style), words);
        };
        const QString place = placeLink(m_reading.endSpan, m_file);
        const QString where = place.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(place);
        if (!m_reading.transactionAborted.empty()) {
            const QString abortedPlace = placeLink(m_reading.abortedSpan, m_file);
            say("danger",
                QStringLiteral("<b>%1</b> ").arg(QChar(refusedSign.shape)) +
                    tr("A failure is caught outside a savepoint, so PostgreSQL refuses every "
                       "statement after it: %1")
                        .arg(escaped(m_reading.transactionAborted)) +
                    (abortedPlace.isEmpty() ? QString()
                                            : QStringLiteral(" (%1)").arg(abortedPlace)));
        }
        for (const std::string& assumption : m_reading.assumptions)
            say("o", tr("Assumes that %1.").arg(escaped(assumption)));
        for (const RevisionReading::PossibleStop& stop : m_reading.possibleStops) {
            QStringList conditions;
            for (const Guard& guard : stop.guards)
                conditions.append(QString::fromStdString(guard.text));
            const QString stopPlace = placeLink(stop.span, m_file);
            say("warning",
                tr("May stop with %1, if %2")
                        .arg(escaped(stop.raised), conditions.join(tr(" and ")).toHtmlEscaped()) +
                    (stopPlace.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(stopPlace)));
        }
        switch (m_reading.end) {
        case RevisionReading::End::NoFunction:
            say("warning", tr("The file has no such function."));
            break;
        case RevisionReading::End::Raises:
            say("danger",
                QStringLiteral("<b>%1</b> ").arg(QChar(refusedSign.shape)) +
                    tr("Stops with %1").arg(escaped(m_reading.raised)) + where);
            break;
        case RevisionReading::End::Limit:
        case RevisionReading::End::NeedsSchema:
            say("opaque",
                QStringLiteral("<b>%1</b> ").arg(QChar(signOf(Resolution::Opaque).shape)) +
                    tr("Could not be read to its end: %1").arg(escaped(m_reading.raised)) + where);
            break;
        case RevisionReading::End::Done:
            if (m_reading.operations.empty())
                say("o",
                    m_reading.empty ? tr("Does nothing: its body is empty.")
                                    : tr("Does nothing to the database."));
            break;
        }
        return html;
    }

    const RevisionReading& m_reading;
    const std::vector<RefusedOperation>* m_refused;
    const std::string& m_file;
    UpgradeReview m_review;
    int m_rightWidth; ///< logical pixels
};

} // namespace

QString operationCounts(const std::vector<Operation>& operations)
{
    const auto count = [&](Resolution resolution) {
        return std::count_if(operations.begin(), operations.end(), [&](const Operation& each) {
            return each.resolution == resolution;
        });
    };
    const QString whole =
        operations.size() == 1 ? tr("1 operation") : tr("%1 operations").arg(operations.size());
    const auto resolved = count(Resolution::Resolved);
    if (resolved == static_cast<std::ptrdiff_t>(operations.size()))
        return operations.size() == 1 ? tr("1 operation, resolved")
                                      : tr("%1, all resolved").arg(whole);
    QStringList parts{whole};
    for (const Resolution resolution :
         {Resolution::Resolved, Resolution::Conditional, Resolution::Opaque}) {
        if (const auto number = count(resolution); number > 0)
            parts << QStringLiteral("%1 %2").arg(number).arg(toQString(toText(resolution)));
    }
    return parts.join(QStringLiteral(", "));
}

QString inspectorStyle(const Theme& theme)
{
    const ThemeColors& colors = theme.colors();
    QString style = QStringLiteral("h3{font-size:%1pt;margin:10px 0 2px 0} p{margin:4px 0 8px 0} "
                                   ".c{font-family:'%2';font-size:%3pt} "
                                   ".o{color:%4;font-size:%5pt} a{color:%6;text-decoration:none} ")
                        .arg(theme.textFont().pointSizeF() * 1.1)
                        .arg(theme.codeFont().family())
                        .arg(theme.codeFont().pointSizeF())
                        .arg(colors.dim.name())
                        .arg(theme.smallFont().pointSizeF())
                        .arg(colors.accent.name());
    style += QStringLiteral("td.row{padding:7px 6px 7px 4px;border-bottom:1px solid %1} "
                            "td.open{padding:7px 6px 0 4px} "
                            "td.note{padding:0 6px 7px 4px;border-bottom:1px solid %1} "
                            "td.call{padding:10px 6px 3px 0;color:%2} "
                            "td.head{padding:4px 8px 4px 0;color:%2} "
                            ".good{color:%3} .warning{color:%4} .danger{color:%5} "
                            ".opaque{color:%4} td.unknown{background-color:%6}")
                 .arg(colors.line.name(),
                      colors.dim.name(),
                      colors.good.name(),
                      colors.warning.name(),
                      colors.danger.name(),
                      colors.warningSoft.name());
    return style;
}

QString notReadYet()
{
    return tr("What this revision does is being read. Press F5 if the reading was stopped.");
}

QString operationsHtml(const Inspection& inspection, RevisionIndex revision, const Theme& theme)
{
    const RevisionSteps& steps = inspection.history->steps(revision);
    const std::string& file = inspection.graph->revision(revision).span.file;
    UpgradeReview review = upgradeReview(inspection, revision);
    const bool reviewed = review.known;
    QString body = ReadingPage(steps.upgrade, &steps.refused, file, theme, std::move(review))
                       .html(QCoreApplication::translate("sightglass::Operations", "Upgrade")) +
                   ReadingPage(steps.downgrade, nullptr, file, theme)
                       .html(QCoreApplication::translate("sightglass::Operations", "Downgrade"));
    body +=
        QStringLiteral("<p class=\"o\">%1</p>")
            .arg(reviewed ? tr("Read from the file without running it. At the right: the strongest "
                               "lock on what was there before.")
                          : tr("Read from the file without running it."));
    return QStringLiteral("<html><head><style>%1</style></head><body>%2</body></html>")
        .arg(inspectorStyle(theme), body);
}

} // namespace sightglass
