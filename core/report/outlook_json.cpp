// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/outlook_json.h"

#include "core/report/json_parts.h"

namespace sightglass::json {

namespace {

Value answerJson(const std::optional<bool>& ok)
{
    return ok ? Value(*ok) : Value(nullptr);
}

Value blockerJson(const StartBlocker& blocker)
{
    Value value = {{"kind", sightglass::toText(blocker.kind)}, {"text", blocker.text}};
    value["pid"] = blocker.pid == 0 ? Value(nullptr) : Value(blocker.pid);
    value["who"] = blocker.who;
    value["since_seconds"] = blocker.since ? Value(blocker.since->count()) : Value(nullptr);
    value["relations"] = Value::array();
    for (const QualifiedName& relation : blocker.relations)
        value["relations"].push_back({{"schema", relation.schema}, {"name", relation.name}});
    setText(value, "holds", std::string(sightglass::toText(blocker.holds)));
    setText(value, "needs", std::string(sightglass::toText(blocker.needs)));
    setText(value, "revision", blocker.revision);
    setText(value, "blocks", blocker.blocks);
    value["ends_by_itself"] = blocker.endsByItself;
    value["way"] = blocker.way;
    return value;
}

Value environmentJson(const EnvironmentJudgement& judged)
{
    return {{"kind", sightglass::toText(judged.environment)},
            {"why", judged.why},
            {"confirmation", sightglass::toText(confirmationFor(judged.environment))}};
}

Value identityJson(const DatabaseVisit& visit)
{
    Value value = Value::object();
    value["remembered_at"] =
        visit.rememberedAt.empty() ? Value(nullptr) : Value(visit.rememberedAt);
    setText(value, "not_compared", visit.notCompared);
    setText(value, "not_kept", visit.notKept);
    value["changes"] = Value::array();
    for (const IdentityChange& change : visit.changes)
        value["changes"].push_back({{"kind", sightglass::toText(change.kind)},
                                    {"text", change.text},
                                    {"objects", change.objects},
                                    {"alarming", change.alarming}});
    value["noticed"] = Value::array();
    for (const NoticedChange& noticed : visit.noticed)
        value["noticed"].push_back(
            {{"at", noticed.at}, {"kind", noticed.kind}, {"text", noticed.text}});
    return value;
}

Value startJson(const StartCheck& check)
{
    Value value = Value::object();
    value["verdict"] = check.verdict ? Value(sightglass::toText(*check.verdict)) : Value(nullptr);
    value["about"] = "locks of other sessions"; // not what the revisions do
    value["blockers"] = Value::array();
    for (const StartBlocker& blocker : check.blockers)
        value["blockers"].push_back(blockerJson(blocker));
    value["not_known"] = check.notKnown;
    setText(value, "read_at", check.readAt);
    return value;
}

Value impactJson(const Impact& impact)
{
    Value list = Value::array();
    for (const Scenario& scenario : impact.scenarios) {
        Value evidence = Value::array();
        for (const Evidence& each : scenario.evidence)
            evidence.push_back(each.text);
        list.push_back({{"id", scenario.id},
                        {"title", scenario.title},
                        {"outcome", sightglass::toText(scenario.outcome)},
                        {"text", scenario.text},
                        {"evidence", evidence},
                        {"needs_rehearsal", scenario.needsRehearsal}});
    }
    return list;
}

Value cleanStartJson(const Impact& impact)
{
    Value list = Value::array();
    for (const CleanStartItem& item : impact.cleanStart)
        list.push_back({{"item", item.item},
                        {"ok", answerJson(item.ok)},
                        {"evidence", item.evidence},
                        {"needs_rehearsal", item.needsRehearsal}});
    return list;
}

} // namespace

void addOutlook(const Inspection& inspection, const Outlook& outlook, Value& document)
{
    if (outlook.visit && document["database"].is_object()) {
        document["database"]["environment"] = environmentJson(outlook.visit->environment);
        document["database"]["identity"] = identityJson(*outlook.visit);
    }
    document["findings"] = Value::array();
    for (const Finding& finding : inspection.findings)
        document["findings"].push_back(findingJson(finding));
    if (inspection.review != nullptr) {
        if (inspection.review->loss)
            document["loss"] = lossJson(*inspection.review->loss);
        document["before_upgrade"] = checklistJson(inspection.beforeUpgrade);
    }
    if (outlook.start)
        document["safe_to_start"] = startJson(*outlook.start);
    if (outlook.impact) {
        document["scenarios"] = impactJson(*outlook.impact);
        document["clean_start"] = cleanStartJson(*outlook.impact);
    }
}

} // namespace sightglass::json
