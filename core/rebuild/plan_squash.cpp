// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/plan_squash.h"

#include "core/base/error.h"
#include "core/rebuild/body_writer.h"
#include "core/rebuild/later_revisions.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ")
{
    std::string text;
    for (const std::string& each : texts) {
        text += text.empty() ? "" : std::string(between);
        text += each;
    }
    return text;
}

Precondition condition(std::string id, std::string text, const std::vector<std::string>& against)
{
    constexpr std::size_t most = 6;
    std::vector<std::string> shown(against.begin(),
                                   against.begin() +
                                       static_cast<std::ptrdiff_t>(std::min(most, against.size())));
    if (against.size() > most)
        shown.push_back("and " + std::to_string(against.size() - most) + " more");
    return {.id = std::move(id),
            .text = std::move(text),
            .state = against.empty() ? PreconditionState::Met : PreconditionState::NotMet,
            .detail = against.empty() ? "All revisions were read." : joined(shown, "; ") + "."};
}

/// What the operations of all upgrades say against a squash.
struct Objections
{
    std::vector<std::string> unread;
    std::vector<std::string> rows;
    std::vector<std::string> unseen; ///< no schema shows it
};

bool leavesRows(const change::ChangeData& it)
{
    return it.command == "INSERT" || it.command == "COPY" || it.command == "MERGE";
}

/// What a schema does not hold, in words; empty: it holds it, or there is nothing to hold.
std::string unseenPart(const Change& change)
{
    if (const auto* other = std::get_if<change::Other>(&change))
        return other->statement + (other->object.name.empty() ? "" : " " + toText(other->object));
    if (const auto* option = std::get_if<change::AlterTableOption>(&change);
        option != nullptr && !option->rowSecurity && !option->unlogged)
        return option->what + " of " + toText(option->table);
    if (const auto* type = std::get_if<change::CreateType>(&change))
        return "type " + toText(type->type);
    const auto* comment = std::get_if<change::SetComment>(&change);
    if (comment != nullptr && comment->kind != "table" && comment->kind != "column")
        return "comment on " + comment->kind + " " + toText(comment->name);
    return {};
}

void object(const RevisionId& id, const RevisionReading& reading, Objections& objections)
{
    if (reading.end != RevisionReading::End::Done)
        objections.unread.push_back(id + " could not be read to its end");
    for (const Operation& operation : reading.operations) {
        const bool isData = !isStructural(operation.change);
        const auto* data = std::get_if<change::ChangeData>(&operation.change);
        if (data != nullptr && leavesRows(*data))
            objections.rows.push_back(id + ": " + summaryOf(operation.change));
        if (operation.resolution != Resolution::Resolved)
            (isData ? objections.rows : objections.unread)
                .push_back(
                    id + ": " +
                    (operation.reason.empty() ? summaryOf(operation.change) : operation.reason));
        const std::string unseen = unseenPart(operation.change);
        if (!unseen.empty())
            objections.unseen.push_back(id + ": " + unseen);
    }
}

Precondition rowsKept(const Objections& objections, bool withoutRows)
{
    Precondition made = condition("no-rows-lost",
                                  "No revision inserts rows that a fresh database would miss.",
                                  objections.rows);
    if (made.state == PreconditionState::NotMet && withoutRows) {
        made.state = PreconditionState::Met;
        made.detail = "Accepted: " + made.detail;
    } else if (made.state == PreconditionState::NotMet) {
        made.detail += " With --without-rows they are left behind.";
    }
    return made;
}

Precondition databasesAtHeads(const SquashRequest& request, const std::vector<RevisionId>& heads)
{
    Precondition made{.id = "databases-at-heads",
                      .text = "Every database is at " + joined(heads) + ".",
                      .state = PreconditionState::Unknown,
                      .detail = "No database was asked. One that is not there can't be upgraded "
                                "with the new file: upgrade it before."};
    if (!request.rows)
        return made;
    const std::set<RevisionId> is(request.rows->begin(), request.rows->end());
    const bool isThere = is == std::set<RevisionId>(heads.begin(), heads.end());
    made.state = isThere ? PreconditionState::Met : PreconditionState::NotMet;
    made.detail = isThere ? request.database + " is. Others were not asked."
                          : request.database + " is at " +
                                (is.empty() ? std::string("nothing") : joined(*request.rows)) +
                                ": upgrade it before.";
    return made;
}

std::string stampLine(const RevisionId& id, const std::vector<RevisionId>& heads)
{
    if (heads == std::vector<RevisionId>{id})
        return "No database at " + id + " has to be stamped: the new file has its id.";
    return "Each database at " + joined(heads) + " has to be stamped: sightglass-cli stamp " + id +
           " --purge.";
}

/// Heads first: what is left of the chain can be loaded after each move.
std::vector<DraftFile> movedFiles(const ChainScene& scene, const Path& folder)
{
    std::vector<DraftFile> files;
    for (const RevisionIndex index : scene.graph.walkOrder()) {
        const std::string& file = scene.graph.revision(index).span.file;
        const auto text = scene.files.read(file);
        if (!text)
            continue; // planned from what can be read; the chain would not load
        files.push_back({.from = file,
                         .to = (folder / Path(file).filename()).string(),
                         .before = *text,
                         .after = *text});
    }
    return files;
}

class Squash
{
public:
    Squash(const ChainScene& scene,
           const SquashRequest& request,
           const std::shared_ptr<const History>& history,
           const ReadHistory& readHistory,
           const RunContext& run)
        : m_scene(scene)
        , m_request(request)
        , m_history(*history)
        , m_readHistory(readHistory)
        , m_run(run)
    {
        for (const RevisionIndex head : scene.graph.heads()) {
            m_heads.push_back(head);
            m_headIds.push_back(scene.graph.revision(head).id);
        }
    }

