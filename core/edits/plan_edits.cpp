// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/plan_edits.h"

#include "core/base/error.h"
#include "core/edits/edit_draft.h"
#include "core/edits/identifier_edits.h"
#include "core/edits/new_revision.h"
#include "core/revisions/revision_range.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string idList(const std::vector<RevisionId>& ids)
{
    std::string text;
    for (const RevisionId& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text.empty() ? "nothing (a base)" : text;
}

std::vector<RevisionId> downIdsOf(const Revision& revision)
{
    std::vector<RevisionId> ids;
    for (const RevisionReference& reference : revision.down)
        ids.push_back(reference.id);
    return ids;
}

Error usage(std::string message, std::string nextStep)
{
    return {
        .code = ErrorCode::Usage, .message = std::move(message), .nextStep = std::move(nextStep)};
}

/// What Alembic takes for an id, and for no symbol or expression.
bool isUsableId(const RevisionId& id)
{
    return !id.empty() && id != "base" && id != "head" && id != "heads" && id != "current" &&
           id.find_first_of("@-+:/\\ \t\n'\"") == std::string::npos;
}

/// Ids of the revisions that the expressions mean.
Result<std::vector<RevisionId>> idsMeant(const ChainScene& scene,
                                         const std::vector<std::string>& texts)
{
    std::vector<RevisionId> ids;
    for (const std::string& text : texts) {
        const auto found = resolveRevisions(scene.graph, text);
        if (!found)
            return failure(found.error());
        for (const RevisionIndex index : *found) {
            const RevisionId& id = scene.graph.revision(index).id;
            if (std::ranges::find(ids, id) == ids.end())
                ids.push_back(id);
        }
    }
    return ids;
}

/// `name` with the id that it begins with exchanged; unchanged where it begins with another.
std::string renamedAfter(const std::string& name, const RevisionId& from, const RevisionId& to)
{
    return name.starts_with(from) ? to + name.substr(from.size()) : name;
}

/// As Alembic would name the file.
Result<std::string> nameFor(const ChainScene& scene,
                            const RevisionId& id,
                            const std::string& message,
                            const std::string& created)
{
    const auto naming = fileNamingOf(scene.files, scene.scripts.project);
    return naming ? revisionFileName(*naming, id, message, created) : failure(naming.error());
}

Precondition nameIsFree(const ChainScene& scene, const DraftFile& file)
{
    const bool isFree = file.from == file.to || !scene.files.isFile(file.to);
    return {.id = "name-is-free",
            .text = "No other file is named " + Path(file.to).filename().string() + ".",
            .state = isFree ? PreconditionState::Met : PreconditionState::NotMet,
            .detail = isFree ? "There is none." : "Choose another name."};
}

} // namespace

Result<Plan>
planRename(const ChainScene& scene, const RenameRequest& request, const RunContext& run)
{
    const auto index = revisionMeant(scene, request.revision);
    if (!index)
        return failure(index.error());
    const Revision& revision = scene.graph.revision(*index);
    auto file = draftFileOf(scene, *index);
    if (!file)
        return failure(file.error());
    std::string name = request.name;
    if (name.empty()) {
        auto made =
            nameFor(scene, revision.id, revision.message, revision.created.value_or(std::string()));
        if (!made)
            return failure(made.error());
        name = std::move(*made);
    }
    if (name.find('/') != std::string::npos || !name.ends_with(".py") || name.starts_with('.'))
        return failure(usage(printable(name) + " is no name for a file of revisions.",
                             "Name it without a folder, ending in .py."));
    file->to = (Path(file->from).parent_path() / name).string();
    EditDraft draft{.action = "rename",
                    .title = "Rename the file of " + revision.id + " to " + name,
                    .summary = "Only the file's name changes; Alembic goes by the id inside.",
                    .lines = {{.label = "Now", .text = Path(file->from).filename().string()},
                              {.label = "After", .text = name}},
                    .files = {*file}};
    draft.preconditions.push_back(nameIsFree(scene, *file));
    return planOf(std::move(draft), scene, run);
}

