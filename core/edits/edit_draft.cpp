// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/edit_draft.h"

#include "core/base/error.h"
#include "core/chain/chain_findings.h"
#include "core/edits/edited_files.h"
#include "core/edits/folder_copy.h"
#include "core/git/unified_diff.h"
#include "core/revisions/revision_range.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

constexpr std::size_t keptCopies = 10;
constexpr std::string_view severalHeadsRule = "multiple-heads";

/// The chain as a draft would leave it.
struct ChainAfter
{
    Scripts scripts;
    RevisionGraph graph;
};

std::string headsOf(const RevisionGraph& graph)
{
    std::string text;
    for (const RevisionIndex head : graph.heads())
        text += (text.empty() ? "" : ", ") + graph.revision(head).id;
    return text.empty() ? "none" : text;
}

Result<ChainAfter>
chainAfter(const EditDraft& draft, const ChainScene& scene, const RunContext& run)
{
    std::vector<FileEdit> edits;
    for (const DraftFile& file : draft.files) {
        if (!file.from.empty() && file.from != file.to)
            edits.push_back({.file = file.from, .contents = std::nullopt});
        edits.push_back({.file = file.to, .contents = file.after});
    }
    const EditedFiles edited(scene.files, edits);
    auto scripts = readScripts(edited, scene.scripts.project, run);
    if (!scripts)
        return failure(scripts.error());
    RevisionGraph graph = RevisionGraph::build(scripts->revisions);
    return ChainAfter{.scripts = std::move(*scripts), .graph = std::move(graph)};
}

/// Titles of what is badly wrong; of what is wrong at all where `all`.
std::set<std::string> faults(const Scripts& scripts, const RevisionGraph& graph, bool all)
{
    std::set<std::string> titles;
    for (const Finding& finding : chainFindings(scripts, graph)) {
        // Several heads load; how many there are is told, and may be what is wanted.
        const bool isGrave = finding.severity <= Severity::High && finding.rule != severalHeadsRule;
        if (all || isGrave)
            titles.insert(finding.title);
    }
    return titles;
}

std::vector<std::string> without(const std::set<std::string>& titles,
                                 const std::set<std::string>& others)
{
    std::vector<std::string> left;
    std::ranges::set_difference(titles, others, std::back_inserter(left));
    return left;
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : "; ") + text;
    return all;
}

void compareChains(Plan& plan, const ChainScene& scene, const ChainAfter& after)
{
    const std::string before = headsOf(scene.graph);
    const std::string then = headsOf(after.graph);
    plan.lines.push_back(
        {.label = "Heads", .text = before == then ? before : before + " → " + then});
    const auto mended =
        without(faults(scene.scripts, scene.graph, true), faults(after.scripts, after.graph, true));
    if (!mended.empty())
        plan.lines.push_back({.label = "Mends", .text = joined(mended)});
    const auto broken = without(faults(after.scripts, after.graph, false),
                                faults(scene.scripts, scene.graph, false));
    plan.preconditions.push_back(
        {.id = "chain-stays-sound",
         .text = "The edit brings no new fault into the chain.",
         .state = broken.empty() ? PreconditionState::Met : PreconditionState::NotMet,
         .detail = broken.empty() ? "The chain was read as it would be." : joined(broken) + "."});
}

/// Path as the diff names it.
std::string shownPath(const ChainScene& scene, const std::string& file)
{
    const Path relative = Path(file).lexically_relative(scene.scripts.project.root);
    return relative.empty() || *relative.begin() == ".." ? file : relative.generic_string();
}

void addRename(Plan& plan, const ChainScene& scene, const DraftFile& file)
{
    plan.steps.push_back({.title = "Rename " + Path(file.from).filename().string(),
                          .work = FileWork{.file = file.to,
                                           .diff = "rename from " + shownPath(scene, file.from) +
                                                   "\nrename to " + shownPath(scene, file.to),
                                           .renamedFrom = file.from,
                                           .renamedHash = contentHash(file.before)}});
    plan.affected.push_back({.kind = "file",
                             .name = shownPath(scene, file.from),
                             .change = "is named " + Path(file.to).filename().string()});
}

void addContents(Plan& plan, const ChainScene& scene, const DraftFile& file)
{
    const bool isNew = file.from.empty();
    const std::string name = Path(file.to).filename().string();
    const auto before = isNew ? std::nullopt : std::optional(file.before);
    plan.steps.push_back(
        {.title = (isNew ? "Write " : "Change ") + name,
         .work = FileWork{.file = file.to,
                          .before = isNew ? std::nullopt : std::optional(contentHash(file.before)),
                          .contents = file.after,
                          .diff = unifiedDiff(shownPath(scene, file.to), before, file.after)}});
    plan.affected.push_back({.kind = "file",
                             .name = shownPath(scene, file.to),
                             .change = isNew ? "is made" : "some bytes change"});
}

