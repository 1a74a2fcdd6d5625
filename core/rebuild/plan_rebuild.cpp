// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/plan_rebuild.h"

#include "core/base/error.h"
#include "core/edits/identifier_edits.h"
#include "core/replay/replay.h"
#include "core/revisions/revision_range.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view none = "")
{
    std::string text;
    for (const std::string& each : texts)
        text += (text.empty() ? "" : ", ") + each;
    return text.empty() ? std::string(none) : text;
}

/// A day, out of a time.
std::string dayOf(const std::string& created)
{
    return created.substr(0, created.find_first_of(" T"));
}

Result<std::vector<RevisionId>> parentsNamed(const ChainScene& scene,
                                             const std::vector<std::string>& down)
{
    std::vector<RevisionId> ids;
    if (down == std::vector<std::string>{"base"})
        return ids;
    for (const std::string& text : down) {
        const auto index = revisionMeant(scene, text);
        if (!index)
            return failure(index.error());
        ids.push_back(scene.graph.revision(*index).id);
    }
    return ids;
}

/// Where the files of its neighbours are.
std::string folderFor(const ChainScene& scene, const std::vector<RevisionId>& neighbours)
{
    for (const RevisionId& id : neighbours) {
        if (const auto index = scene.graph.find(id))
            return Path(scene.graph.revision(*index).span.file).parent_path().string();
    }
    const auto& folders = scene.scripts.project.versionLocations;
    return folders.empty() ? scene.scripts.project.root.string() : folders.front().string();
}

/// What only a revision that ran leaves: that running it again is refused.
std::optional<bool>
hasLeftItsTrace(const History& history, RevisionIndex revision, const Schema& live)
{
    Replay replay(live);
    std::size_t structural = 0;
    for (const Operation& operation : history.steps(revision).upgrade.operations) {
        if (!isStructural(operation.change) || operation.resolution != Resolution::Resolved)
            continue;
        ++structural;
        if (replay.apply(operation))
            return true;
    }
    return structural == 0 ? std::nullopt : std::optional(false);
}

Result<void> checkIsLost(const ChainScene& scene, const RevisionId& id)
{
    const auto index = scene.graph.find(id);
    if (!index)
        return {};
    return failure(ErrorCode::Usage,
                   printable(id) + " is not lost: " +
                       Path(scene.graph.revision(*index).span.file).filename().string() +
                       " defines it.",
                   "Name a revision that no file defines; chain lists them.");
}

LostPlace placeIn(const ChainScene& scene,
                  const RebuildRequest& request,
                  const RebuildSource& source,
                  const std::shared_ptr<const History>& history)
{
    LostPlaceRequest question{.graph = scene.graph, .id = request.id, .rows = source.rows};
    if (!source.isModels && history != nullptr)
        question.isApplied = [&](RevisionIndex index) {
            return hasLeftItsTrace(*history, index, source.schema);
        };
    return placeOf(question);
}

Precondition parentsKnown(const LostPlace& place)
{
    return {.id = "parents-known",
            .text = "It is known what the revision builds on.",
            .state = place.isClear ? PreconditionState::Met : PreconditionState::NotMet,
            .detail = place.isClear ? place.why
                                    : place.why + " Name it with --down, once for each parent."};
}

/// Said in the file and in the plan.
constexpr std::string_view dataIsUnknown = "What it did with rows is not known, and not done here.";

void finish(EditDraft& draft, RebuiltFile made)
{
    draft.preconditions.insert(
        draft.preconditions.end(), made.preconditions.begin(), made.preconditions.end());
    draft.lines.insert(draft.lines.end(), made.lines.begin(), made.lines.end());
    if (!made.file.to.empty())
        draft.files.insert(draft.files.begin(), std::move(made.file));
}

Precondition nameIsFree(const ChainScene& scene, const std::string& file)
{
    const bool isThere = scene.files.isFile(file);
    return {.id = "name-is-free",
            .text = "No file of that name is there.",
            .state = isThere ? PreconditionState::NotMet : PreconditionState::Met,
            .detail = isThere
                          ? Path(file).filename().string() + " is there. Name another with --out."
                          : Path(file).filename().string() + "."};
}

} // namespace

Result<Plan> planPutBack(const ChainScene& scene,
                         const std::vector<FileOfTheLost>& found,
                         const std::string& file,
                         const RunContext& run)
{
    EditDraft draft{.action = "rebuild",
                    .title = "Put back the file of " + found.front().id,
                    .summary = "The file is the one that git has, byte for byte. No database is "
                               "touched."};
    for (const FileOfTheLost& each : found) {
        if (auto lost = checkIsLost(scene, each.id); !lost)
            return failure(lost.error());
        const bool isFirst = &each == &found.front();
        std::string to = isFirst ? file : std::string();
        if (to.empty())
            to = (Path(folderFor(scene, {})) / Path(each.path).filename()).string();
        const std::string place = !each.branch.empty() ? "branch " + each.branch + ", "
                                  : each.isStashed     ? "a stash, "
                                                       : "";
        draft.lines.push_back({.label = "Found",
                               .text = each.path + " in " + place + "commit " +
                                       each.commit.substr(0, 12) + " of " + each.when + " (" +
                                       each.summary + ")",
                               .values = {}});
        draft.preconditions.push_back(nameIsFree(scene, to));
        draft.files.push_back(
            {.from = {}, .to = std::move(to), .before = {}, .after = each.contents});
    }
    // What others build on comes first.
    std::ranges::reverse(draft.files);
    return planOf(std::move(draft), scene, run);
}

