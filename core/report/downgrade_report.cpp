// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/downgrade_words.h"
#include "core/report/json_parts.h"
#include "core/report/json_report.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

namespace sightglass {

namespace {

using json::Value;

std::string remainText(const Difference& difference)
{
    const std::string name =
        toText(difference.object) + (difference.part.empty() ? "" : "." + difference.part);
    switch (difference.change) {
    case Difference::Change::OnlyLeft:
        return difference.kind + " " + name + " does not come back";
    case Difference::Change::OnlyRight:
        return difference.kind + " " + name + " remains";
    case Difference::Change::Differs:
        break;
    }
    return difference.kind + " " + name + " was " + difference.left + ", is " + difference.right;
}

} // namespace

std::string_view downgradeSentence(DowngradeKind kind)
{
    switch (kind) {
    case DowngradeKind::Mirrors:
        return "gives the schema back";
    case DowngradeKind::Lossy:
        return "gives the schema back, but not the data";
    case DowngradeKind::NotKnown:
        return "could not be read in full";
    case DowngradeKind::Incomplete:
        return "does not give the schema back";
    case DowngradeKind::Refused:
        return "would be refused by PostgreSQL";
    case DowngradeKind::Raises:
        return "refuses";
    case DowngradeKind::Missing:
        break;
    }
    return "is missing";
}

Value json::downgradeJson(const DowngradeAssessment& assessment)
{
    Value value = {{"kind", toText(assessment.kind)}, {"loses", assessment.loses}};
    value["remains"] = Value::array();
    for (const Difference& difference : assessment.remains)
        value["remains"].push_back(json::differenceJson(difference));
    json::setText(value, "reason", assessment.reason);
    json::setSpan(value, assessment.span);
    return value;
}

std::string
downgradesJson(const Inspection& inspection, const std::string& range, const DowngradePath& path)
{
    Value value = json::document("downgrades");
    value["range"] = range;
    value["worst"] = path.steps.empty() ? Value(nullptr) : Value(toText(path.worst));
    value["tables_that_remain"] = Value::array();
    for (const QualifiedName& name : path.tablesThatRemain)
        value["tables_that_remain"].push_back(toText(name));
    value["steps"] = Value::array();
    for (const DowngradeAssessment& step : path.steps) {
        Value entry = {{"revision", inspection.graph->revision(step.revision).id}};
        entry.update(json::downgradeJson(step));
        value["steps"].push_back(std::move(entry));
    }
    return json::text(value);
}

std::string downgradesText(const Inspection& inspection, const DowngradePath& path)
{
    if (path.steps.empty())
        return "Nothing to undo.\n";
    std::string text;
    for (const DowngradeAssessment& step : path.steps) {
        const Revision& revision = inspection.graph->revision(step.revision);
        text += printable(revision.id) + "  " + std::string(downgradeSentence(step.kind)) + "\n";
        if (!step.reason.empty())
            text += wrapped("    because ", printable(step.reason));
        for (const std::string& loss : step.loses)
            text += wrapped("    loses ", printable(loss));
        for (const Difference& difference : step.remains)
            text += wrapped("    ", printable(remainText(difference)));
    }
    text += "\n" + counted(path.steps.size(), "step", "steps") + "; the worst " +
            std::string(downgradeSentence(path.worst)) + ".\n";
    return text;
}

} // namespace sightglass
