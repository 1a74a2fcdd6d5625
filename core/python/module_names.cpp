// SPDX-License-Identifier: GPL-3.0-or-later
// Statements of module_names.h. Branches are followed one after another on the same names; a
// journal takes back what a branch changed, so that a branch costs what it binds and not what is
// bound.
#include "core/python/module_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestBlock = 100; // CPython refuses more levels of indentation

/// What one way through a statement would bind (empty = unbind).
struct Changes
{
    std::map<std::string, std::optional<Binding>, std::less<>> now;
    bool ended = false; ///< it leaves by return or raise
};

std::string line(SyntaxNode node)
{
    return "line " + std::to_string(node.line());
}

SyntaxNode rootOf(SyntaxNode target)
{
    while (target.is("attribute") || target.is("subscript"))
        target = target.field(target.is("attribute") ? "object" : "value");
    return target;
}

class Follower
{
public:
    Follower(Names given, const EvaluationHooks& hooks)
        : m_hooks(hooks)
    {
        m_result.names = std::move(given);
    }

    ModuleNames take() { return std::move(m_result); }

    void block(SyntaxNode node)
    {
        if (m_depth >= deepestBlock)
            return;
        ++m_depth;
        for (SyntaxNode statement : node.namedChildren()) {
            if (m_ended)
                break;
            follow(statement);
        }
        --m_depth;
    }

private:
    void follow(SyntaxNode node)
    {
        const std::string_view kind = node.kind();
        if (kind == "if_statement")
            ifStatement(node);
        else if (kind == "try_statement")
            tryStatement(node);
        else if (kind == "for_statement" || kind == "while_statement")
            loop(node);
        else if (kind == "with_statement")
            withStatement(node);
        else if (kind == "match_statement")
            matchStatement(node);
        else if (kind == "function_definition" || kind == "class_definition" ||
                 kind == "decorated_definition")
            definition(node);
        else if (kind == "ERROR" || kind == "block")
            block(node);
        else
            simple(node, kind);
    }

    void simple(SyntaxNode node, std::string_view kind)
    {
        effects(node);
        if (kind == "expression_statement") {
            const SyntaxNode inner = node.firstNamed();
            if (inner.is("assignment"))
                assignment(inner);
            else if (inner.is("augmented_assignment"))
                augmented(inner);
            else if (inner.is("call"))
                mutation(inner);
        } else if (kind == "assignment") {
            assignment(node); // inside an error node statements lose their wrapping
        } else if (kind == "import_statement") {
            importModules(node);
        } else if (kind == "import_from_statement") {
            importNames(node);
        } else if (kind == "delete_statement") {
            for (SyntaxNode target : nodesOfKind(node, "identifier", {"subscript", "attribute"}))
                unbind(target.text());
        } else if (kind == "raise_statement" || kind == "return_statement") {
            if (kind == "raise_statement" && m_journals.empty())
                m_result.raises = node.range();
            m_ended = true;
        } else if (kind == "type_alias_statement") {
            for (SyntaxNode name : nodesOfKind(node.firstNamed(), "identifier"))
                bind(name.text(), Literal::object("a type"), node);
        }
    }

    // names

    void bind(std::string_view name, Literal value, SyntaxNode statement)
    {
        set(name, Binding{.value = std::move(value), .range = statement.range()});
    }

    void unbind(std::string_view name) { set(name, std::nullopt); }

    void set(std::string_view name, std::optional<Binding> binding)
    {
        Names& names = m_result.names;
        auto found = names.find(name);
        if (!m_journals.empty() && !m_journals.back().contains(name)) {
            m_journals.back().emplace(std::string(name),
                                      found == names.end() ? std::nullopt
                                                           : std::optional(found->second));
        }
        if (!binding) {
            if (found != names.end())
                names.erase(found);
        } else if (found != names.end()) {
            found->second = std::move(*binding);
        } else {
            names.emplace(std::string(name), std::move(*binding));
        }
    }

