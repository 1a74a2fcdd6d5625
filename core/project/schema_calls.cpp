// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/schema_calls.h"

#include "core/project/python_outline.h"
#include "core/python/syntax_tree.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace sightglass {

namespace {

constexpr int deepestWay = 4;
constexpr std::size_t mostParsed = 600;

bool has(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// One parsed file.
struct Source
{
    const ProjectFile* file = nullptr;
    SyntaxTree tree;
    PythonOutline outline;

    SourceSpan span(const TextRange& range) const
    {
        return {.file = file->path.string(),
                .begin = range.begin,
                .end = range.end,
                .line = range.line,
                .column = range.column,
                .endLine = range.endLine,
                .endColumn = range.endColumn};
    }

    std::string_view text(const OutlineFunction& function) const
    {
        return std::string_view(tree.text())
            .substr(function.range.begin, function.range.end - function.range.begin);
    }
};

/// Whether the object before `.create_all` is a MetaData or a SQLAlchemy() object, by its name.
bool looksLikeMetadata(std::string_view object)
{
    const std::string_view last = object.substr(object.rfind('.') + 1);
    std::string low(last);
    std::ranges::transform(
        low, low.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return has(low, "metadata") || low == "meta" || low == "db" || low.ends_with("_db") ||
           low == "database" || has(low, "registry");
}

bool asksPerson(std::string_view text)
{
    static constexpr std::array words{"input(",
                                      "click.confirm",
                                      "confirmation_option",
                                      "typer.confirm",
                                      "prompt_bool",
                                      "prompt(",
                                      "Confirm.ask",
                                      "questionary"};
    return std::ranges::any_of(words, [text](const char* word) { return has(text, word); });
}

/// Texts below a node: of a list ["alembic", "upgrade", "head"] or "alembic upgrade head".
bool startsAlembic(SyntaxNode arguments)
{
    bool alembic = false;
    bool upgrade = false;
    for (SyntaxNode each : nodesOfKind(arguments, "string", {"lambda"})) {
        const std::string_view text = each.text();
        if (text.size() > 200)
            continue;
        alembic = alembic || has(text, "alembic");
        const bool word = has(text, "\"upgrade\"") || has(text, "'upgrade'");
        upgrade = upgrade || word || has(text, "alembic upgrade");
    }
    return alembic && upgrade;
}

bool isUpgrade(const Source& source, SyntaxNode call)
{
    const SyntaxNode function = call.field("function");
    const auto imported =
        [&](std::string_view name, std::string_view module, std::string_view origin) {
            return std::ranges::any_of(source.outline.imports, [&](const ImportedFrom& each) {
                return each.name == name && each.module == module && each.origin == origin;
            });
        };
    if (function.is("attribute") && function.field("attribute").text() == "upgrade") {
        const std::string_view object = function.field("object").text();
        return object == "alembic.command" || object == "flask_migrate" ||
               imported(object, "alembic", "command");
    }
    if (function.is("identifier") && (imported(function.text(), "flask_migrate", "upgrade") ||
                                      imported(function.text(), "alembic.command", "upgrade")))
        return true;
    const std::string_view name = function.text();
    static constexpr std::array runners{"run",
                                        "call",
                                        "check_call",
                                        "check_output",
                                        "Popen",
                                        "system",
                                        "getoutput",
                                        "create_subprocess_exec",
                                        "create_subprocess_shell",
                                        "execvp",
                                        "main"};
    const std::string_view last = name.substr(name.rfind('.') + 1);
    return std::ranges::find(runners, last) != runners.end() &&
           startsAlembic(call.field("arguments"));
}

/// All Python files; parsed ones are kept.
class Sources
{
public:
    Sources(const FileSystem& files,
            const ProjectFiles& project,
            const ScanLimits& limits,
            const RunContext& run)
        : m_files(files)
        , m_python(project.of(ProjectFileKind::Python))
        , m_limits(limits)
        , m_run(run)
    {}

    /// Parses the files whose text has one of `words`; places left out by `take`.
    template <typename Take>
    std::vector<const Source*> with(const std::vector<std::string>& words, Take take)
    {
        std::vector<const Source*> made;
        for (const ProjectFile* file : m_python) {
            if (m_run.stopRequested())
                break;
            if (!take(*file))
                continue;
            const auto known = m_sources.find(file->shown);
            if (known != m_sources.end()) {
                if (hasOneOf(known->second->tree.text(), words))
                    made.push_back(known->second.get());
                continue;
            }
            auto text = m_files.read(file->path, m_limits.fileBytes);
            if (!text || !hasOneOf(*text, words) || m_sources.size() >= mostParsed)
                continue;
            if (const Source* source = parse(*file, std::move(*text)))
                made.push_back(source);
        }
        return made;
    }

private:
    static bool hasOneOf(const std::string& text, const std::vector<std::string>& words)
    {
        return std::ranges::any_of(words,
                                   [&text](const std::string& word) { return has(text, word); });
    }

    const Source* parse(const ProjectFile& file, std::string text)
    {
        auto tree = SyntaxTree::parse(std::move(text));
        if (!tree)
            return nullptr;
        auto made = std::make_unique<Source>(
            Source{.file = &file, .tree = std::move(*tree), .outline = {}});
        made->outline = outlineOf(made->tree.root(), {"create_all", "drop_all"});
        return m_sources.emplace(file.shown, std::move(made)).first->second.get();
    }

    const FileSystem& m_files;
    std::vector<const ProjectFile*> m_python;
    const ScanLimits& m_limits;
    const RunContext& m_run;
    std::map<std::string, std::unique_ptr<Source>, std::less<>> m_sources;
};

/// `@user.command("migrate")` → "migrate"; the function's name where none is given.
std::string commandOf(const OutlineFunction& function)
{
    const std::size_t at = function.decorators.find(".command");
    if (at == std::string::npos)
        return {};
    const std::size_t end =
        std::min(function.decorators.find('\n', at), function.decorators.size());
    const std::string line = function.decorators.substr(at, end - at);
    const std::size_t open = line.find_first_of("\"'");
    if (open != std::string::npos)
        return line.substr(open + 1, line.find(line[open], open + 1) - open - 1);
    std::string name = function.name;
    std::ranges::replace(name, '_', '-');
    return name;
}

SchemaCall callAt(const Source& source, const OutlinePlace& place, SchemaCallKind kind)
{
    const OutlineFunction& function = source.outline.functions[place.function];
    const std::string_view body = source.text(function);
    SchemaCall made;
    made.kind = kind;
    made.file = source.file->shown;
    made.span = source.span(place.node.range());
    made.place = source.file->place;
    made.code = std::string(place.node.text().substr(0, 80));
    made.function = function.name;
    made.condition = place.condition;
    if (place.function != 0) {
        made.command = commandOf(function);
        made.stamps = has(source.tree.text(), "stamp(") && has(source.tree.text(), "alembic");
        made.asks = asksPerson(body) || asksPerson(function.decorators);
        made.forSqlite = has(body, "sqlite");
    }
    made.forSqlite = made.forSqlite || has(made.condition, "sqlite");
    return made;
}

/// Index of the innermost function around a node.
std::size_t functionAt(const PythonOutline& outline, SyntaxNode node)
{
    std::size_t found = 0;
    for (std::size_t i = 1; i < outline.functions.size(); ++i) {
        const TextRange& range = outline.functions[i].range;
        const TextRange& best = outline.functions[found].range;
        const bool around = range.begin <= node.begin() && node.end() <= range.end;
        if (around && (found == 0 || range.end - range.begin <= best.end - best.begin))
            found = i;
    }
    return found;
}

void addCalls(const Source& source, std::vector<SchemaCall>& made)
{
    for (const OutlinePlace& place : source.outline.attributes) {
        const bool creates = place.node.field("attribute").text() == "create_all";
        SchemaCall call =
            callAt(source, place, creates ? SchemaCallKind::CreateAll : SchemaCallKind::DropAll);
        call.likely = looksLikeMetadata(place.node.field("object").text());
        const bool sqlalchemy =
            has(source.tree.text(), "sqlalchemy") || has(source.tree.text(), "sqlmodel");
        if (call.likely || sqlalchemy)
            made.push_back(std::move(call));
    }
    if (!has(source.tree.text(), "alembic") && !has(source.tree.text(), "flask_migrate"))
        return;
    for (const OutlinePlace& place : source.outline.calls) {
        if (isUpgrade(source, place.node))
            made.push_back(callAt(source, place, SchemaCallKind::Upgrade));
    }
    // command = ["alembic", "upgrade", "head"], to be started later
    for (SyntaxNode list : nodesOfKind(source.tree.root(), "list")) {
        const bool seen = std::ranges::any_of(made, [&](const SchemaCall& call) {
            return call.file == source.file->shown && call.span.begin <= list.begin() &&
                   call.span.end >= list.end();
        });
        if (!seen && startsAlembic(list))
            made.push_back(callAt(
                source,
                {.function = functionAt(source.outline, list), .condition = {}, .node = list},
                SchemaCallKind::Upgrade));
    }
}

/// "src/database/base.py" is what `from src.database.base import …` or `from .base import …` means.
bool isModule(std::string_view file, std::string module)
{
    module.erase(0, std::min(module.find_first_not_of('.'), module.size()));
    std::ranges::replace(module, '.', '/');
    std::string path(file.substr(0, file.size() - std::min<std::size_t>(3, file.size())));
    if (path.ends_with("/__init__"))
        path.resize(path.size() - 9);
    if (module.empty())
        return true;
    // A package may hand on what its modules define.
    return path == module || path.ends_with("/" + module) ||
           ("/" + path + "/").find("/" + module + "/") != std::string::npos;
}

/// Follows callers from the functions that hold the calls.
class Ways
{
public:
    Ways(Sources& sources, std::vector<SchemaCall>& calls)
        : m_sources(sources)
        , m_calls(calls)
    {}

    void follow()
    {
        for (SchemaCall& call : m_calls) {
            if (call.place != ProjectPlace::Application)
                continue;
            if (call.function.empty())
                call.reached = ReachedFrom::Import;
            else if (call.function == "__main__")
                call.reached = ReachedFrom::Script;
            else
                m_open.push_back({&call, call.file, call.function, {}});
        }
        for (int depth = 0; depth < deepestWay && !m_open.empty(); ++depth)
            step();
    }

private:
    struct Open
    {
        SchemaCall* call;
        std::string file;     ///< that defines
        std::string function; ///< what is called
        std::vector<SourceSpan> way;
    };

    void step()
    {
        std::vector<std::string> words;
        for (const Open& open : m_open)
            words.push_back(open.function);
        const auto sources = m_sources.with(
            words, [](const ProjectFile& file) { return file.place == ProjectPlace::Application; });
        std::vector<Open> next;
        for (const Open& open : m_open) {
            for (const Source* source : sources)
                seeDefinition(open, *source);
            for (const Source* source : sources)
                seeCallers(open, *source, next);
        }
        m_open = std::move(next);
    }

    /// The function itself may be what the start runs.
    static void seeDefinition(const Open& open, const Source& source)
    {
        if (source.file->shown != open.file)
            return;
        for (const OutlineFunction& function : source.outline.functions) {
            if (function.name == open.function)
                settle(open, startOf(function), source.span(function.range));
        }
    }

    static ReachedFrom startOf(const OutlineFunction& function)
    {
        if (function.name.empty())
            return ReachedFrom::Import;
        if (function.name == "__main__")
            return ReachedFrom::Script;
        if (has(function.decorators, "startup") || has(function.decorators, "before_serving") ||
            has(function.decorators, "before_first_request") ||
            has(function.decorators, "on_start"))
            return ReachedFrom::Startup;
        static constexpr std::array names{"lifespan",
                                          "startup",
                                          "on_startup",
                                          "startup_event",
                                          "create_app",
                                          "app_startup",
                                          "startup_handler",
                                          "on_start",
                                          "make_app"};
        if (std::ranges::find(names, function.name) != names.end() ||
            function.name.ends_with("_lifespan"))
            return ReachedFrom::Startup;
        if (has(function.decorators, ".command") || has(function.decorators, "click.") ||
            has(function.decorators, "typer."))
            return ReachedFrom::Script;
        return ReachedFrom::NotKnown;
    }

    /// The strongest start stays: the application's own before a program's.
    static void settle(const Open& open, ReachedFrom reached, SourceSpan at)
    {
        const auto rank = [](ReachedFrom one) {
            return one == ReachedFrom::Startup  ? 3
                   : one == ReachedFrom::Import ? 2
                   : one == ReachedFrom::Script ? 1
                                                : 0;
        };
        if (rank(reached) <= rank(open.call->reached))
            return;
        open.call->reached = reached;
        at.end = at.begin;
        at.endLine = at.endColumn = 0;
        open.call->way = {std::move(at)};
        open.call->way.insert(open.call->way.end(), open.way.begin(), open.way.end());
    }

    bool isMeant(const Open& open, const Source& source) const
    {
        if (source.file->shown == open.file)
            return true;
        const std::string stem = Path(open.file).stem().string();
        return std::ranges::any_of(source.outline.imports, [&](const ImportedFrom& each) {
            if (each.origin == open.function || each.origin == "*" || each.name == open.function)
                return isModule(open.file, each.module);
            // The module is imported, and the function reached through it.
            return each.origin == stem || each.module.ends_with(stem);
        });
    }

    void seeCallers(const Open& open, const Source& source, std::vector<Open>& next)
    {
        if (!isMeant(open, source))
            return;
        const auto renamed =
            std::ranges::find_if(source.outline.imports, [&](const ImportedFrom& each) {
                return each.origin == open.function && each.name != open.function;
            });
        const std::string& called =
            renamed == source.outline.imports.end() ? open.function : renamed->name;
        for (const OutlineFunction& function : source.outline.functions) {
            for (const auto& [name, range] : function.calls) {
                if (name != called ||
                    (function.name == open.function && source.file->shown == open.file))
                    continue;
                Open caller = open;
                caller.way.insert(caller.way.begin(), source.span(range));
                const ReachedFrom start = startOf(function);
                if (start != ReachedFrom::NotKnown)
                    settle(open, start, source.span(range));
                else if (m_seen
                             .insert(source.file->shown + ":" + function.name + ":" +
                                     std::to_string(open.call - m_calls.data()))
                             .second)
                    next.push_back(
                        {open.call, source.file->shown, function.name, std::move(caller.way)});
                break;
            }
        }
    }

    Sources& m_sources;
    std::vector<SchemaCall>& m_calls;
    std::vector<Open> m_open;
    std::set<std::string> m_seen;
};

} // namespace

std::vector<SchemaCall> readSchemaCalls(const FileSystem& files,
                                        const ProjectFiles& project,
                                        const ScanLimits& limits,
                                        const RunContext& run)
{
    Sources sources(files, project, limits, run);
    std::vector<SchemaCall> made;
    std::set<const Source*> seen;
    const auto add = [&](const std::vector<const Source*>& found) {
        for (const Source* source : found) {
            if (seen.insert(source).second)
                addCalls(*source, made);
        }
    };
    add(sources.with({"create_all", "drop_all"}, [](const ProjectFile&) { return true; }));
    // What a revision does is its own upgrade, not the start of anything.
    add(sources.with(
        {"command.upgrade",
         "flask_migrate",
         "\"upgrade\"",
         "'upgrade'",
         "alembic upgrade",
         "upgrade(alembic",
         "command as "},
        [](const ProjectFile& file) { return file.place != ProjectPlace::Migration; }));
    std::erase_if(made, [](const SchemaCall& call) {
        return call.kind == SchemaCallKind::Upgrade && call.place == ProjectPlace::Migration;
    });
    Ways(sources, made).follow();
    return made;
}

} // namespace sightglass
