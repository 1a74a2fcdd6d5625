// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/imports.h"
#include "core/evaluation/library.h"

#include <algorithm>

namespace sightglass {

namespace {

/// "app.models" from "app.models.user", or from the package app.models itself.
std::string packageOf(const FileModule& module)
{
    const std::string& name = module.dottedName();
    if (module.source() != nullptr && module.source()->isPackage)
        return name;
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos ? std::string() : name.substr(0, dot);
}

std::string dottedText(const Node& node)
{
    std::string result;
    for (const char each : node.text()) {
        if (each != ' ' && each != '\n' && each != '\\' && each != '\t' && each != '\r')
            result.push_back(each);
    }
    return result;
}

/// The absolute name behind `from ..a import b`; nothing when it leaves what is known.
std::optional<std::string> absoluteName(const Node& node, const FileModule& module)
{
    if (node.kind != Kind::RelativeImport)
        return dottedText(node);
    const Node* prefix = node.child(Kind::ImportPrefix);
    const Node* rest = node.child(Kind::DottedName);
    if (module.dottedName().empty())
        return std::nullopt;
    std::string base = packageOf(module);
    const std::size_t dots =
        prefix == nullptr ? 1 : static_cast<std::size_t>(std::ranges::count(prefix->text(), '.'));
    for (std::size_t at = 1; at < dots; ++at) {
        const std::size_t dot = base.rfind('.');
        if (dot == std::string::npos)
            return std::nullopt;
        base.resize(dot);
    }
    if (rest == nullptr)
        return base;
    return base.empty() ? dottedText(*rest) : base + "." + dottedText(*rest);
}

/// Puts back what belongs to the program that imports, when the import is over.
class Aside
{
public:
    explicit Aside(Evaluator& evaluator)
        : m_evaluator(evaluator)
        , m_journals(std::exchange(evaluator.journals, {}))
        , m_guards(std::exchange(evaluator.guards, {}))
        , m_holds(std::exchange(evaluator.holds, {}))
        , m_tries(std::exchange(evaluator.tries, {}))
        , m_alternatives(std::exchange(evaluator.alternatives, 0))
        , m_stepLimit(evaluator.stepLimit)
        , m_current(evaluator.current)
    {
        ++evaluator.imports;
        // What is imported may not use up what the revision itself needs.
        evaluator.stepLimit =
            std::min(m_stepLimit,
                     evaluator.steps + (m_stepLimit - std::min(m_stepLimit, evaluator.steps)) / 2);
    }