    /// Follows one way and takes it back.
    template <typename Way>
    Changes tried(const Way& way)
    {
        m_journals.emplace_back();
        const bool endedBefore = std::exchange(m_ended, false);
        way();
        Changes changes{.now = {}, .ended = std::exchange(m_ended, endedBefore)};
        const auto journal = std::move(m_journals.back());
        m_journals.pop_back();
        for (const auto& [name, before] : journal) {
            const auto found = m_result.names.find(name);
            changes.now[name] =
                found == m_result.names.end() ? std::nullopt : std::optional(found->second);
            if (before)
                m_result.names.insert_or_assign(name, *before);
            else
                m_result.names.erase(name);
        }
        return changes;
    }

    /// Makes one of several ways happen, none knows which.
    void merge(const std::vector<Changes>& ways, SyntaxNode statement)
    {
        std::map<std::string, bool, std::less<>> touched;
        std::vector<const Changes*> open;
        for (const Changes& way : ways) {
            if (way.ended)
                continue;
            open.push_back(&way);
            for (const auto& [name, binding] : way.now)
                touched.emplace(name, true);
        }
        if (open.empty()) {
            m_ended = true;
            return;
        }
        for (const auto& [name, unused] : touched)
            set(name, merged(name, open, statement));
    }

    std::optional<Binding>
    merged(const std::string& name, const std::vector<const Changes*>& ways, SyntaxNode statement)
    {
        const auto current = m_result.names.find(name);
        std::vector<std::optional<Binding>> values;
        for (const Changes* way : ways) {
            const auto found = way->now.find(name);
            if (found != way->now.end())
                values.push_back(found->second);
            else
                values.push_back(current == m_result.names.end() ? std::nullopt
                                                                 : std::optional(current->second));
        }
        const bool same = std::ranges::all_of(values, [&](const std::optional<Binding>& one) {
            const auto& first = values.front();
            if (!one || !first)
                return !one && !first;
            return one->value.isKnown() && one->value.sameValue(first->value);
        });
        if (same || values.size() == 1)
            return values.front();
        const bool dictionaries =
            std::ranges::all_of(values, [](const std::optional<Binding>& one) {
                return one && one->value.kind == Literal::Kind::Dictionary;
            });
        if (dictionaries)
            return Binding{.value = mergedDictionary(values, statement),
                           .range = statement.range()};
        return Binding{.value = Literal::unknown("bound in different ways under the statement in " +
                                                 line(statement)),
                       .range = statement.range()};
    }

