// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

using Matched = Outcome<Known<bool>, Raised>;

/// Matches patterns of one subject and binds their names.
class Matcher
{
public:
    explicit Matcher(Evaluator& evaluator)
        : m_evaluator(evaluator)
    {}

    Matched match(const Node& pattern, const Value& subject)
    {
        const Deeper deeper(m_evaluator.depth);
        if (m_evaluator.depth > m_evaluator.limits.depth)
            return otherwise(m_evaluator.limitReached("patterns too deep within each other"));
        switch (pattern.kind) {
        case Kind::CasePattern:
            return matchCase(pattern, subject);
        case Kind::Underscore:
            return Known<bool>(true);
        case Kind::DottedName:
            return matchName(pattern, subject);
        case Kind::UnionPattern:
            return matchAny(pattern, subject);
        case Kind::AsPattern: {
            Matched inner = pattern.first == nullptr ? Matched(Known<bool>(true))
                                                     : match(*pattern.first, subject);
            const Node* alias = pattern.first == nullptr ? nullptr : pattern.first->next;
            if (alias != nullptr && alias->kind == Kind::Identifier)
                m_evaluator.bindHere(alias->name, subject);
            return inner;
        }
        case Kind::ClassPattern:
            return matchClass(pattern, subject);
        case Kind::ListPattern:
        case Kind::TuplePattern:
            return matchSequence(pattern, subject);
        case Kind::DictPattern:
        case Kind::SplatPattern:
        case Kind::ComplexPattern:
        case Kind::KeywordPattern:
            return Known<bool>(
                Unknown{"a pattern that is not followed: " + m_evaluator.describe(pattern)});
        default:
            break;
        }
        Evaluated value = m_evaluator.evaluate(pattern);
        if (!value)
            return otherwise(std::move(value.error()));
        return m_evaluator.equal(subject, *value);
    }

private:
    Matched matchCase(const Node& pattern, const Value& subject)
    {
        if (pattern.first == nullptr)
            return Known<bool>(Unknown{"a pattern that is not followed"});
        if (pattern.first->kind == Kind::MinusSign && pattern.first->next != nullptr) {
            Evaluated value = m_evaluator.evaluate(*pattern.first->next);
            if (value)
                value = m_evaluator.unary("-", *value);
            if (!value)
                return otherwise(std::move(value.error()));
            return m_evaluator.equal(subject, *value);
        }
        return match(*pattern.first, subject);
    }

    Matched matchName(const Node& pattern, const Value& subject)
    {
        const Node* name = pattern.first;
        if (name == nullptr)
            return Known<bool>(Unknown{"a pattern that is not followed"});
        if (name->next == nullptr) {
            if (name->text() != "_")
                m_evaluator.bindHere(name->name, subject);
            return Known<bool>(true);
        }
        Evaluated value = m_evaluator.evaluate(*name);
        for (const Node* part = name->next; part != nullptr && value; part = part->next)
            value = m_evaluator.attribute(*value, m_evaluator.names.text(part->name));
        if (!value)
            return otherwise(std::move(value.error()));
        return m_evaluator.equal(subject, *value);
    }

    Matched matchAny(const Node& pattern, const Value& subject)
    {
        std::optional<Unknown> open;
        for (const Node& each : childrenOf(pattern)) {
            Matched matched = match(each, subject);
            if (!matched || (matched->isKnown() && matched->value()))
                return matched;
            if (!matched->isKnown())
                open = Unknown{matched->reason()};
        }
        return open ? Known<bool>(*open) : Known<bool>(false);
    }

    Matched matchClass(const Node& pattern, const Value& subject)
    {
        const Node* dotted = pattern.child(Kind::DottedName);
        if (dotted == nullptr || dotted->first == nullptr)
            return Known<bool>(Unknown{"a pattern that is not followed"});
        Evaluated type = m_evaluator.evaluate(*dotted->first);
        for (const Node* part = dotted->first->next; part != nullptr && type; part = part->next)
            type = m_evaluator.attribute(*type, m_evaluator.names.text(part->name));
        if (!type)
            return otherwise(std::move(type.error()));
        Known<bool> fits = m_evaluator.isInstance(subject, *type);
        if (!fits.isKnown() || !fits.value())
            return fits;
        for (const Node* part = dotted->next; part != nullptr; part = part->next) {
            const Node* keyword = part->kind == Kind::CasePattern ? part->first : part;
            if (keyword != nullptr && keyword->kind == Kind::KeywordPattern) {
                const Node* name = keyword->first;
                if (name == nullptr || name->next == nullptr)
                    return Known<bool>(Unknown{"a pattern that is not followed"});
                Evaluated held = m_evaluator.attribute(subject, m_evaluator.names.text(name->name));
                if (!held)
                    return Known<bool>(false);
                Matched inner = match(*name->next, *held);
                if (!inner || !inner->isKnown() || !inner->value())
                    return inner;
                continue;
            }
            if (subject.asText() == nullptr && subject.asInteger() == nullptr)
                return Known<bool>(Unknown{"a pattern that is not followed"});
            return match(*part, subject); // str(x): the subject itself
        }
        return fits;
    }

