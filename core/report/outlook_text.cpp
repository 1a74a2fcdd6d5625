// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/report/outlook_report.h"
#include "core/report/text_layout.h"

#include <vector>

namespace sightglass {

namespace {

constexpr std::size_t blockersShown = 5;

std::string startText(const StartCheck& check)
{
    if (check.verdict == StartAnswer::Yes)
        return "\n" + wrapped("Locks now: ",
                              "free. No open transaction stands in the way of the pending "
                              "revisions. What they do is another matter.");
    if (!check.verdict)
        return check.notKnown.empty() || check.nothingPending
                   ? std::string()
                   : "\n" + wrapped("Locks now: ", "not known. " + check.notKnown.front());
    std::string text = check.verdict == StartAnswer::Wait
                           ? "\nLocks now: wait before an upgrade is started.\n"
                           : "\nLocks now: do not start an upgrade.\n";
    for (std::size_t i = 0; i < check.blockers.size() && i < blockersShown; ++i)
        text += wrapped("  - ", check.blockers[i].text + " " + check.blockers[i].way);
    if (check.blockers.size() > blockersShown)
        text += "  and " + std::to_string(check.blockers.size() - blockersShown) + " more\n";
    for (const std::string& each : check.notKnown)
        text += wrapped("  ? ", each);
    return text;
}

std::string impactText(const Impact& impact)
{
    std::string text = "\nWhat running the chain would mean\n";
    for (const Scenario& scenario : impact.scenarios)
        text += wrapped("  " + padded(toText(scenario.outcome), 11),
                        scenario.title + ": " + scenario.text +
                            (scenario.needsRehearsal ? " A rehearsal would settle it." : ""));
    text += "\nClean start\n";
    std::vector<std::vector<std::string>> rows;
    for (const CleanStartItem& item : impact.cleanStart)
        rows.push_back({item.ok ? (*item.ok ? "yes" : "no") : "unknown",
                        item.item,
                        printable(item.evidence) + (item.needsRehearsal ? " (rehearse)" : "")});
    return text + aligned(rows, "  ");
}

} // namespace

std::string visitText(const DatabaseVisit& visit)
{
    std::string text = "\n" + wrapped("Environment: ",
                                      std::string(toText(visit.environment.environment)) + ". " +
                                          visit.environment.why);
    if (!visit.notCompared.empty())
        text += wrapped("Identity: ", "not compared. " + visit.notCompared);
    else if (visit.rememberedAt.empty())
        text += "Identity: remembered now; there is no earlier visit to compare with.\n";
    else if (visit.changes.empty())
        text += wrapped("Identity: ", "the same database as on " + visit.rememberedAt + ".");
    for (const IdentityChange& change : visit.changes)
        text += wrapped("Identity: ", change.text);
    if (!visit.noticed.empty())
        text +=
            wrapped("Noticed before: ",
                    "on " + visit.noticed.front().at + ": " + visit.noticed.front().text +
                        (visit.noticed.size() > 1 ? " " + std::to_string(visit.noticed.size() - 1) +
                                                        " more stand in the JSON report."
                                                  : "") +
                        " If that was meant, run `sightglass-cli diagnose --remember`.");
    if (!visit.notKept.empty())
        text += wrapped("Identity: ", visit.notKept);
    return text;
}

std::string upgradeText(const Outlook& outlook)
{
    std::string text;
    if (outlook.start)
        text += startText(*outlook.start);
    if (outlook.impact)
        text += impactText(*outlook.impact);
    return text;
}

} // namespace sightglass