    /// Keys of all of them; a value that is not the same everywhere is Unknown. What none has is
    /// not there.
    static Literal mergedDictionary(const std::vector<std::optional<Binding>>& values,
                                    SyntaxNode statement)
    {
        Literal result{.kind = Literal::Kind::Dictionary, .text = {}, .items = {}, .range = {}};
        const Literal open =
            Literal::unknown("bound in different ways under the statement in " + line(statement));
        for (const auto& one : values) {
            const auto& items = one->value.items;
            for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
                const bool everywhere =
                    std::ranges::all_of(values, [&](const std::optional<Binding>& other) {
                        const Literal* there = entry(other->value, items[i]);
                        return there != nullptr && there->isKnown() &&
                               there->sameValue(items[i + 1]);
                    });
                putEntry(result, items[i], everywhere ? items[i + 1] : open);
            }
        }
        return result;
    }

    static const Literal* entry(const Literal& dictionary, const Literal& key)
    {
        for (std::size_t i = dictionary.items.size(); i >= 2; i -= 2) {
            if (dictionary.items[i - 2].sameValue(key))
                return &dictionary.items[i - 1];
        }
        return nullptr;
    }

    static void putEntry(Literal& dictionary, const Literal& key, Literal value)
    {
        for (std::size_t i = 0; i + 1 < dictionary.items.size(); i += 2) {
            if (dictionary.items[i].sameValue(key)) {
                dictionary.items[i + 1] = std::move(value);
                return;
            }
        }
        dictionary.items.push_back(key);
        dictionary.items.push_back(std::move(value));
    }

    /// After this anything may be bound to anything.
    void forgetAll(const std::string& reason)
    {
        std::vector<std::string> names;
        for (const auto& [name, binding] : m_result.names)
            names.push_back(name);
        for (const std::string& name : names) {
            Binding binding = m_result.names.find(name)->second;
            binding.value = Literal::unknown(reason);
            binding.imported.reset();
            set(name, std::move(binding));
        }
        m_result.openings.push_back(reason);
    }

    Literal value(SyntaxNode expression) { return evaluate(expression, m_result.names, m_hooks); }

    // what any expression can do besides having a value

    void effects(SyntaxNode node)
    {
        const std::string_view text = node.text();
        if (m_hooks.onCall) {
            for (SyntaxNode call : nodesOfKind(node, "call", {"lambda"}))
                m_hooks.onCall(call, m_result.names);
        }
        if (text.find(":=") != std::string_view::npos) {
            for (SyntaxNode named : nodesOfKind(node, "named_expression", {"lambda"}))
                bind(named.field("name").text(), value(named.field("value")), node);
        }
        const bool lends = text.find('(') != std::string_view::npos &&
                           std::ranges::any_of(m_result.names, [](const auto& one) {
                               return isContainer(one.second.value);
                           });
        if (lends)
            lendContainers(node);
        static constexpr std::array words{
            "globals", "locals", "vars", "exec", "setattr", "sys.modules"};
        const bool suspect = std::ranges::any_of(words, [&](std::string_view word) {
            return text.find(word) != std::string_view::npos;
        });
        if (!suspect && m_globals.empty())
            return;
        for (SyntaxNode call : nodesOfKind(node, "call", {"lambda"}))
            called(call, node);
    }

    static bool isContainer(const Literal& value)
    {
        return value.kind == Literal::Kind::List || value.kind == Literal::Kind::Set ||
               value.kind == Literal::Kind::Dictionary;
    }

    /// A function that is handed a list or dictionary may change it.
    void lendContainers(SyntaxNode statement)
    {
        static constexpr std::array pure{
            "tuple", "list", "set", "frozenset", "dict", "str", "len", "sorted", "print"};
        static constexpr std::array reading{".update", ".extend", ".join", ".union"};
        for (SyntaxNode call : nodesOfKind(statement, "call", {"lambda"})) {
            const std::string_view function = call.field("function").text();
            const bool reads = std::ranges::any_of(
                reading, [&](std::string_view one) { return function.ends_with(one); });
            if (reads || std::ranges::find(pure, function) != pure.end())
                continue;
            for (SyntaxNode part : call.field("arguments").namedChildren()) {
                const SyntaxNode argument =
                    part.is("keyword_argument") ? part.field("value") : part;
                const auto found = m_result.names.find(argument.text());
                if (argument.is("identifier") && found != m_result.names.end() &&
                    isContainer(found->second.value)) {
                    m_lent.emplace_back(argument.text());
                }
            }
        }
        for (const std::string& name : std::exchange(m_lent, {}))
            bind(name,
                 Literal::unknown("passed to a call that may change it, " + line(statement)),
                 statement);
    }

    void called(SyntaxNode call, SyntaxNode statement)
    {
        const std::string_view name = call.field("function").text();
        const auto arguments = call.field("arguments").namedChildren();
        const bool own =
            name == "globals" || ((name == "locals" || name == "vars") && arguments.empty());
        const bool onModule =
            name == "setattr" && !arguments.empty() &&
            arguments.front().text().find("sys.modules") != std::string_view::npos;
        if (own || onModule || name == "exec")
            forgetAll("may be rebound through " + std::string(name) + "(), " + line(statement));
        if (const auto found = m_globals.find(name); found != m_globals.end()) {
            for (const std::string& rebound : found->second) {
                bind(rebound,
                     Literal::unknown("rebound inside the function " + std::string(name) +
                                      ", called in " + line(statement)),
                     statement);
            }
        }
    }

    // simple statements

    void assignment(SyntaxNode node)
    {
        std::vector<SyntaxNode> targets{node.field("left")};
        SyntaxNode right = node.field("right");
        while (right.is("assignment")) {
            targets.push_back(right.field("left"));
            right = right.field("right");
        }
        if (right.isNull())
            return; // only an annotation
        const Literal result =
            right.is("augmented_assignment") || right.is("yield")
                ? Literal::unknown("computed by an expression that is not followed here, " +
                                   line(node))
                : value(right);
        for (SyntaxNode target : targets)
            assign(target, result, node);
    }

    void assign(SyntaxNode target, const Literal& result, SyntaxNode statement)
    {
        std::vector<std::pair<SyntaxNode, Literal>> open{{target, result}};
        while (!open.empty()) {
            auto [one, item] = std::move(open.back());
            open.pop_back();
            if (one.is("identifier")) {
                bind(one.text(), std::move(item), statement);
            } else if (one.is("attribute") || one.is("subscript")) {
                changePart(one, item, statement);
            } else {
                const auto parts = one.namedChildren();
                const bool fits = item.isSequence() && item.kind != Literal::Kind::Set &&
                                  item.items.size() == parts.size() &&
                                  std::ranges::none_of(parts, [](SyntaxNode part) {
                                      return part.is("list_splat_pattern");
                                  });
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    const SyntaxNode part =
                        parts[i].is("list_splat_pattern") || parts[i].is("parenthesized_expression")
                            ? parts[i].firstNamed()
                            : parts[i];
                    open.emplace_back(
                        part,
                        fits ? item.items[i]
                             : Literal::unknown("unpacked from a value that is not known, " +
                                                line(statement)));
                }
            }
        }
    }

    /// `x["key"] = value` on a dictionary that is known; any other change makes x Unknown.
    void changePart(SyntaxNode target, const Literal& item, SyntaxNode statement)
    {
        const SyntaxNode object = target.field("value");
        const auto found = m_result.names.find(object.text());
        const bool dictionary = target.is("subscript") && object.is("identifier") &&
                                found != m_result.names.end() &&
                                found->second.value.kind == Literal::Kind::Dictionary &&
                                found->second.value.items.size() < 1'000;
        const Literal key = dictionary ? value(target.field("subscript")) : Literal::unknown({});
        if (!key.isText()) {
            changeInside(target, statement);
            return;
        }
        Literal changed = found->second.value;
        forgetTwins(object.text(), changed, statement);
        putEntry(changed, key, item);
        changed.range = {};
        bind(object.text(), std::move(changed), statement);
    }

    /// Other names of the same value may be names of the same thing, which has just changed.
    void forgetTwins(std::string_view name, const Literal& before, SyntaxNode statement)
    {
        std::vector<std::string> twins;
        for (const auto& [other, binding] : m_result.names) {
            if (other != name && binding.value.kind == before.kind &&
                binding.value.items.size() == before.items.size() &&
                binding.value.sameValue(before))
                twins.push_back(other);
        }
        for (const std::string& twin : twins)
            bind(twin,
                 Literal::unknown("changed in place, perhaps under another name, " +
                                  line(statement)),
                 statement);
    }

    /// `x.y = …`, `x[0] = …`: whatever x was, it is something else now.
    void changeInside(SyntaxNode target, SyntaxNode statement)
    {
        const SyntaxNode root = rootOf(target);
        const auto found = m_result.names.find(root.text());
        if (!root.is("identifier") || found == m_result.names.end() ||
            found->second.value.kind == Literal::Kind::Module)
            return;
        forgetTwins(root.text(), Literal(found->second.value), statement);
        bind(root.text(), Literal::unknown("changed in place, " + line(statement)), statement);
    }

    void augmented(SyntaxNode node)
    {
        const SyntaxNode target = node.field("left");
        if (!target.is("identifier")) {
            changeInside(target, node);
            return;
        }
        const auto found = m_result.names.find(target.text());
        Literal before = found == m_result.names.end()
                             ? Literal::unknown("not bound above " + line(node))
                             : valueOf(found->second, m_hooks);
        const Literal after = value(node.field("right"));
        const bool plus = node.field("operator").text() == "+=";
        Literal result =
            Literal::unknown("computed by an operator that is not followed here, " + line(node));
        if (plus && before.isText() && after.isText() &&
            before.text.size() + after.text.size() < 1'000'000) {
            result = Literal::ofText(before.text + after.text);
        } else if (plus && before.items.size() + after.items.size() < 100'000 &&
                   ((before.kind == Literal::Kind::List && after.isSequence()) ||
                    (before.kind == Literal::Kind::Tuple && after.kind == Literal::Kind::Tuple))) {
            result = std::move(before);
            result.items.insert(result.items.end(), after.items.begin(), after.items.end());
        }
        result.range = {};
        bind(target.text(), std::move(result), node);
    }

    /// `x.append(y)` as a statement; any other method may have changed x.
    void mutation(SyntaxNode call)
    {
        const SyntaxNode function = call.field("function");
        const SyntaxNode object = function.field("object");
        const auto found = m_result.names.find(object.text());
        if (!function.is("attribute") || !object.is("identifier") || found == m_result.names.end())
            return;
        Literal before = found->second.value;
        const bool container = before.kind == Literal::Kind::List ||
                               before.kind == Literal::Kind::Set ||
                               before.kind == Literal::Kind::Dictionary;
        if (!container)
            return;
        const auto arguments = call.field("arguments").namedChildren();
        const std::string_view method = function.field("attribute").text();
        if (method == "update" && before.kind == Literal::Kind::Dictionary &&
            arguments.size() == 1) {
            const Literal more = value(arguments.front());
            if (more.kind == Literal::Kind::Dictionary &&
                more.items.size() + before.items.size() < 1'000) {
                forgetTwins(object.text(), before, call);
                for (std::size_t i = 0; i + 1 < more.items.size(); i += 2)
                    putEntry(before, more.items[i], more.items[i + 1]);
                bind(object.text(), std::move(before), call);
                return;
            }
        }
        forgetTwins(object.text(), before, call);
        if (method == "append" && before.kind == Literal::Kind::List && arguments.size() == 1 &&
            before.items.size() < 10'000) {
            before.items.push_back(value(arguments.front()));
            bind(object.text(), std::move(before), call);
        } else {
            changeInside(function, call);
        }
    }

    void importModules(SyntaxNode node)
    {
        for (SyntaxNode part : node.namedChildren()) {
            Literal module{.kind = Literal::Kind::Module, .text = {}, .items = {}, .range = {}};
            if (part.is("aliased_import")) {
                module.text = part.field("name").text();
                bind(part.field("alias").text(), std::move(module), node);
            } else if (part.is("dotted_name")) {
                const std::string_view first = part.text().substr(0, part.text().find('.'));
                module.text = first;
                bind(first, std::move(module), node);
            }
        }
    }

    void importNames(SyntaxNode node)
    {
        SyntaxNode source = node.field("module_name");
        ImportedName from;
        if (source.is("relative_import")) {
            const SyntaxNode dots = source.firstNamed();
            from.level = static_cast<int>(std::ranges::count(dots.text(), '.'));
            const auto parts = source.namedChildren();
            source = parts.size() > 1 ? parts[1] : SyntaxNode();
        }
        from.module = source.text();
        for (SyntaxNode part : node.namedChildren()) {
            if (part == source || part == node.field("module_name"))
                continue;
            if (part.is("wildcard_import")) {
                importAll(from, node);
                continue;
            }
            const bool renamed = part.is("aliased_import");
            from.name = renamed ? part.field("name").text() : part.text();
            const std::string_view as = renamed ? part.field("alias").text() : part.text();
            set(as,
                Binding{.value = Literal::unknown("imported from " +
                                                  std::string(node.field("module_name").text()) +
                                                  ", which is not in the project, " + line(node)),
                        .range = node.range(),
                        .imported = from});
        }
    }

    void importAll(const ImportedName& from, SyntaxNode node)
    {
        if (m_hooks.importAll) {
            if (auto names = m_hooks.importAll(from.module, from.level)) {
                for (auto& [name, binding] : *names)
                    bind(name, valueOf(binding, m_hooks), node);
                return;
            }
        }
        // Installed packages bring no name that anybody here asks for; the project's own may.
        const std::string top = from.module.substr(0, from.module.find('.'));
        const bool own =
            from.level > 0 || (m_hooks.import && m_hooks.import(top, 0, {}).has_value());
        if (own)
            m_result.openings.push_back("imported by * from " + from.module +
                                        ", which could not be followed, " + line(node));
    }

    // compound statements

    void ifStatement(SyntaxNode node)
    {
        std::vector<Changes> ways;
        bool open = true; // no condition so far held for certain
        const auto arm = [&](SyntaxNode condition, SyntaxNode body) {
            if (!open)
                return;
            effects(condition);
            const auto decided = truth(value(condition));
            if (decided && !*decided)
                return;
            open = !decided.has_value();
            ways.push_back(tried([&] { block(body); }));
        };
        arm(node.field("condition"), node.field("consequence"));
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("elif_clause"))
                arm(part.field("condition"), part.field("consequence"));
            if (part.is("else_clause") && open) {
                ways.push_back(tried([&] { block(part.field("body")); }));
                open = false;
            }
        }
        if (open)
            ways.emplace_back();
        choose(ways, node);
    }

    void choose(const std::vector<Changes>& ways, SyntaxNode node)
    {
        if (ways.size() == 1) { // certain: as if it stood there without a condition
            for (const auto& [name, binding] : ways.front().now)
                set(name, binding);
            m_ended = ways.front().ended;
            return;
        }
        merge(ways, node);
    }

    static bool cannotFail(SyntaxNode body, Follower& follower)
    {
        return std::ranges::all_of(body.namedChildren(), [&](SyntaxNode statement) {
            const SyntaxNode inner = statement.firstNamed();
            return statement.is("pass_statement") ||
                   (statement.is("expression_statement") && inner.is("assignment") &&
                    inner.field("left").is("identifier") &&
                    follower.value(inner.field("right")).isKnown());
        });
    }

    void tryStatement(SyntaxNode node)
    {
        const SyntaxNode body = node.field("body");
        const bool safe = cannotFail(body, *this);
        SyntaxNode elseBody;
        std::vector<SyntaxNode> handlers;
        SyntaxNode finallyBody;
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("except_clause") || part.is("except_group_clause"))
                handlers.push_back(part);
            else if (part.is("else_clause"))
                elseBody = part.field("body");
            else if (part.is("finally_clause"))
                finallyBody =
                    part.namedChildren().empty() ? SyntaxNode() : part.namedChildren().back();
        }
        std::vector<Changes> ways{tried([&] {
            block(body);
            if (!m_ended && elseBody)
                block(elseBody);
        })};
        for (SyntaxNode handler : handlers) {
            if (!safe)
                ways.push_back(tried([&] { failedThenHandled(body, handler); }));
        }
        choose(ways, node);
        const bool ended = std::exchange(m_ended, false);
        if (finallyBody)
            block(finallyBody);
        m_ended = m_ended || ended;
    }

    void failedThenHandled(SyntaxNode body, SyntaxNode handler)
    {
        Changes reached = tried([&] { block(body); });
        reached.ended = false;
        merge({reached, Changes{}}, body);
        for (SyntaxNode name : nodesOfKind(handler, "as_pattern_target", {"block"}))
            bind(name.text(), Literal::object("an exception"), handler);
        const auto parts = handler.namedChildren();
        if (!parts.empty() && parts.back().is("block"))
            block(parts.back());
    }

    void loop(SyntaxNode node)
    {
        effects(node.field(node.is("for_statement") ? "right" : "condition"));
        Changes once = tried([&] {
            if (node.is("for_statement"))
                assign(node.field("left"),
                       Literal::unknown("bound by the loop in " + line(node)),
                       node);
            block(node.field("body"));
        });
        once.ended = false;
        for (auto& [name, binding] : once.now)
            set(name,
                Binding{.value = Literal::unknown("bound in the loop in " + line(node)),
                        .range = node.range()});
        if (const SyntaxNode otherwise = node.field("alternative"))
            merge({tried([&] { block(otherwise.field("body")); }), Changes{}}, node);
    }

    void withStatement(SyntaxNode node)
    {
        for (SyntaxNode part : node.namedChildren()) {
            if (!part.is("with_clause"))
                continue;
            effects(part);
            for (SyntaxNode target : nodesOfKind(part, "as_pattern_target"))
                assign(target.firstNamed(),
                       Literal::unknown("bound by the with in " + line(node)),
                       node);
        }
        block(node.field("body"));
    }

    void matchStatement(SyntaxNode node)
    {
        std::vector<Changes> ways(1); // no case may fit
        for (SyntaxNode clause : nodesOfKind(node.field("body"), "case_clause", {"case_clause"}))
            ways.push_back(tried([&] { block(clause.field("consequence")); }));
        merge(ways, node);
    }

    void definition(SyntaxNode node)
    {
        const SyntaxNode inner = node.is("decorated_definition") ? node.field("definition") : node;
        const std::string_view name = inner.field("name").text();
        if (inner.is("function_definition") &&
            inner.text().find("global") != std::string_view::npos) {
            for (SyntaxNode statement : nodesOfKind(inner, "global_statement")) {
                for (SyntaxNode rebound : statement.namedChildren())
                    m_globals[std::string(name)].emplace_back(rebound.text());
            }
        }
        if (!(inner == node)) {
            for (SyntaxNode part : node.namedChildren()) {
                if (part.is("decorator"))
                    effects(part);
            }
        }
        if (inner.is("class_definition"))
            classAttributes(name, inner.field("body"), node);
        bind(name, Literal::object(inner.is("class_definition") ? "a class" : "a function"), node);
    }

    /// Binds `Class.attribute` for what the class's body binds to known values.
    void classAttributes(std::string_view name, SyntaxNode body, SyntaxNode node)
    {
        const std::string prefix = std::string(name) + ".";
        std::vector<std::string> old;
        for (auto one = m_result.names.lower_bound(prefix);
             one != m_result.names.end() && one->first.starts_with(prefix);
             ++one)
            old.push_back(one->first);
        for (const std::string& attribute : old)
            unbind(attribute);
        const Changes inside = tried([&] { block(body); });
        for (const auto& [attribute, binding] : inside.now) {
            if (binding && !binding->imported && binding->value.isKnown())
                bind(prefix + attribute, binding->value, node);
        }
    }

    const EvaluationHooks& m_hooks;
    ModuleNames m_result;
    std::vector<std::map<std::string, std::optional<Binding>, std::less<>>> m_journals;
    std::map<std::string, std::vector<std::string>, std::less<>>
        m_globals;                   ///< functions that rebind names
    std::vector<std::string> m_lent; ///< containers handed to a call of the statement
    bool m_ended = false;
    int m_depth = 0;
};

} // namespace