Result<void> addCopy(Plan& plan, const ChainScene& scene, const RunContext& run)
{
    std::vector<std::string> lines;
    std::string last;
    for (const Path& folder : scene.scripts.project.versionLocations) {
        if (!scene.files.isDirectory(folder))
            continue;
        const auto state = readFolderState(folder, run);
        if (!state)
            return failure(state.error());
        last = copyOf(*state, scene.copies).string();
        lines.push_back("copy " + folder.string() + " to " + last);
    }
    plan.steps.push_back({.title = "Copy the versions folder",
                          .work = OwnWork{.kind = std::string(copyFolderKind),
                                          .lines = std::move(lines),
                                          .leaves = last,
                                          .whenCutShort = "Nothing of the chain was changed.",
                                          .cleansUp = true}});
    plan.protection = {.needed = true,
                       .text = "The versions folder is copied to " + last + " first."};
    return {};
}

JournalTarget placeOf(const ChainScene& scene)
{
    const Project& project = scene.scripts.project;
    return {.shown = project.root.string(), .project = project.root.string()};
}

} // namespace

Result<Plan> planOf(EditDraft draft, const ChainScene& scene, const RunContext& run)
{
    const bool changes = std::ranges::any_of(draft.files, [](const DraftFile& file) {
        return file.from != file.to || file.before != file.after;
    });
    Plan plan{.action = draft.action,
              .title = draft.title,
              .summary = draft.summary,
              .target = {.place = placeOf(scene),
                         .environment = EnvironmentKind::Development,
                         .environmentWhy = "Only files of the project are changed."},
              .lines = std::move(draft.lines),
              .preconditions = std::move(draft.preconditions)};
    plan.confirmation = {.level = ConfirmationLevel::Click,
                         .phrase = scene.scripts.project.root.filename().string()};
    if (!changes) {
        plan.protection = {.needed = false, .text = "Nothing is changed."};
        return plan;
    }
    const auto after = chainAfter(draft, scene, run);
    if (!after)
        return failure(after.error());
    compareChains(plan, scene, *after);
    if (auto copied = addCopy(plan, scene, run); !copied)
        return failure(copied.error());
    for (const DraftFile& file : draft.files) {
        if (!file.from.empty() && file.from != file.to)
            addRename(plan, scene, file);
        if (file.before != file.after || file.from.empty())
            addContents(plan, scene, file);
    }
    plan.undo = {.text = "Undo puts the files back as they were, unless they were edited since.",
                 .possible = true};
    return plan;
}

Result<void> copyVersions(const ChainScene& scene, const RunContext& run)
{
    for (const Path& folder : scene.scripts.project.versionLocations) {
        if (!scene.files.isDirectory(folder))
            continue;
        const auto state = readFolderState(folder, run);
        if (!state)
            return failure(state.error());
        if (auto copied = copyFolder(*state, scene.copies, keptCopies, run); !copied)
            return copied;
    }
    return {};
}

Result<RevisionIndex> revisionMeant(const ChainScene& scene, const std::string& text)
{
    const Path given(text);
    std::vector<RevisionIndex> found;
    for (RevisionIndex index = 0; index < scene.graph.size(); ++index) {
        const Path file(scene.graph.revision(index).span.file);
        if (file == given || file.filename() == given ||
            file == (std::filesystem::current_path() / given).lexically_normal())
            found.push_back(index);
    }
    if (found.size() == 1)
        return found.front();
    if (found.size() > 1)
        return failure(ErrorCode::Ambiguous,
                       "Several files are named " + printable(text) + ".",
                       "Name the file with its folder.");
    const auto resolved = resolveRevision(scene.graph, text);
    if (!resolved)
        return failure(resolved.error());
    if (!*resolved)
        return failure(ErrorCode::Usage, "The base is no revision.", "Name a revision or a file.");
    const auto same = std::ranges::count_if(scene.graph.revisions(), [&](const Revision& each) {
        return each.id == scene.graph.revision(**resolved).id;
    });
    if (same > 1)
        return failure(ErrorCode::Ambiguous,
                       "Several files define " + scene.graph.revision(**resolved).id + ".",
                       "Name the file instead.");
    return **resolved;
}

Result<DraftFile> draftFileOf(const ChainScene& scene, RevisionIndex revision)
{
    const std::string& file = scene.graph.revision(revision).span.file;
    auto text = scene.files.read(file);
    if (!text)
        return failure(text.error());
    return DraftFile{.from = file, .to = file, .before = *text, .after = *text};
}

} // namespace sightglass
