// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_reader.h"

#include "core/evaluation/classes.h"
#include "core/models/known_packages.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace sightglass {
namespace {

constexpr std::size_t stepsForModels = 6'000'000;

bool has(const std::string& text, std::string_view word)
{
    return text.find(word) != std::string::npos;
}

/// Words of files that make tables.
const std::vector<std::string_view>& modelWords()
{
    static const std::vector<std::string_view> words{
        "Column(", "mapped_column(", "Mapped[", "table=True", "Table(", "__tablename__", ".Model)"};
    return words;
}

bool makesTables(const std::string& text)
{
    return std::ranges::any_of(modelWords(),
                               [&](std::string_view word) { return has(text, word); });
}

std::string bareName(std::string_view text)
{
    const std::string_view name = text.substr(0, text.find_first_of("[("));
    return std::string(name.substr(name.rfind('.') + 1));
}

/// Names of classes that may be mapped, and of what makes bases of them, in the modules read.
class MappedNames
{
public:
    void add(const std::string& dotted, const SourceModule& module)
    {
        const SyntaxNode root = module.tree.root();
        for (SyntaxNode each : nodesOfKind(root, "class_definition", {"function_definition"})) {
            Class made{
                .module = dotted, .name = std::string(each.field("name").text()), .bases = {}};
            for (SyntaxNode base : each.field("superclasses").namedChildren())
                made.bases.push_back(bareName(base.text()));
            m_classes.push_back(std::move(made));
        }
        for (SyntaxNode each :
             nodesOfKind(root, "assignment", {"function_definition", "class_definition"})) {
            const std::string_view right = each.field("right").text();
            if (right.find("declarative_base(") != std::string_view::npos ||
                right.find("generate_base(") != std::string_view::npos ||
                right.find("make_declarative") != std::string_view::npos)
                m_names.insert(std::string(each.field("left").text()));
        }
    }

    /// Modules with a class that derives from one of them, however far.
    std::set<std::string> modules()
    {
        std::set<std::string> made;
        for (bool changed = true; changed;) {
            changed = false;
            for (const Class& each : m_classes) {
                const bool mapped = std::ranges::any_of(
                    each.bases, [this](const std::string& base) { return m_names.contains(base); });
                if (!mapped)
                    continue;
                made.insert(each.module);
                changed = m_names.insert(each.name).second || changed;
            }
        }
        return made;
    }

private:
    struct Class
    {
        std::string module;
        std::string name;
        std::vector<std::string> bases;
    };