Result<Plan> planRebuild(const ChainScene& scene,
                         const RebuildRequest& request,
                         const RebuildSource& source,
                         const std::shared_ptr<const History>& history,
                         const ReadHistory& readHistory,
                         const RunContext& run)
{
    if (auto lost = checkIsLost(scene, request.id); !lost)
        return failure(lost.error());
    LostPlace place = placeIn(scene, request, source, history);
    if (request.down) {
        const auto parents = parentsNamed(scene, *request.down);
        if (!parents)
            return failure(parents.error());
        place.parents = *parents;
        place.isClear = true;
        place.why = "It was named: " + joined(place.parents, "none") + ".";
    }
    EditDraft draft{.action = "rebuild",
                    .title = "Rebuild the lost revision " + request.id,
                    .summary = "Its file is written anew from " + source.name +
                               ". No database is touched."};
    draft.lines = {
        {.label = "Comes after", .text = joined(place.parents, "nothing"), .values = {}},
        {.label = "Comes before", .text = joined(place.children, "nothing"), .values = {}},
        {.label = "Not known", .text = std::string(dataIsUnknown), .values = {}}};
    draft.preconditions.push_back(parentsKnown(place));
    if (!place.isClear)
        return planOf(std::move(draft), scene, run);
    const NewPlace file{
        .id = request.id,
        .parents = place.parents,
        .folder = folderFor(scene, place.children.empty() ? place.parents : place.children),
        .file = request.file,
        .message = "rebuild " + request.id,
        .created = request.created,
        .others = {},
        .docLines = {"The file of this revision was lost. This one was rebuilt by Sightglass on " +
                         dayOf(request.created) + " from " + source.name +
                         ", less what later revisions do.",
                     std::string(dataIsUnknown)}};
    auto made = rebuiltFile(scene, file, source, readHistory, run);
    if (!made)
        return failure(made.error());
    if (!made->file.to.empty())
        draft.preconditions.push_back(nameIsFree(scene, made->file.to));
    finish(draft, std::move(*made));
    return planOf(std::move(draft), scene, run);
}

std::vector<QualifiedName> tablesNoneMakes(const RevisionGraph& graph, const History& history)
{
    std::vector<QualifiedName> tables;
    std::set<QualifiedName> known;
    const auto order = graph.walkOrder();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        const RevisionSteps& steps = history.steps(*index);
        for (const RefusedOperation& refused : steps.refused) {
            constexpr std::string_view word = "table ";
            constexpr std::string_view undefinedTable = "42P01";
            const std::string& object = refused.refusal.object;
            if (refused.refusal.state != undefinedTable || !object.starts_with(word))
                continue;
            const std::string name = object.substr(word.size());
            const std::size_t dot = name.find('.');
            QualifiedName table = dot == std::string::npos
                                      ? QualifiedName{"public", name}
                                      : QualifiedName{name.substr(0, dot), name.substr(dot + 1)};
            if (known.insert(table).second)
                tables.push_back(std::move(table));
        }
    }
    return tables;
}

Result<Plan> planInitial(const ChainScene& scene,
                         const RebuildRequest& request,
                         const RebuildSource& source,
                         const std::shared_ptr<const History>& history,
                         const ReadHistory& readHistory,
                         const RunContext& run)
{
    const auto needed = tablesNoneMakes(scene.graph, *history);
    if (needed.empty())
        return failure(ErrorCode::Usage,
                       "The chain needs no initial migration: it makes every table that it uses.",
                       "Run diagnose to see what else is wrong.");
    NewPlace place{.id = request.id,
                   .parents = {},
                   .folder = {},
                   .file = request.file,
                   .message = "initial schema",
                   .created = request.created,
                   .others = {},
                   .docLines = {"Made by Sightglass on " + dayOf(request.created) + " from " +
                                    source.name + ", less what later revisions do.",
                                "It holds no rows."}};
    std::vector<std::string> bases;
    for (const RevisionIndex base : scene.graph.bases()) {
        const Revision& revision = scene.graph.revision(base);
        auto file = draftFileOf(scene, base);
        if (!file)
            return failure(file.error());
        const std::vector<RevisionId> down{request.id};
        auto after = withDownRevisions(revision, file->before, down);
        if (!after)
            return failure(after.error());
        file->after = std::move(*after);
        place.others.push_back(std::move(*file));
        bases.push_back(revision.id);
    }
    place.folder = folderFor(scene, bases);
    std::vector<std::string> names;
    for (const QualifiedName& table : needed)
        names.push_back(toText(table));
    EditDraft draft{.action = "rebuild",
                    .title = "Write the initial migration that the chain lacks",
                    .summary = "A first revision makes the tables that later ones need. Databases "
                               "that are past it stay as they are.",
                    .lines = {{.label = "Needed", .text = joined(names), .values = {}},
                              {.label = "Comes before", .text = joined(bases), .values = {}}},
                    .files = place.others};
    auto made = rebuiltFile(scene, place, source, readHistory, run);
    if (!made)
        return failure(made.error());
    if (!made->file.to.empty())
        draft.preconditions.push_back(nameIsFree(scene, made->file.to));
    else
        draft.files.clear();
    finish(draft, std::move(*made));
    return planOf(std::move(draft), scene, run);
}

} // namespace sightglass
