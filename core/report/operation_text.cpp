// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/downgrade_words.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

namespace sightglass {

namespace {

std::string remarkOn(const Operation& operation)
{
    std::string text;
    const auto add = [&](const std::string& remark) {
        text += (text.empty() ? "" : "; ") + remark;
    };
    for (const Guard& guard : operation.guards)
        add("only if " + guard.text);
    if (operation.alternative)
        add("in the other branch");
    if (!operation.reason.empty())
        add(operation.reason);
    if (operation.tolerated)
        add("a failure is caught");
    return text;
}

std::string_view endWord(const RevisionReading& reading)
{
    switch (reading.end) {
    case RevisionReading::End::NoFunction:
        return "no such function";
    case RevisionReading::End::Raises:
        return "raises ";
    case RevisionReading::End::Limit:
    case RevisionReading::End::NeedsSchema:
        return "could not be read to its end: ";
    case RevisionReading::End::Done:
        break;
    }
    return reading.operations.empty() ? "does nothing" : "";
}

std::string readingText(const std::string& title,
                        const RevisionReading& reading,
                        const std::vector<RefusedOperation>* refused)
{
    std::string text = title + "\n";
    for (std::size_t i = 0; i < reading.operations.size(); ++i) {
        const Operation& operation = reading.operations[i];
        const std::string place = "  " + padded(std::to_string(operation.span.line), 6);
        text += wrapped(place, printable(summaryOf(operation.change)));
        if (operation.resolution != Resolution::Resolved || operation.tolerated) {
            text += wrapped("        " + std::string(toText(operation.resolution)) + ": ",
                            printable(remarkOn(operation)));
        }
        if (refused == nullptr)
            continue;
        for (const RefusedOperation& each : *refused) {
            if (each.operation == i)
                text += wrapped("        PostgreSQL would refuse it: ",
                                printable(each.refusal.message));
        }
    }
    for (const std::string& assumption : reading.assumptions)
        text += wrapped("  assumes that ", printable(assumption));
    for (const RevisionReading::PossibleStop& stop : reading.possibleStops) {
        std::string when;
        for (const Guard& guard : stop.guards)
            when += (when.empty() ? "" : " and ") + guard.text;
        text += wrapped("  ",
                        printable("raises " + stop.raised + (when.empty() ? "" : ", if " + when)));
    }
    const std::string_view end = endWord(reading);
    if (!end.empty())
        text += wrapped("  ", std::string(end) + printable(reading.raised));
    return text;
}

std::string resolutionText(const ResolutionCount& count)
{
    return counted(count.total(), "structural operation", "structural operations") + ": " +
           std::to_string(count.resolved) + " resolved, " + std::to_string(count.conditional) +
           " conditional, " + std::to_string(count.opaque) + " opaque\n";
}

std::string_view signOf(Difference::Change change)
{
    switch (change) {
    case Difference::Change::OnlyLeft:
        return "<";
    case Difference::Change::OnlyRight:
        return ">";
    case Difference::Change::Differs:
        break;
    }
    return "!";
}

} // namespace

std::string showText(const Inspection& inspection, RevisionIndex index)
{
    const Revision& revision = inspection.graph->revision(index);
    const RevisionSteps& steps = inspection.history->steps(index);
    std::string text = printable(revision.id) + "  " + printable(revision.message) + "\n" +
                       printable(revision.span.file) + "\n\n";
    text += readingText("Upgrade", steps.upgrade, &steps.refused) + "\n";
    text += readingText("Downgrade", steps.downgrade, nullptr);
    const DowngradeAssessment down = assessDowngrade(*inspection.history, index);
    text += wrapped("  ", "The downgrade " + std::string(downgradeSentence(down.kind)) + ".");
    text += "\n" + resolutionText(inspection.history->resolutionOf(index));
    return text;
}

std::string operationsText(const Inspection& inspection, std::span<const RevisionIndex> revisions)
{
    std::string text;
    ResolutionCount all;
    for (const RevisionIndex index : revisions) {
        const Revision& revision = inspection.graph->revision(index);
        const RevisionSteps& steps = inspection.history->steps(index);
        all += inspection.history->resolutionOf(index);
        text += readingText(printable(revision.id) + "  " + printable(revision.message),
                            steps.upgrade,
                            &steps.refused) +
                "\n";
    }
    return text + resolutionText(all);
}

std::string diffText(const std::string& left,
                     const std::string& right,
                     const std::vector<Difference>& differences,
                     const UnreadParts& unread)
{
    std::string text = "< " + printable(left) + "\n> " + printable(right) + "\n\n";
    if (!unread.isEmpty())
        text += "Not compared, because not known: " + printable(unreadText(unread)) + ".\n\n";
    if (differences.empty())
        return text + (unread.isEmpty() ? "No difference.\n" : "No difference in the rest.\n");
    for (const Difference& difference : differences) {
        const std::string name =
            toText(difference.object) + (difference.part.empty() ? "" : "." + difference.part);
        text += std::string(signOf(difference.change)) + " " + difference.kind + " " +
                printable(name) + "\n";
        if (!difference.left.empty())
            text += wrapped("    < ", printable(difference.left));
        if (!difference.right.empty())
            text += wrapped("    > ", printable(difference.right));
    }
    return text + "\n" + counted(differences.size(), "difference", "differences") + "\n";
}

namespace {

std::string ownerText(const TableRow& row)
{
    std::string text = row.isProtected ? "protected" : "";
    if (row.owner)
        text += (text.empty() ? "" : ", ") +
                (row.owner->name.empty() ? "nobody known" : row.owner->name);
    return text;
}

} // namespace

namespace {

std::string forecastText(const AutogenerateForecast& forecast)
{
    if (!forecast.known)
        return "\nWhat autogenerate would write is not known. " + forecast.whyNot + "\n";
    std::string text;
    for (const ForecastOperation& each : forecast.operations) {
        text += "  " + printable(each.python);
        if (!each.detail.empty() && each.directive == "alter_column")
            text += "   " + printable(each.detail);
        text += "\n";
        if (!each.isSure())
            text += "      " + printable(each.why) + "\n";
    }
    text = text.empty() ? "\nAutogenerate would write nothing.\n"
                        : "\nAutogenerate would write:\n" + text;
    for (const std::string& note : forecast.notes)
        text += printable(note) + "\n";
    return text;
}

} // namespace

std::string tablesText(const std::vector<TableRow>& rows, const AutogenerateForecast& forecast)
{
    if (rows.empty())
        return "No table in the models, the chain or live.\n";
    std::vector<std::vector<std::string>> lines{
        {"table", "models", "chain", "live", "autogenerate", "verdict", "probable owner"}};
    for (const TableRow& row : rows) {
        lines.push_back({toText(row.name),
                         std::string(toText(row.models)),
                         std::string(toText(row.chain)),
                         std::string(toText(row.live)),
                         row.forecast,
                         row.verdict,
                         ownerText(row)});
    }
    return aligned(lines, "") + forecastText(forecast);
}

} // namespace sightglass