    Result<Plan> result()
    {
        if (m_scene.graph.stopsAlembic() || !m_scene.graph.missing().empty() ||
            m_scene.graph.size() < 2)
            return failure(
                ErrorCode::Usage,
                m_scene.graph.size() < 2
                    ? "There is nothing to squash: the chain has fewer than two revisions."
                    : "A chain that can't be loaded can't be squashed.",
                m_scene.graph.size() < 2 ? "" : "Run chain to see what is wrong.");
        Schema after = m_history.at(m_heads).schema;
        if (m_request.live)
            fillUnread(after, *m_request.live);
        const FunctionTexts none;
        const Schema nothing{.namespaces = {"public"}};
        const FunctionTexts functions = functionTextsOf(m_scene.graph, m_history, m_heads);
        const SchemaScript script = scriptBetween({nothing, none}, {after, functions});
        NewPlace place = newPlace();
        for (const std::string& note : script.notes)
            place.docLines.push_back(note);
        auto file = draftOf(m_scene, place, script, nullptr);
        if (!file)
            return failure(file.error());
        EditDraft draft = newDraft(place);
        addConditions(draft, script);
        draft.files = movedFiles(m_scene, folder());
        auto why = disproof(draft.files, *file, place.id, after);
        if (!why)
            return failure(why.error());
        draft.preconditions.push_back(
            {.id = "replay-gives-the-schema",
             .text = "The new file, read back and replayed, leaves what the heads leave.",
             .state = why->empty() ? PreconditionState::Met : PreconditionState::NotMet,
             .detail = why->empty() ? "Compared object by object." : *why});
        draft.files.push_back(std::move(*file));
        return planOf(std::move(draft), m_scene, m_run);
    }

private:
    Path folder() const
    {
        return m_scene.scripts.project.scriptLocation / ("squashed_" + m_headIds.front());
    }

    NewPlace newPlace() const
    {
        const auto& folders = m_scene.scripts.project.versionLocations;
        const std::string count = std::to_string(m_scene.graph.size());
        NewPlace place{.id = m_request.id,
                       .parents = {},
                       .folder = folders.empty() ? std::string() : folders.front().string(),
                       .file = {},
                       .message = m_request.message,
                       .created = m_request.created,
                       .others = {},
                       .docLines = {"Leaves what " + count + " revisions left, up to " +
                                    joined(m_headIds) + ". Made by Sightglass."}};
        if (place.id.empty() && m_headIds.size() == 1)
            place.id = m_headIds.front();
        if (place.message.empty())
            place.message = "squash of " + count + " revisions";
        return place;
    }

    EditDraft newDraft(const NewPlace& place) const
    {
        return {.action = "squash",
                .title = "Squash " + std::to_string(m_scene.graph.size()) + " revisions into " +
                         place.id,
                .summary = "One migration takes the place of all; their files are moved to " +
                           folder().filename().string() + ". No database is touched.",
                .lines = {{.label = "Stamp", .text = stampLine(place.id, m_headIds), .values = {}}},
                .files = {}};
    }

    void addConditions(EditDraft& draft, const SchemaScript& script) const
    {
        Objections objections;
        for (const RevisionIndex index : m_scene.graph.walkOrder())
            object(m_scene.graph.revision(index).id, m_history.steps(index).upgrade, objections);
        for (const std::string& note : script.notes)
            objections.unseen.push_back(note.ends_with('.') ? note.substr(0, note.size() - 1)
                                                            : note);
        draft.preconditions.push_back(condition("everything-read",
                                                "Every operation of the revisions could be read.",
                                                objections.unread));
        draft.preconditions.push_back(rowsKept(objections, m_request.withoutRows));
        draft.preconditions.push_back(
            condition("everything-carried",
                      "The revisions do nothing that the new file would leave out.",
                      objections.unseen));
        draft.preconditions.push_back(databasesAtHeads(m_request, m_headIds));
    }

    Result<std::string> disproof(const std::vector<DraftFile>& moved,
                                 const DraftFile& file,
                                 const RevisionId& id,
                                 const Schema& after)
    {
        std::vector<DraftFile> files = moved;
        files.push_back(file);
        const auto chain = chainWith(m_scene, files, m_readHistory, m_run);
        if (!chain)
            return failure(chain.error());
        const auto index = chain->graph->find(id);
        if (!index)
            return std::string("The file can't be read back.");
        const RevisionSteps& steps = chain->history->steps(*index);
        if (!steps.refused.empty())
            return "PostgreSQL would refuse it: " + steps.refused.front().refusal.message + ".";
        const auto difference = firstDifference(after, chain->history->after(*index).schema);
        return difference ? differenceText(*difference, "the chain", "the new file")
                          : std::string();
    }

    const ChainScene& m_scene;
    const SquashRequest& m_request;
    const History& m_history;
    const ReadHistory& m_readHistory;
    const RunContext& m_run;
    std::vector<RevisionIndex> m_heads;
    std::vector<RevisionId> m_headIds;
};

} // namespace

Result<Plan> planSquash(const ChainScene& scene,
                        const SquashRequest& request,
                        const std::shared_ptr<const History>& history,
                        const ReadHistory& readHistory,
                        const RunContext& run)
{
    return Squash(scene, request, history, readHistory, run).result();
}

} // namespace sightglass
