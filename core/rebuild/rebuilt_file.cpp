// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/rebuilt_file.h"

#include "core/base/error.h"
#include "core/edits/edited_files.h"
#include "core/edits/new_revision.h"
#include "core/rebuild/later_revisions.h"
#include "core/replay/replay.h"
#include "core/scripts/file_naming.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t longestDocLine = 88;

/// Sentences in lines of a docstring.
std::string wrapped(const std::vector<std::string>& sentences)
{
    std::string text;
    std::size_t length = 0;
    for (const std::string& sentence : sentences) {
        for (std::size_t at = 0; at < sentence.size();) {
            const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
            const std::string word = sentence.substr(at, end - at);
            const bool fits = length + word.size() < longestDocLine;
            text += length == 0 ? "" : fits ? " " : "\n";
            length = fits && length != 0 ? length + 1 + word.size() : word.size();
            text += word;
            at = end + 1;
        }
    }
    return text;
}

/// As a docstring may hold it.
std::string docText(std::string text)
{
    std::ranges::replace(text, '\\', '/');
    std::ranges::replace(text, '"', '\'');
    return text;
}

/// Schemas around the revision to be made.
struct Ends
{
    Schema before;
    Schema after;
    std::vector<std::string> unclear;
};

/// The tables of models, among everything else that the chain leaves.
Schema endOfModels(const Schema& models, const Schema& chain)
{
    Schema end = chain;
    for (const auto& [name, declared] : models.tables) {
        Table table = *declared;
        if (const Table* known = chain.table(name)) {
            table.triggers = known->triggers;
            table.policies = known->policies;
            table.rowSecurity = known->rowSecurity;
        }
        end.tables[name] = std::make_shared<const Table>(std::move(table));
    }
    for (const auto& [name, type] : models.enums)
        end.enums[name] = type;
    for (const auto& [name, sequence] : models.sequences)
        end.sequences[name] = sequence;
    end.namespaces.insert(models.namespaces.begin(), models.namespaces.end());
    return end;
}

void leaveOut(const std::vector<QualifiedName>& names, const Schema& chain, Schema& end)
{
    for (const QualifiedName& name : names) {
        const auto known = chain.tables.find(name);
        if (known == chain.tables.end())
            end.tables.erase(name);
        else
            end.tables[name] = known->second;
        std::vector<QualifiedName> owned;
        for (const auto& [sequence, object] : end.sequences) {
            if (object->ownerTable == name && !chain.sequences.contains(sequence))
                owned.push_back(sequence);
        }
        for (const QualifiedName& sequence : owned)
            end.sequences.erase(sequence);
    }
}

class FileMaker
{
public:
    FileMaker(const ChainScene& scene,
              const NewPlace& place,
              const RebuildSource& source,
              const ReadHistory& readHistory,
              const RunContext& run)
        : m_scene(scene)
        , m_place(place)
        , m_source(source)
        , m_readHistory(readHistory)
        , m_run(run)
    {}

    Result<RebuiltFile> result()
    {
        const auto stub = with(m_place, {});
        if (!stub)
            return failure(stub.error());
        const auto index = stub->graph->find(m_place.id);
        if (!index)
            return failure(ErrorCode::Unsupported,
                           "The file of " + m_place.id + " can't be read back.",
                           "Look at the project's script.py.mako.");
        const auto rows = indexesOf(*stub);
        if (!rows)
            return failure(rows.error());
        if (!stub->graph->withAncestors(*rows)[*index]) {
            missing("source-has-it",
                    m_source.name + " has the revision.",
                    "It is at none that builds on " + m_place.id + ".");
            return std::move(m_made);
        }
        const Ends ends = endsOf(*stub, *index, *rows);
        const SchemaScript script = scriptOf(*stub, *index, ends);
        tell(script, ends);
        NewPlace place = m_place;
        for (const std::string& note : script.notes)
            place.docLines.push_back(note);
        std::string note;
        auto file = draftOf(m_scene, place, script, &note);
        if (!file)
            return failure(file.error());
        if (!note.empty())
            m_made.lines.push_back({.label = "Note", .text = note, .values = {}});
        m_made.file = *file;
        const auto proved = prove(ends);
        return proved ? Result<RebuiltFile>(std::move(m_made)) : failure(proved.error());
    }

private:
    Result<ChainToBe> with(const NewPlace& place, const SchemaScript& script)
    {
        auto file = draftOf(m_scene, place, script, nullptr);
        if (!file)
            return failure(file.error());
        return withFile(*file);
    }

    Result<ChainToBe> withFile(DraftFile file)
    {
        // Where it is asked for elsewhere, the chain is still read with it.
        file.to = (Path(m_place.folder) / Path(file.to).filename()).string();
        std::vector<DraftFile> files = m_place.others;
        files.push_back(std::move(file));
        return chainWith(m_scene, files, m_readHistory, m_run);
    }