    std::vector<Class> m_classes;
    std::set<std::string> m_names{"Base", "Model", "SQLModel", "DeclarativeBase"};
};

std::string shownName(const QualifiedName& name)
{
    return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

} // namespace

ModelReader::ModelReader(const FileSystem& files,
                         const Project& project,
                         const TypeMap& types,
                         const RunContext& run)
    : m_files(files)
    , m_project(project)
    , m_run(run)
    , m_source(files, project.importRoots, project.environmentFile)
    , m_walk(m_source, files, project.importRoots, run)
    , m_context(files, project)
    , m_types(types)
    , m_interpreter(
          m_source, hooks(), InterpreterLimits{.steps = stepsForModels, .depth = 150}, run.stop)
{
    m_registry.attributeAt = [this](const SourceSpan& span) { return m_source.attributeAt(span); };
}

InterpreterHooks ModelReader::hooks()
{
    InterpreterHooks made;
    made.services = {&m_types, &m_natives, &m_registry, &m_created};
    made.nativeModule = [this](Interpreter& interpreter, std::string_view dotted) {
        return nativeModule(interpreter, dotted);
    };
    return made;
}

Object* ModelReader::nativeModule(Interpreter& interpreter, std::string_view dotted)
{
    if (const auto known = m_modules.find(dotted); known != m_modules.end())
        return known->second;
    Object* made = nullptr;
    if (dotted == "alembic.context")
        made = m_context.module(interpreter);
    else if (dotted == "typing" || dotted == "typing_extensions")
        made = makeTypingModule(interpreter, dotted);
    else if (!dotted.starts_with("alembic") && knownPackageSource(dotted).empty())
        made = m_natives.find(interpreter, dotted);
    if (made == nullptr && isDeclarativeModule(dotted))
        made = interpreter.make<NativeModule>(std::string(dotted));
    m_modules.emplace(std::string(dotted), made);
    if (auto* module = dynamic_cast<NativeModule*>(made); module != nullptr)
        addDeclarative(interpreter, *module);
    return made;
}

void ModelReader::runModule(const std::string& dotted)
{
    const Value module = m_interpreter.importModule(dotted);
    const auto* file = module.as<FileModule>();
    if (file == nullptr || !file->failed || isEnvironment(dotted))
        return;
    if (file->source() != nullptr && makesTables(file->source()->tree.text()))
        m_reading.doubts.push_back(Doubt{.table = {},
                                         .column = {},
                                         .reason = "tables may be missing: " + file->failed->reason,
                                         .span = {}});
    m_reading.notes.push_back(file->failed->reason + ".");
}

void ModelReader::evaluate(const std::vector<std::string>& modules)
{
    // Most of an application has nothing to do with tables; what a model needs of it is imported
    // when its name is used.
    MappedNames names;
    std::vector<std::string> wanted;
    std::set<std::string> making;
    for (const std::string& each : modules) {
        const SourceModule* module =
            isEnvironment(each) || nativeModule(m_interpreter, each) != nullptr
                ? nullptr
                : m_source.find(each);
        if (module == nullptr || m_run.stopRequested())
            continue;
        names.add(each, *module);
        const std::string& text = module->tree.text();
        if (makesTables(text) || has(text, "listens_for") || has(text, "Index("))
            making.insert(each);
        wanted.push_back(each);
    }
    making.merge(names.modules());
    for (const std::string& each : wanted) {
        if (m_run.stopRequested())
            return;
        if (making.contains(each))
            runModule(each);
    }
}

std::optional<Value> ModelReader::target(std::string_view environment)
{
    const Value module = m_interpreter.importModule(environment);
    const std::optional<Value>& configured = m_context.configured();
    if (configured && !configured->isUnknown())
        return configured;
    const auto* file = module.as<FileModule>();
    const std::vector<std::string> names =
        file != nullptr ? file->names() : std::vector<std::string>{};
    if (std::ranges::find(names, "target_metadata") != names.end()) {
        const Evaluated value = m_interpreter.attribute(module, "target_metadata");
        if (value && !value->isNone())
            return *value;
        if (value && !configured)
            return *value;
    }
    return configured;
}

std::optional<Value> ModelReader::target()
{
    std::optional<Value> made = target(environmentModule);
    if (made && !made->isUnknown())
        return made;
    m_context.setCommandLine();
    std::optional<Value> again = target(environmentOfCommandLine);
    return again && (!made || !again->isUnknown()) ? again : made;
}

std::vector<MetaDataItem*> ModelReader::metadataOf(const Value& value)
{
    std::vector<MetaDataItem*> made;
    if (auto* one = value.as<MetaDataItem>()) {
        made.push_back(one);
    } else if (const auto* items = Interpreter::itemsOf(value)) {
        for (const Value& each : *items) {
            if (auto* item = each.as<MetaDataItem>())
                made.push_back(item);
            else if (each.isUnknown())
                m_reading.notes.push_back("One of several MetaData is not known: " + each.reason() +
                                          ".");
        }
        if (made.size() > 1)
            m_reading.notes.emplace_back("target_metadata is a list: its tables are read together, "
                                         "and no naming convention is taken from it.");
    }
    return made;
}

std::vector<MetaDataItem*> ModelReader::searched()
{
    const auto databases = m_walk.modulesWith({"flask_sqlalchemy"});
    for (const std::string& each : m_walk.modulesWith(modelWords())) {
        if (m_run.stopRequested())
            return {};
        const SourceModule* module = m_source.find(each);
        const auto& read = m_interpreter.filesRead();
        if (module != nullptr && std::ranges::find(read, module->path) == read.end())
            runModule(each);
    }
    std::vector<MetaDataItem*> all = m_registry.ofDatabases;
    std::ranges::stable_sort(all, [](const MetaDataItem* a, const MetaDataItem* b) {
        return a->tables.size() > b->tables.size();
    });
    if (databases.empty() || all.empty() || all.front()->tables.empty())
        return onlyMetadata();
    all.resize(1);
    m_reading.notes.emplace_back("env.py takes its metadata from the running application; the "
                                 "project's SQLAlchemy() object is read instead.");
    return all;
}

std::vector<MetaDataItem*> ModelReader::onlyMetadata()
{
    std::set<MetaDataItem*> all;
    for (const auto& [made, mapping] : m_registry.mapped) {
        if (mapping.table != nullptr && mapping.table->metadata != nullptr)
            all.insert(mapping.table->metadata);
    }
    if (all.size() != 1)
        return {};
    m_reading.notes.emplace_back("What env.py gives as target_metadata is known at run time alone; "
                                 "all models of the project share one MetaData, which is read "
                                 "instead.");
    m_reading.doubts.push_back(
        Doubt{.table = {},
              .column = {},
              .reason = "tables may be missing: target_metadata is known at run time alone",
              .span = {}});
    return {*all.begin()};
}

void ModelReader::widen(const std::vector<MetaDataItem*>& all)
{
    const auto count = [&all] {
        return std::accumulate(all.begin(), all.end(), std::size_t{}, [](std::size_t sum, auto* m) {
            return sum + m->tables.size();
        });
    };
    const auto& read = m_interpreter.filesRead();
    const std::size_t before = count();
    std::string modules;
    for (const std::string& each : m_walk.modulesWith(modelWords())) {
        if (m_run.stopRequested())
            return;
        const SourceModule* module = m_source.find(each);
        if (module == nullptr || std::ranges::find(read, module->path) != read.end())
            continue;
        const std::size_t known = count();
        const auto* file = m_interpreter.importModule(each).as<FileModule>();
        if (file != nullptr && file->failed)
            m_reading.notes.push_back(file->failed->reason + ".");
        if (count() > known)
            modules += (modules.empty() ? "" : ", ") + each;
    }
    if (count() > before)
        m_reading.notes.push_back("No import that can be followed leads from env.py to " + modules +
                                  ": " + std::to_string(count() - before) +
                                  " tables are read from there that autogenerate may not see. "
                                  "Import these modules in env.py.");
}

void ModelReader::takeConvention(const std::vector<std::string>& modules)
{
    for (const std::string& dotted : modules) {
        const Value module = m_interpreter.importModule(dotted);
        const auto* file = module.as<FileModule>();
        if (file == nullptr)
            continue;
        for (const std::string& name : file->names()) {
            const Evaluated value = m_interpreter.attribute(module, name);
            const auto* metadata = value ? value->as<MetaDataItem>() : nullptr;
            if (metadata == nullptr || metadata->convention == defaultNamingConvention())
                continue;
            m_reading.convention = metadata->convention;
            m_reading.notes.push_back("The naming convention is that of " + name + " in " + dotted +
                                      "; whether env.py uses it is not known.");
            return;
        }
    }
}

std::vector<Change> ModelReader::changesOf(MetaDataItem& metadata)
{
    static_cast<void>(m_created.take());
    const Evaluated method =
        m_interpreter.attribute(Value(static_cast<Object*>(&metadata)), "create_all");
    Arguments arguments;
    arguments.positional.emplace_back(Unknown{"a connection"});
    if (method && m_interpreter.call(*method, arguments))
        return m_created.take();
    static_cast<void>(m_created.take());
    std::vector<Change> changes;
    for (const TableItem* table : sortedTables(metadata)) {
        auto made = createTableChanges(*table, metadata.convention);
        if (!made) {
            m_reading.doubts.push_back(
                Doubt{.table = table->name,
                      .column = {},
                      .reason = "SQLAlchemy would not make it: " + made.error().message,
                      .span = table->span});
            continue;
        }
        for (Change& each : *made) {
            if (auto* type = std::get_if<change::CreateEnum>(&each)) {
                type->oncePerRun = false;
                type->unlessExists = true;
            }
            changes.push_back(std::move(each));
        }
    }
    return changes;
}

void ModelReader::build(const std::vector<MetaDataItem*>& all)
{
    Replay replay;
    const auto apply = [&](Change change, const SourceSpan& span) {
        Operation operation;
        operation.change = std::move(change);
        operation.span = span;
        operation.origin = Origin::Model;
        operation.directive = "create_all";
        if (const auto refusal = replay.apply(operation))
            replay.assume(operation, *refusal);
    };
    for (MetaDataItem* metadata : all) {
        std::map<QualifiedName, SourceSpan> spans;
        for (const TableItem* table : metadata->tables) {
            if (table->name.name.empty())
                continue;
            spans.emplace(table->name, table->span);
            QualifiedName found = table->name;
            if (found.schema.empty())
                found.schema = "public";
            m_reading.declaredAt.emplace(found, table->span);
            if (!table->name.schema.empty() && table->name.schema != "public")
                apply(change::CreateSchema{.schema = table->name.schema, .ifNotExists = true}, {});
        }
        for (Change& each : changesOf(*metadata)) {
            const auto span = spans.find(objectOf(each).table);
            const SourceSpan at = span == spans.end() ? SourceSpan{} : span->second;
            m_reading.declared.push_back(each);
            apply(std::move(each), at);
        }
    }
    m_reading.schema = replay.schema();
    for (const Doubt& doubt : replay.doubts())
        m_reading.doubts.push_back(doubt);
    noteGaps(all);
}

void ModelReader::noteGaps(const std::vector<MetaDataItem*>& all)
{
    const auto add =
        [&](const QualifiedName& table, std::string column, std::string why, SourceSpan span) {
            m_reading.doubts.push_back(Doubt{.table = table,
                                             .column = std::move(column),
                                             .reason = std::move(why),
                                             .span = std::move(span)});
        };
    for (const ModelRegistry::Gap& gap : m_registry.gaps)
        add(gap.table, gap.column, gap.reason, gap.span);
    for (const MetaDataItem* metadata : all) {
        if (metadata->unknown)
            add({}, {}, metadata->unknown->reason, {});
        for (const TableItem* table : metadata->tables) {
            if (const auto unknown = unknownPart(*table))
                add(table->name, {}, unknown->reason, table->span);
            for (const ColumnItem* column : table->columns) {
                if (const auto unknown = unknownPart(*column))
                    add(table->name,
                        column->name.isKnown() ? column->name.value() : std::string(),
                        unknown->reason,
                        column->span);
            }
        }
    }
}

std::optional<Value> ModelReader::filter(const EnvironmentFilter& one)
{
    std::optional<Value> given = m_context.argument(one.keyword);
    if (given && !given->isUnknown())
        return given;
    for (const std::string_view environment : {environmentModule, environmentOfCommandLine}) {
        const Value module = m_interpreter.importModule(environment);
        const auto* file = module.as<FileModule>();
        if (file == nullptr || std::ranges::count(file->names(), one.function) == 0)
            continue;
        const Evaluated value = m_interpreter.attribute(module, one.function);
        if (value && !value->isUnknown())
            return *value;
    }
    return std::nullopt;
}

ModelsReading ModelReader::read()
{
    if (!m_source.hasEnvironment()) {
        m_reading.whyNot =
            m_project.environmentFile.empty()
                ? "there is no env.py"
                : shownName({{}, m_project.environmentFile.filename().string()}) + " can't be read";
        return std::move(m_reading);
    }
    m_walk.follow(environmentModule);
    evaluate(m_walk.modules());
    const std::optional<Value> value = target();
    std::vector<MetaDataItem*> all;
    if (value)
        all = metadataOf(*value);
    const bool known = value && !value->isUnknown();
    if (all.empty() && !known)
        all = searched();
    else
        widen(all);
    for (const std::string& note : m_walk.notes())
        m_reading.notes.push_back(note);
    m_reading.found = !all.empty() && !m_run.stopRequested();
    if (m_reading.found) {
        build(all);
        if (m_reading.declaredAt.empty() && !m_reading.doubts.empty()) {
            m_reading.found = false;
            m_reading.whyNot =
                "the tables of target_metadata are not known: " + m_reading.doubts.front().reason;
        }
        if (all.size() == 1)
            m_reading.convention = all.front()->convention;
    } else if (!value) {
        m_reading.whyNot = "env.py gives no target_metadata";
    } else if (value->isUnknown()) {
        m_reading.whyNot = "target_metadata is not known: " + value->reason();
    } else {
        m_reading.whyNot = value->isNone() ? "target_metadata is None in env.py"
                                           : "target_metadata is no MetaData";
    }
    if (!m_reading.found && !known)
        takeConvention(m_walk.modulesWith({"naming_convention="}));
    m_reading.files = m_interpreter.filesRead();
    std::erase(m_reading.files, Path()); // of packages that are known by heart
    m_reading.files.insert(m_reading.files.begin(), m_project.environmentFile);
    return std::move(m_reading);
}

} // namespace sightglass