    ~Aside()
    {
        --m_evaluator.imports;
        m_evaluator.journals = std::move(m_journals);
        m_evaluator.guards = std::move(m_guards);
        m_evaluator.holds = std::move(m_holds);
        m_evaluator.tries = std::move(m_tries);
        m_evaluator.alternatives = m_alternatives;
        m_evaluator.stepLimit = m_stepLimit;
        m_evaluator.current = m_current;
    }

    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

private:
    Evaluator& m_evaluator;
    std::vector<Journal*> m_journals;
    std::vector<Guard> m_guards;
    std::vector<Hold> m_holds;
    std::vector<TryFrame*> m_tries;
    int m_alternatives;
    std::size_t m_stepLimit;
    const Node* m_current;
};

FileModule* makeModule(Evaluator& evaluator, const SourceModule& file, std::string name)
{
    auto* made = evaluator.make<FileModule>(std::move(name), &file);
    made->interned = &evaluator.names;
    made->scope = &evaluator.scopes.emplace_back(Scope::Kind::Module, nullptr, made);
    const auto bind = [&](std::string_view what, Value value) {
        made->scope->bind(evaluator.names.id(what), std::move(value));
    };
    bind("__name__", made->dottedName().empty() ? Value("revision") : Value(made->dottedName()));
    bind("__file__", Value(file.path.generic_string()));
    bind("__doc__", Value(Unknown{"a docstring"}));
    if (!made->dottedName().empty())
        bind("__package__", Value(packageOf(*made)));
    return made;
}

/// What the module's own __getattr__ makes of a name; nothing when it has none or refuses it.
std::optional<Value>
askModule(Evaluator& evaluator, const FileModule& module, const std::string& name)
{
    const Value* special = module.scope->find(evaluator.names.id("__getattr__"));
    if (special == nullptr || module.running || name.starts_with("__"))
        return std::nullopt;
    Arguments arguments;
    arguments.positional.emplace_back(name);
    arguments.span = evaluator.here();
    Evaluated made = evaluator.call(evaluator.resolved(*special), arguments);
    if (made)
        return std::move(*made);
    if (!made.error().stopsReading && made.error().type == "AttributeError")
        return std::nullopt;
    return Value(Unknown{module.dottedName() + " can't make " + name + ": " + made.error().type});
}

Flow runTopLevel(Evaluator& evaluator, FileModule& module)
{
    auto& program = evaluator.programs[module.source()];
    if (program == nullptr)
        program = std::make_unique<Program>(
            module.source()->tree, module.source()->file, evaluator.names);
    Frame own;
    own.scope = module.scope;
    evaluator.frames.push_back(&own);
    module.running = true;
    const Flow flow = evaluator.runBlock(program->root());
    module.running = false;
    evaluator.frames.pop_back();
    return flow;
}

} // namespace

Evaluated Evaluator::runModule(const SourceModule& module, std::string name)
{
    FileModule* made = makeModule(*this, module, std::move(name));
    if (!made->dottedName().empty())
        modules.insert_or_assign(made->dottedName(), Value(made));
    if (runTopLevel(*this, *made) == Flow::Raise)
        return otherwise(take());
    return Value(made);
}

Value Evaluator::importModule(std::string_view dotted)
{
    if (const auto known = modules.find(dotted); known != modules.end())
        return known->second;
    const std::string name(dotted);
    if (Object* native = hooks.nativeModule ? hooks.nativeModule(interpreter, dotted) : nullptr)
        return modules.insert_or_assign(name, Value(native)).first->second;
    if (Object* library = makeLibraryModule(*this, dotted))
        return modules.insert_or_assign(name, Value(library)).first->second;
    const SourceModule* file = source.find(dotted);
    if (file == nullptr) {
        const std::string top = name.substr(0, name.find('.'));
        return modules.insert_or_assign(name, Value(Unknown{top + " is not part of the project"}))
            .first->second;
    }
    FileModule* made = makeModule(*this, *file, name);
    modules.insert_or_assign(name, Value(made));
    if (std::ranges::find(filesRead, file->path) == filesRead.end())
        filesRead.push_back(file->path);
    const Deeper deeper(calls);
    if (calls > limits.depth) {
        made->failed = Unknown{name + ": imports too deep within each other"};
        return Value(made);
    }
    const Aside aside(*this);
    if (runTopLevel(*this, *made) == Flow::Raise) {
        const Raised failure = take();
        made->failed =
            Unknown{failure.stopsReading ? name + " was not read to its end: " + failure.message
                                         : name + " was not read to its end: " + failure.type +
                                               " in line " + std::to_string(failure.span.line)};
    }
    return Value(made);
}

std::optional<Value> Evaluator::importName(const std::string& dotted, const std::string& name)
{
    const Value module = importModule(dotted);
    if (module.isUnknown()) {
        // The package may be unknown and its part not: natives know single modules.
        const Value part = importModule(dotted + "." + name);
        if (!part.isUnknown())
            return part;
        return Value(Unknown{module.reason()});
    }
    if (const auto* file = module.as<FileModule>()) {
        if (const Value* found = file->scope->find(names.id(name)))
            return resolved(*found);
        if (auto asked = askModule(*this, *file, name))
            return asked;
        const Value part = importModule(dotted + "." + name);
        if (!part.isUnknown())
            return part;
        if (file->failed)
            return Value(*file->failed);
        if (file->running)
            return Value(Unknown{dotted + " imports itself"});
        if (file->scope->hides)
            return Value(*file->scope->hides);
        return std::nullopt;
    }
    Evaluated value = attribute(module, name);
    return value ? *value : Value(Unknown{dotted + "." + name + " is not known"});
}

void Evaluator::bindStarNames(Scope& scope, const Value& module)
{
    if (auto* native = module.as<NativeModule>()) {
        for (const auto& [name, value] : native->names(interpreter)) {
            if (!name.starts_with('_'))
                bind(scope, names.id(name), value);
        }
    }
}

Value Evaluator::resolved(const Value& value)
{
    auto* lazy = value.as<LazyImport>();
    if (lazy == nullptr)
        return value;
    return lazy->resolve(*this);
}

Flow Evaluator::runImport(const Node& statement)
{
    for (const Node& each : childrenOf(statement)) {
        if (each.kind == Kind::AliasedImport) {
            const Node* module = each.child(Role::Name);
            const Node* alias = each.child(Role::Alias);
            if (module != nullptr && alias != nullptr)
                bindHere(alias->name,
                         Value(make<LazyImport>(dottedText(*module), std::string(), alias->line)));
            continue;
        }
        if (each.kind != Kind::DottedName || each.first == nullptr)
            continue;
        const std::string dotted = dottedText(each);
        const NameId first = each.first->name;
        auto* lazy = make<LazyImport>(names.text(first), std::string(), each.line);
        if (each.first->next != nullptr) {
            // `import a.b` and `import a.c` share the name a.
            if (const Value* before = frame().scope->find(first)) {
                if (const auto* other = before->as<LazyImport>())
                    lazy->parts = other->parts;
            }
            lazy->parts.push_back(dotted);
        }
        bindHere(first, Value(lazy));
    }
    return Flow::Next;
}

Flow Evaluator::runImportFrom(const Node& statement)
{
    const Node* moduleNode = statement.child(Role::ModuleName);
    const FileModule* own = frame().scope->module();
    if (moduleNode == nullptr || own == nullptr)
        return Flow::Next;
    const auto dotted = absoluteName(*moduleNode, *own);
    if (statement.child(Kind::WildcardImport) != nullptr)
        return importEverything(*this, *moduleNode, dotted);
    for (const Node& each : childrenOf(statement)) {
        if (each.role != Role::Name)
            continue;
        const Node* name = each.kind == Kind::AliasedImport ? each.child(Role::Name) : &each;
        const Node* alias = each.kind == Kind::AliasedImport ? each.child(Role::Alias) : nullptr;
        if (name == nullptr || name->first == nullptr)
            continue;
        const NameId bound = alias != nullptr ? alias->name : name->first->name;
        if (!dotted) {
            bindHere(bound,
                     Unknown{describe(*moduleNode) +
                             " is imported relative to a file whose package is not known"});
            continue;
        }
        bindHere(bound, Value(make<LazyImport>(*dotted, dottedText(*name), name->line)));
    }
    return Flow::Next;
}

} // namespace sightglass