    Result<std::vector<RevisionIndex>> indexesOf(const ChainToBe& chain) const
    {
        std::vector<RevisionIndex> indexes;
        for (const RevisionId& row : m_source.rows) {
            const auto index = chain.graph->find(row);
            if (!index)
                return failure(ErrorCode::Unsupported,
                               "The version table of " + m_source.name + " holds " +
                                   printable(row) + ", which no file defines.",
                               "Rebuild or put back that revision first.");
            indexes.push_back(*index);
        }
        if (m_source.isModels)
            indexes.assign(chain.graph->heads().begin(), chain.graph->heads().end());
        return indexes;
    }

    /// What the source is, in the terms of the chain.
    Schema endOf(const Schema& chain) const
    {
        Schema end = m_source.isModels ? endOfModels(m_source.schema, chain) : m_source.schema;
        leaveOut(m_source.leftOut, chain, end);
        return end;
    }

    Ends endsOf(const ChainToBe& stub, RevisionIndex index, const std::vector<RevisionIndex>& rows)
    {
        Ends ends;
        const ReplayedSchema before = stub.history->before(index);
        ends.before = before.schema;
        for (const Doubt& doubt : before.doubts)
            unread(doubt);
        const auto applied = stub.graph->withAncestors(rows);
        const std::vector<RevisionIndex> itself{index};
        const auto isEarlier = stub.graph->withAncestors(itself);
        std::vector<LaterRevision> later;
        for (const RevisionIndex each : stub.graph->walkOrder()) {
            if (!applied[each] || isEarlier[each])
                continue;
            later.push_back({.id = stub.graph->revision(each).id,
                             .steps = stub.history->steps(each),
                             .before = stub.history->before(each).schema,
                             .after = stub.history->after(each).schema});
            for (const Operation& operation : later.back().steps.upgrade.operations) {
                if (const auto* opaque = std::get_if<change::Opaque>(&operation.change);
                    opaque != nullptr && opaque->structural)
                    m_unread.push_back(later.back().id + " " + opaque->what);
            }
        }
        m_end = endOf(stub.history->at(rows).schema);
        m_rows = rows;
        EarlierSchema earlier = schemaBefore(m_end, later);
        ends.after = std::move(earlier.schema);
        ends.unclear = std::move(earlier.unclear);
        fillUnread(ends.before, ends.after);
        return ends;
    }

    void unread(const Doubt& doubt)
    {
        if (!doubt.unread && doubt.reach == Doubt::Reach::Parts && !doubt.table.name.empty())
            return; // its parts are compared with the source anyway
        m_unread.push_back((doubt.table.name.empty() ? "" : toText(doubt.table) + ": ") +
                           doubt.reason);
    }

    SchemaScript scriptOf(const ChainToBe& stub, RevisionIndex index, const Ends& ends)
    {
        const FunctionTexts before = functionTextsOf(*stub.graph, *stub.history, {index});
        FunctionTexts after = before;
        for (const auto& [key, text] : m_source.functions)
            after[key] = text;
        return scriptBetween({ends.before, before}, {ends.after, after});
    }

    void missing(const std::string& id, const std::string& text, const std::string& detail)
    {
        m_made.preconditions.push_back(
            {.id = id, .text = text, .state = PreconditionState::NotMet, .detail = detail});
    }

    void tell(const SchemaScript& script, const Ends& ends)
    {
        std::string made;
        for (const auto& [name, _] : ends.after.tables) {
            if (ends.before.table(name) == nullptr)
                made += (made.empty() ? "" : ", ") + toText(name);
        }
        if (!made.empty())
            m_made.lines.push_back({.label = "Makes tables", .text = made, .values = {}});
        if (script.upgrade.empty())
            m_made.lines.push_back(
                {.label = "Note",
                 .text = "No trace of it is left in the schema: the file does nothing.",
                 .values = {}});
        for (const std::string& note : script.notes)
            m_made.lines.push_back({.label = "Note", .text = note, .values = {}});
        m_unread.insert(m_unread.end(), m_source.doubts.begin(), m_source.doubts.end());
        std::string unread;
        for (const std::string& each : m_unread)
            unread += (unread.empty() ? "" : "; ") + each;
        m_made.preconditions.push_back(
            {.id = "everything-read",
             .text = "Everything that the other revisions do to the schema could be read.",
             .state = unread.empty() ? PreconditionState::Met : PreconditionState::Unknown,
             .detail = unread.empty() ? "They were read without running them." : unread + "."});
    }

    /// Reads the file back, and the chain with it.
    Result<void> prove(const Ends& ends)
    {
        const auto chain = withFile(m_made.file);
        if (!chain)
            return failure(chain.error());
        const std::string why = disproof(*chain, ends);
        m_made.preconditions.push_back(
            {.id = "replay-gives-the-schema",
             .text = "The file, read back and replayed with the chain, gives the schema that it "
                     "was made from.",
             .state = why.empty() ? PreconditionState::Met : PreconditionState::NotMet,
             .detail = why.empty() ? "Compared object by object" + notCompared(*chain) : why});
        return {};
    }

    /// "." or ", but for the default of …, which reading can't spell."
    std::string notCompared(const ChainToBe& chain) const
    {
        Schema made = chain.history->at(m_rows).schema;
        std::string names;
        for (const std::string& name : fillUnread(made, m_end))
            names += (names.empty() ? "" : ", ") + name;
        return names.empty()
                   ? "."
                   : ", but for the defaults of " + names + ", which reading can't spell.";
    }