const Binding* ModuleNames::find(std::string_view name) const
{
    const auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
}

ModuleNames followStatements(SyntaxNode block, Names given, const EvaluationHooks& hooks)
{
    Follower follower(std::move(given), hooks);
    follower.block(block);
    return follower.take();
}

Literal docstringOf(SyntaxNode module)
{
    const SyntaxNode first = module.firstNamed();
    if (!first.is("expression_statement") || first.namedChildren().size() != 1)
        return Literal::none();
    SyntaxNode inner = first.firstNamed();
    for (int depth = 0; inner.is("parenthesized_expression") && depth < deepestBlock; ++depth)
        inner = inner.firstNamed();
    if (!inner.is("string") && !inner.is("concatenated_string"))
        return Literal::none();
    for (SyntaxNode start : nodesOfKind(inner, "string_start")) {
        if (start.text().find_first_of("fF") != std::string_view::npos)
            return Literal::none();
    }
    Literal result = evaluate(inner, {});
    if (!result.isKnown()) { // an escape by a character's name: shown as written
        std::string raw;
        for (SyntaxNode content : nodesOfKind(inner, "string_content"))
            raw += decodeStringPart(content.text(), "r").value_or(std::string());
        result = Literal::ofText(std::move(raw));
        result.range = inner.range();
    }
    return result.kind == Literal::Kind::Bytes ? Literal::none() : result;
}

} // namespace sightglass
