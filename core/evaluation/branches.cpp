// SPDX-License-Identifier: GPL-3.0-or-later
// What is done where nobody knows which way a program goes: each way is taken, its changes are put
// back, and what is the same in all of them stays known.
#include "core/evaluation/evaluator.h"
#include "core/evaluation/possible_raises.h"

#include <algorithm>
#include <map>

namespace sightglass {

namespace {

struct NameAfter
{
    Scope* scope;
    NameId name;
    std::optional<Value> value;
};

struct ContentAfter
{
    Changeable* what;
    std::shared_ptr<const void> content;
};

/// How one branch ended, and what it left behind.
struct Ending
{
    Flow flow = Flow::Next;
    bool alternative = false;
    Guard guard;
    Value result;
    Raised raised;
    std::vector<NameAfter> names;
    std::vector<ContentAfter> contents;
};

bool fallsThrough(Flow flow)
{
    return flow == Flow::Next;
}

std::string negated(std::string_view text)
{
    if (text.starts_with("not (") && text.ends_with(')') && text.find(')') == text.size() - 1)
        return std::string(text.substr(5, text.size() - 6));
    if (text.starts_with("not ") && text.find(" and ") == std::string_view::npos &&
        text.find(" or ") == std::string_view::npos)
        return std::string(text.substr(4));
    const bool simple = text.find(' ') == std::string_view::npos ||
                        (text.ends_with(')') && text.find('(') < text.find(' '));
    return simple ? "not " + std::string(text) : "not (" + std::string(text) + ")";
}

} // namespace

Guard Evaluator::guardOf(const Node& condition, bool isNegated) const
{
    const Node* shown = &condition;
    while (shown->kind == Kind::ParenthesizedExpression && shown->first != nullptr)
        shown = shown->first;
    std::string text = describe(*shown);
    return {.text = isNegated ? negated(text) : std::move(text),
            .span = shown->program->span(*shown)};
}

void Evaluator::noteChange(Scope& scope, NameId name)
{
    if (!journals.empty())
        journals.back()->note(scope, name);
}

void Evaluator::noteChange(Changeable& what)
{
    if (!journals.empty())
        journals.back()->note(what);
}

void Evaluator::hold(Guard guard, Hold until)
{
    guards.push_back(std::move(guard));
    holds.push_back(until);
}

void Evaluator::release(std::size_t from, Hold inside)
{
    std::size_t kept = std::min(from, guards.size());
    for (std::size_t at = kept; at < guards.size(); ++at) {
        if (holds[at] > inside) {
            if (kept != at) {
                guards[kept] = std::move(guards[at]);
                holds[kept] = holds[at];
            }
            ++kept;
        }
    }
    guards.resize(kept);
    holds.resize(kept);
}

namespace {

/// Takes what a branch changed and puts everything back.
void rewind(Journal& journal, Ending& ending)
{
    for (const Journal::Name& each : journal.names) {
        const Value* now = each.scope->find(each.name);
        ending.names.push_back(
            {.scope = each.scope,
             .name = each.name,
             .value = now == nullptr ? std::nullopt : std::optional<Value>(*now)});
        if (each.before)
            each.scope->bind(each.name, *each.before);
        else
            each.scope->unbind(each.name);
    }
    for (const Journal::Content& each : journal.contents) {
        ending.contents.push_back({.what = each.what, .content = each.what->content()});
        each.what->restore(each.before);
    }
}

const std::optional<Value>* nameAfter(const Ending& ending, const Scope* scope, NameId name)
{
    for (const NameAfter& each : ending.names) {
        if (each.scope == scope && each.name == name)
            return &each.value;
    }
    return nullptr;
}

const ContentAfter* contentAfter(const Ending& ending, const Changeable* what)
{
    for (const ContentAfter& each : ending.contents) {
        if (each.what == what)
            return &each;
    }
    return nullptr;
}

void mergeName(Evaluator& evaluator,
               const std::vector<const Ending*>& endings,
               bool orElse,
               const NameAfter& changed,
               const std::string& why)
{
    const Value* now = changed.scope->find(changed.name);
    const std::optional<Value> before = now == nullptr ? std::nullopt : std::optional<Value>(*now);
    std::vector<std::optional<Value>> values;
    for (const Ending* each : endings) {
        const auto* after = nameAfter(*each, changed.scope, changed.name);
        values.push_back(after == nullptr ? before : *after);
    }
    if (orElse)
        values.push_back(before);
    const bool same = std::ranges::all_of(values, [&](const std::optional<Value>& value) {
        return value.has_value() == values.front().has_value() &&
               (!value || sameValue(*value, *values.front()));
    });
    if (same) {
        if (values.front())
            evaluator.bind(*changed.scope, changed.name, *values.front());
        return;
    }
    evaluator.bind(*changed.scope,
                   changed.name,
                   Unknown{evaluator.names.text(changed.name) + " depends on " + why});
}

void mergeContent(Evaluator& evaluator,
                  const std::vector<const Ending*>& endings,
                  bool orElse,
                  Changeable& what,
                  const std::string& why)
{
    const std::shared_ptr<const void> before = what.content();
    std::shared_ptr<const void> chosen;
    bool same = true;
    for (const Ending* each : endings) {
        const ContentAfter* after = contentAfter(*each, &what);
        const std::shared_ptr<const void> content = after == nullptr ? before : after->content;
        if (chosen == nullptr)
            chosen = content;
        same = same && content == chosen;
    }
    same = same && (!orElse || chosen == before);
    if (chosen == nullptr || (same && chosen == before))
        return;
    evaluator.noteChange(what);
    what.restore(chosen);
    if (!same)
        what.doubt(Unknown{"it depends on " + why});
}

/// Gives names and containers what they are after all branches that go on.
void merge(Evaluator& evaluator,
           const std::vector<Ending>& endings,
           bool orElse,
           const std::string& why)
{
    std::vector<const Ending*> going;
    std::vector<const Ending*> leaving; // what they changed may be seen by callers
    for (const Ending& each : endings) {
        if (each.flow == Flow::Next || each.flow == Flow::Break || each.flow == Flow::Continue)
            going.push_back(&each);
        if (each.flow != Flow::Raise)
            leaving.push_back(&each);
    }
    // The assumed branch comes first.
    std::ranges::stable_sort(going, {}, [](const Ending* each) { return each->alternative; });
    std::ranges::stable_sort(leaving, {}, [](const Ending* each) { return each->alternative; });
    std::vector<std::pair<Scope*, NameId>> seen;
    std::vector<Changeable*> seenContents;
    const Scope* own = evaluator.frames.empty() ? nullptr : evaluator.frame().scope;
    for (const Ending* ending : leaving) {
        for (const NameAfter& each : ending->names) {
            const std::pair key(each.scope, each.name);
            if (std::ranges::find(seen, key) != seen.end())
                continue;
            seen.push_back(key);
            const auto& those = each.scope == own ? going : leaving;
            if (!those.empty())
                mergeName(evaluator, those, orElse, each, why);
        }
        for (const ContentAfter& each : ending->contents) {
            if (std::ranges::find(seenContents, each.what) != seenContents.end())
                continue;
            seenContents.push_back(each.what);
            mergeContent(evaluator, leaving, orElse, *each.what, why);
        }
    }
}

Hold holdOf(Flow flow)
{
    switch (flow) {
    case Flow::Continue:
        return Hold::Iteration;
    case Flow::Break:
        return Hold::Loop;
    case Flow::Return:
        return Hold::Function;
    case Flow::Raise:
    case Flow::Next:
        break;
    }
    return Hold::Raise;
}

/// Runs one branch under its condition, or without where no other is left (`sure`), and puts back
/// what it changed. `left` takes the conditions that exits inside it leave behind.
Ending runBranch(Evaluator& evaluator,
                 const Evaluator::Branch& branch,
                 bool sure,
                 std::vector<std::pair<Guard, Hold>>& left)
{
    Ending ending{.alternative = branch.alternative && !sure,
                  .guard = branch.guard,
                  .result = {},
                  .raised = {},
                  .names = {},
                  .contents = {}};
    Journal journal;
    evaluator.journals.push_back(&journal);
    std::vector<Guard>& guards = evaluator.guards;
    const std::size_t base = guards.size();
    if (!sure)
        evaluator.hold(branch.guard, Hold::Branch);
    evaluator.alternatives += ending.alternative ? 1 : 0;
    ending.flow = branch.run();
    const bool raises = ending.flow == Flow::Raise;
    if (raises && !evaluator.raised->stopsReading && !sure && evaluator.tries.empty()) {
        if (auto* told = evaluator.interpreter.service<PossibleRaises>())
            told->mayRaise(evaluator.interpreter, *evaluator.raised);
    }
    evaluator.alternatives -= ending.alternative ? 1 : 0;
    for (std::size_t at = base + (sure ? 0 : 1); at < guards.size(); ++at) {
        if (evaluator.holds[at] == Hold::Branch)
            continue;
        std::string text =
            sure ? guards[at].text
                 : "not (" + branch.guard.text + " and " + negated(guards[at].text) + ")";
        left.emplace_back(Guard{.text = std::move(text), .span = guards[at].span},
                          evaluator.holds[at]);
    }
    guards.resize(std::min(base, guards.size()));
    evaluator.holds.resize(guards.size());
    evaluator.journals.pop_back();
    rewind(journal, ending);
    if (ending.flow == Flow::Return)
        ending.result = std::exchange(evaluator.frame().result, Value());
    return ending;
}

/// How all of them end: without a branch that goes on, the last loop exit or return stands for it.
Flow flowOf(const std::vector<Ending>& endings, bool exhaustive)
{
    const bool goesOn = !exhaustive || std::ranges::any_of(endings, [](const Ending& each) {
        return fallsThrough(each.flow);
    });
    if (goesOn)
        return Flow::Next;
    Flow flow = Flow::Raise;
    for (const Ending& each : endings) {
        if (each.flow != Flow::Raise && (flow == Flow::Raise || flow == Flow::Break))
            flow = each.flow;
    }
    return flow;
}

} // namespace

Flow Evaluator::runBranches(const std::vector<Branch>& branches,
                            bool exhaustive,
                            const std::string& why)
{
    // Where nothing catches it, a run that goes on has not taken a branch that raises: if only one
    // other is possible, that one is sure.
    const bool uncaught = tries.empty();
    std::vector<Ending> endings;
    std::vector<std::pair<Guard, Hold>> left; // exits inside branches that go on
    for (std::size_t at = 0; at < branches.size(); ++at) {
        const bool sure = uncaught && exhaustive && at > 0 && at + 1 == branches.size() &&
                          std::ranges::all_of(
                              endings, [](const Ending& each) { return each.flow == Flow::Raise; });
        Ending& ending = endings.emplace_back(runBranch(*this, branches[at], sure, left));
        if (ending.flow != Flow::Raise)
            continue;
        if (raised->stopsReading)
            return Flow::Raise;
        ending.raised = take();
    }
    merge(*this, endings, !exhaustive, why);
    for (auto& [guard, until] : left)
        hold(std::move(guard), until);
    const Flow flow = flowOf(endings, exhaustive);
    bool chosen = false;
    for (Ending& each : endings) {
        if (each.flow == Flow::Next)
            continue;
        if (each.flow == Flow::Return)
            frame().perhaps.push_back(each.result);
        if (flow == each.flow && !chosen) {
            chosen = true;
            if (flow == Flow::Raise) {
                raised = std::move(each.raised);
                return Flow::Raise;
            }
            if (flow == Flow::Return)
                frame().result = each.result;
            continue;
        }
        // What nothing catches ends the run: one that comes to its end did not raise it.
        if (each.flow == Flow::Raise && tries.empty())
            continue;
        if (each.flow == Flow::Raise)
            tries.back()->perhaps.emplace_back(each.raised, each.guard);
        if (each.flow != flow)
            hold({.text = negated(each.guard.text), .span = each.guard.span}, holdOf(each.flow));
    }
    return flow;
}

Flow Evaluator::runPerhaps(Guard guard, bool alternative, const std::function<Flow()>& run)
{
    const std::string why = guard.text;
    return runBranches(
        {Branch{.guard = std::move(guard), .alternative = alternative, .run = run}}, false, why);
}

Evaluated Evaluator::evaluatePerhaps(const Node& node,
                                     const Node& condition,
                                     bool isNegated,
                                     bool alternative)
{
    Value result;
    const Flow flow = runPerhaps(guardOf(condition, isNegated), alternative, [&] {
        Evaluated value = evaluate(node);
        if (!value)
            return raise(std::move(value.error()));
        result = std::move(*value);
        return Flow::Next;
    });
    if (flow == Flow::Raise)
        return otherwise(take());
    return result;
}

} // namespace sightglass