    Matched matchSequence(const Node& pattern, const Value& subject)
    {
        if (const auto why = m_evaluator.doubt(subject))
            return Known<bool>(*why);
        if (subject.as<ListObject>() == nullptr && subject.as<TupleObject>() == nullptr)
            return subject.asObject() == nullptr
                       ? Matched(Known<bool>(false))
                       : Matched(Known<bool>(Unknown{"a pattern over an object"}));
        const std::vector<Value> items = *plainItems(subject);
        std::vector<const Node*> parts;
        std::optional<std::size_t> star;
        for (const Node& each : childrenOf(pattern)) {
            if (each.first != nullptr && each.first->kind == Kind::SplatPattern)
                star = parts.size();
            parts.push_back(&each);
        }
        if (star ? items.size() + 1 < parts.size() : items.size() != parts.size())
            return Known<bool>(false);
        std::size_t next = 0;
        for (std::size_t at = 0; at < parts.size(); ++at) {
            if (star == at) {
                const std::size_t count = items.size() + 1 - parts.size();
                const Node* name = parts[at]->first->child(Kind::Identifier);
                if (name != nullptr)
                    m_evaluator.bindHere(
                        name->name,
                        m_evaluator.interpreter.makeList(
                            {items.begin() + static_cast<std::ptrdiff_t>(next),
                             items.begin() + static_cast<std::ptrdiff_t>(next + count)}));
                next += count;
                continue;
            }
            Matched inner = match(*parts[at], items[next++]);
            if (!inner || !inner->isKnown() || !inner->value())
                return inner;
        }
        return Known<bool>(true);
    }

    Evaluator& m_evaluator;
};

} // namespace

Flow Evaluator::runMatch(const Node& statement)
{
    std::vector<Value> subjects;
    std::vector<const Node*> clauses;
    const Node* block = statement.child(Role::Body);
    for (const Node& each : childrenOf(statement)) {
        if (each.role == Role::Subject) {
            Evaluated value = evaluate(each);
            if (!value)
                return raise(std::move(value.error()));
            subjects.push_back(std::move(*value));
        } else if (each.kind == Kind::CaseClause) {
            clauses.push_back(&each);
        }
    }
    if (block != nullptr) {
        for (const Node& each : childrenOf(*block)) {
            if (each.kind == Kind::CaseClause)
                clauses.push_back(&each);
        }
    }
    if (subjects.empty())
        return Flow::Next;
    const Value subject =
        subjects.size() == 1 ? subjects.front() : interpreter.makeTuple(std::move(subjects));
    Matcher matcher(*this);
    const std::function<Flow(std::size_t)> from = [&](std::size_t at) -> Flow {
        for (; at < clauses.size(); ++at) {
            const Node& clause = *clauses[at];
            const Node* body = clause.child(Role::Consequence);
            const Node* guard = clause.child(Role::Guard);
            const Node* pattern = clause.first;
            if (body == nullptr || pattern == nullptr)
                continue;
            auto matched = matcher.match(*pattern, subject);
            if (matched && matched->isKnown() && matched->value() && guard != nullptr &&
                guard->first != nullptr)
                matched = conditionOf(*guard->first);
            if (!matched)
                return raise(std::move(matched.error()));
            if (matched->isKnown()) {
                if (matched->value())
                    return runBlock(*body);
                continue;
            }
            const Guard taken = guardOf(*pattern, false);
            return runBranches(
                {Branch{.guard = {.text = "case " + taken.text, .span = taken.span},
                        .alternative = false,
                        .run = [&] { return runBlock(*body); }},
                 Branch{.guard = {.text = "not case " + taken.text, .span = taken.span},
                        .alternative = at + 1 < clauses.size(),
                        .run = [&from, at] { return from(at + 1); }}},
                true,
                "match " + describe(*statement.child(Role::Subject)));
        }
        return Flow::Next;
    };
    return from(0);
}

} // namespace sightglass