Result<Plan>
planRepoint(const ChainScene& scene, const RepointRequest& request, const RunContext& run)
{
    const auto index = revisionMeant(scene, request.revision);
    if (!index)
        return failure(index.error());
    const Revision& revision = scene.graph.revision(*index);
    const auto down = idsMeant(scene, request.down);
    if (!down)
        return failure(down.error());
    auto file = draftFileOf(scene, *index);
    if (!file)
        return failure(file.error());
    auto after = withDownRevisions(revision, file->before, *down);
    if (!after)
        return failure(after.error());
    if (*down != downIdsOf(revision))
        file->after = std::move(*after);
    return planOf({.action = "repoint",
                   .title = "Make " + revision.id + " follow " + idList(*down),
                   .summary = "Only down_revision of one file changes, and the line of its "
                              "docstring that repeats it.",
                   .lines = {{.label = "Now",
                              .text = revision.id + " follows " + idList(downIdsOf(revision))},
                             {.label = "After", .text = revision.id + " follows " + idList(*down)}},
                   .files = {*file}},
                  scene,
                  run);
}

Result<Plan> planNewId(const ChainScene& scene, const NewIdRequest& request, const RunContext& run)
{
    const auto index = revisionMeant(scene, request.file);
    if (!index)
        return failure(index.error());
    if (!isUsableId(request.id))
        return failure(usage(printable(request.id) + " can't be the id of a revision.",
                             "Take letters and digits."));
    if (scene.graph.find(request.id))
        return failure(
            usage("Another file defines " + request.id + " already.", "Choose another id."));
    const Revision& revision = scene.graph.revision(*index);
    auto file = draftFileOf(scene, *index);
    if (!file)
        return failure(file.error());
    auto after = withRevisionId(revision, file->before, request.id);
    if (!after)
        return failure(after.error());
    file->after = std::move(*after);
    const Path path(file->from);
    const std::string name = renamedAfter(path.filename().string(), revision.id, request.id);
    file->to = (path.parent_path() / name).string();
    EditDraft draft{
        .action = "new-id",
        .title = "Give " + path.filename().string() + " the id " + request.id,
        .summary = "The file gets an id of its own; edges go along as said below.",
        .lines = {{.label = "Now", .text = revision.id}, {.label = "After", .text = request.id}},
        .files = {*file}};
    draft.preconditions.push_back(nameIsFree(scene, *file));
    std::vector<RevisionId> moved;
    for (const std::string& text : request.children) {
        const auto child = revisionMeant(scene, text);
        if (!child)
            return failure(child.error());
        auto edited = draftFileOf(scene, *child);
        if (!edited)
            return failure(edited.error());
        const Revision& other = scene.graph.revision(*child);
        auto pointed = withReference(other, edited->before, revision.id, request.id);
        if (!pointed)
            return failure(pointed.error());
        if (*pointed == edited->before)
            return failure(
                usage(other.id + " does not name " + revision.id + ".", "Leave it out."));
        edited->after = std::move(*pointed);
        draft.files.push_back(std::move(*edited));
        moved.push_back(other.id);
    }
    if (!moved.empty())
        draft.lines.push_back({.label = "Goes along", .text = idList(moved)});
    return planOf(std::move(draft), scene, run);
}

Result<Plan> planMerge(const ChainScene& scene, const MergeRequest& request, const RunContext& run)
{
    const auto down = idsMeant(
        scene, request.revisions.empty() ? std::vector<std::string>{"heads"} : request.revisions);
    if (!down)
        return failure(down.error());
    if (down->size() < 2)
        return failure(usage("There is nothing to merge: " + idList(*down) + " is one line.",
                             "Name two revisions or more."));
    if (!isUsableId(request.id) || scene.graph.find(request.id))
        return failure(usage(printable(request.id) + " can't be the id of a new revision.",
                             "Take letters and digits that no file has."));
    std::string message = request.message;
    if (message.empty()) {
        for (const RevisionId& id : *down)
            message += (message.empty() ? "merge " : " and ") + id;
    }
    const NewRevision revision{
        .id = request.id, .down = *down, .message = message, .created = request.created};
    const auto name = nameFor(scene, revision.id, message, request.created);
    if (!name)
        return failure(name.error());
    // Where the newest of them lies, as Alembic does.
    const std::string& beside = scene.graph.revision(*scene.graph.find(down->front())).span.file;
    const RevisionText text =
        revisionText(revision, templateOf(scene.files, scene.scripts.project));
    DraftFile file{.to = (Path(beside).parent_path() / *name).string(), .after = text.text};
    EditDraft draft{.action = "merge",
                    .title = "Merge " + idList(*down) + " in a new revision " + request.id,
                    .summary = "One file is made; it changes nothing in the database.",
                    .lines = {{.label = "After", .text = *name}}};
    if (!text.note.empty())
        draft.lines.push_back({.label = "Note", .text = text.note});
    draft.preconditions.push_back(nameIsFree(scene, file));
    draft.files.push_back(std::move(file));
    return planOf(std::move(draft), scene, run);
}

} // namespace sightglass
