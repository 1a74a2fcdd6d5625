// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/name_journal.h"

#include "core/python/dictionary.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// Keys of all of them; a value that is not the same everywhere is Unknown. What none has is
/// not there.
Literal mergedDictionary(const std::vector<std::optional<Binding>>& values, SyntaxNode statement)
{
    Literal result{.kind = Literal::Kind::Dictionary, .text = {}, .items = {}, .range = {}};
    const Literal open =
        Literal::unknown("bound in different ways under the statement in " + inLine(statement));
    for (const auto& one : values) {
        const auto& items = one->value.items;
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            const bool everywhere =
                std::ranges::all_of(values, [&](const std::optional<Binding>& other) {
                    const Literal* there = entryOf(other->value, items[i]);
                    return there != nullptr && there->isKnown() && there->sameValue(items[i + 1]);
                });
            putEntry(result, items[i], everywhere ? items[i + 1] : open);
        }
    }
    return result;
}

} // namespace

NameJournal::NameJournal(Names given)
{
    m_result.names = std::move(given);
}

void NameJournal::bind(std::string_view name, Literal value, SyntaxNode statement)
{
    set(name, Binding{.value = std::move(value), .range = statement.range()});
}

void NameJournal::unbind(std::string_view name)
{
    set(name, std::nullopt);
}

void NameJournal::set(std::string_view name, std::optional<Binding> binding)
{
    Names& names = m_result.names;
    auto found = names.find(name);
    if (!m_journals.empty() && !m_journals.back().contains(name)) {
        m_journals.back().emplace(
            std::string(name), found == names.end() ? std::nullopt : std::optional(found->second));
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

void NameJournal::forgetAll(const std::string& reason)
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

Changes NameJournal::takeBack()
{
    Changes changes;
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

bool NameJournal::merge(const std::vector<Changes>& ways, SyntaxNode statement)
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
    if (open.empty())
        return false;
    for (const auto& [name, unused] : touched)
        set(name, merged(name, open, statement));
    return true;
}

std::optional<Binding> NameJournal::merged(const std::string& name,
                                           const std::vector<const Changes*>& ways,
                                           SyntaxNode statement) const
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
    const bool dictionaries = std::ranges::all_of(values, [](const std::optional<Binding>& one) {
        return one && one->value.kind == Literal::Kind::Dictionary;
    });
    if (dictionaries)
        return Binding{.value = mergedDictionary(values, statement), .range = statement.range()};
    return Binding{.value = Literal::unknown("bound in different ways under the statement in " +
                                             inLine(statement)),
                   .range = statement.range()};
}

std::string inLine(SyntaxNode node)
{
    return "line " + std::to_string(node.line());
}

} // namespace sightglass