    /// What a later revision needs and nothing tells the shape of.
    std::string laterRefusal(const ChainToBe& chain, RevisionIndex index) const
    {
        const auto applied = chain.graph->withAncestors(m_rows);
        const auto later = chain.graph->withDescendants(std::vector<RevisionIndex>{index});
        for (RevisionIndex each = 0; each < chain.graph->size(); ++each) {
            const auto& refused = chain.history->steps(each).refused;
            if (applied[each] && later[each] && !refused.empty())
                return "Revision " + chain.graph->revision(each).id +
                       " would still be refused: " + refused.front().refusal.message +
                       ". What it needs left no trace in " + m_source.name + ".";
        }
        return {};
    }

    std::string disproof(const ChainToBe& chain, const Ends& ends) const
    {
        const auto index = chain.graph->find(m_place.id);
        if (!index)
            return "The file can't be read back.";
        const RevisionSteps& steps = chain.history->steps(*index);
        if (!steps.refused.empty())
            return "PostgreSQL would refuse it: " + steps.refused.front().refusal.message + ".";
        const auto own = firstDifference(ends.after, chain.history->after(*index).schema);
        if (own)
            return differenceText(*own, "the schema to be", "the file");
        const auto all = firstDifference(m_end, chain.history->at(m_rows).schema);
        if (!all)
            return laterRefusal(chain, *index);
        return differenceText(*all, m_source.name, "the chain with the file") +
               (ends.unclear.empty() ? "" : " " + ends.unclear.front());
    }

    const ChainScene& m_scene;
    const NewPlace& m_place;
    const RebuildSource& m_source;
    const ReadHistory& m_readHistory;
    const RunContext& m_run;
    Schema m_end;
    std::vector<RevisionIndex> m_rows;
    std::vector<std::string> m_unread;
    RebuiltFile m_made;
};

} // namespace

Result<RebuiltFile> rebuiltFile(const ChainScene& scene,
                                const NewPlace& place,
                                const RebuildSource& source,
                                const ReadHistory& readHistory,
                                const RunContext& run)
{
    return FileMaker(scene, place, source, readHistory, run).result();
}

FunctionTexts functionTextsOf(const RevisionGraph& graph,
                              const History& history,
                              const std::vector<RevisionIndex>& heads)
{
    FunctionTexts texts;
    const auto wanted = graph.withAncestors(heads);
    const auto order = graph.walkOrder();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        if (!wanted[*index])
            continue;
        for (const Operation& operation : history.steps(*index).upgrade.operations) {
            const auto* made = std::get_if<change::CreateFunction>(&operation.change);
            if (made == nullptr || operation.sql.empty())
                continue;
            const std::string schema =
                made->function.schema.empty() ? "public" : made->function.schema;
            texts[{QualifiedName{schema, made->function.name}, made->arguments}] = operation.sql;
        }
    }
    return texts;
}

Result<ChainToBe> chainWith(const ChainScene& scene,
                            const std::vector<DraftFile>& files,
                            const ReadHistory& readHistory,
                            const RunContext& run)
{
    std::vector<FileEdit> edits;
    for (const DraftFile& file : files) {
        if (!file.from.empty() && file.from != file.to)
            edits.push_back({.file = file.from, .contents = std::nullopt});
        edits.push_back({.file = file.to, .contents = file.after});
    }
    const EditedFiles edited(scene.files, edits);
    auto scripts = readScripts(edited, scene.scripts.project, run);
    if (!scripts)
        return failure(scripts.error());
    ChainToBe chain;
    chain.scripts = std::make_shared<const Scripts>(std::move(*scripts));
    chain.graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(chain.scripts->revisions));
    chain.history = readHistory(edited, *chain.scripts, chain.graph);
    if (chain.history == nullptr)
        return failure(ErrorCode::Cancelled, "Stopped.");
    return chain;
}

Result<DraftFile> draftOf(const ChainScene& scene,
                          const NewPlace& place,
                          const SchemaScript& script,
                          std::string* note)
{
    NewRevision revision{.id = place.id, .down = place.parents, .created = place.created};
    revision.message = docText(place.message);
    if (!place.docLines.empty())
        revision.message += "\n\n" + docText(wrapped(place.docLines));
    revision.imports = importsOf(script);
    revision.upgrade = script.upgrade;
    revision.downgrade = script.downgrade;
    const RevisionText text =
        revisionText(revision, templateOf(scene.files, scene.scripts.project));
    if (note != nullptr)
        *note = text.note;
    DraftFile file;
    file.after = text.text;
    file.to = place.file;
    if (!file.to.empty())
        return file;
    const auto naming = fileNamingOf(scene.files, scene.scripts.project);
    if (!naming)
        return failure(naming.error());
    const auto name = revisionFileName(*naming, place.id, place.message, place.created);
    if (!name)
        return failure(name.error());
    file.to = (Path(place.folder) / *name).string();
    return file;
}

} // namespace sightglass
