// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/differences/differences.h"

#include "core/differences/object_lines.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace sightglass {

namespace {

/// Parts of one relation by kind and name, as one line of definition each.
using Parts = std::map<std::pair<std::string_view, std::string_view>, std::string_view>;

Parts partsOf(const std::vector<ObjectLine>& lines)
{
    Parts parts;
    for (const ObjectLine& line : lines)
        parts.emplace(std::pair(line.kind, std::string_view(line.part)), line.definition);
    return parts;
}

/// Walks two sorted maps of shared objects. `describe` is for those on one side; `both` compares.
template <typename Map, typename Describe, typename Both>
void compareMaps(const Map& left, const Map& right, const Describe& describe, const Both& both)
{
    auto l = left.begin();
    auto r = right.begin();
    while (l != left.end() || r != right.end()) {
        if (r == right.end() || (l != left.end() && l->first < r->first)) {
            describe(l->first, *l->second, Difference::Change::OnlyLeft);
            ++l;
        } else if (l == left.end() || r->first < l->first) {
            describe(r->first, *r->second, Difference::Change::OnlyRight);
            ++r;
        } else {
            if (l->second != r->second)
                both(*l->second, *r->second);
            ++l;
            ++r;
        }
    }
}

class Comparison
{
public:
    Comparison(const DifferenceSettings& settings, std::vector<Difference>& differences)
        : m_settings(settings)
        , m_differences(differences)
    {}

    /// Objects of one kind: one difference where only one side has it, else one for each line.
    template <typename Map>
    void objects(const Map& left, const Map& right)
    {
        compareMaps(
            left,
            right,
            [&](const auto&, const auto& object, Difference::Change change) {
                if (!counts(object.name, object.extension))
                    return;
                const ObjectLine line = linesOf(object, m_settings).front();
                const bool isLeft = change == Difference::Change::OnlyLeft;
                add(object.name,
                    line.kind,
                    line.part,
                    change,
                    isLeft ? line.definition : "",
                    isLeft ? "" : line.definition);
            },
            [&](const auto& ours, const auto& theirs) {
                if (counts(ours.name, ours.extension))
                    lines(ours.name, linesOf(ours, m_settings), linesOf(theirs, m_settings));
            });
    }

    void namesOnly(const std::string& kind,
                   const std::set<std::string>& left,
                   const std::set<std::string>& right)
    {
        for (const std::string& name : left) {
            if (!right.contains(name))
                add({.schema = {}, .name = name}, kind, {}, Difference::Change::OnlyLeft, kind, {});
        }
        for (const std::string& name : right) {
            if (!left.contains(name))
                add({.schema = {}, .name = name},
                    kind,
                    {},
                    Difference::Change::OnlyRight,
                    {},
                    kind);
        }
    }

private:
    bool counts(const QualifiedName& name, const std::string& extension) const
    {
        if (!extension.empty() && !m_settings.extensionObjects)
            return false;
        return !m_settings.leftOut || !m_settings.leftOut(name);
    }

    void lines(const QualifiedName& object,
               const std::vector<ObjectLine>& ourLines,
               const std::vector<ObjectLine>& theirLines)
    {
        const Parts left = partsOf(ourLines);
        const Parts right = partsOf(theirLines);
        for (const auto& [part, definition] : left) {
            const auto other = right.find(part);
            if (other == right.end())
                add(object, part.first, part.second, Difference::Change::OnlyLeft, definition, {});
            else if (other->second != definition)
                add(object,
                    part.first,
                    part.second,
                    Difference::Change::Differs,
                    definition,
                    other->second);
        }
        for (const auto& [part, definition] : right) {
            if (!left.contains(part))
                add(object, part.first, part.second, Difference::Change::OnlyRight, {}, definition);
        }
    }

    void add(const QualifiedName& object,
             std::string_view kind,
             std::string_view part,
             Difference::Change change,
             std::string_view left,
             std::string_view right)
    {
        m_differences.push_back({.kind = std::string(kind),
                                 .object = object,
                                 .part = std::string(part),
                                 .change = change,
                                 .left = std::string(left),
                                 .right = std::string(right)});
    }

    const DifferenceSettings& m_settings;
    std::vector<Difference>& m_differences;
};

std::set<std::string> extensionsOf(const Schema& schema)
{
    std::set<std::string> names;
    for (const auto& [name, extension] : schema.extensions) {
        // Every new database has it; nobody makes it.
        if (name != "plpgsql")
            names.insert(name);
    }
    return names;
}

} // namespace

std::string_view toText(Difference::Change change)
{
    switch (change) {
    case Difference::Change::OnlyLeft:
        return "only-left";
    case Difference::Change::OnlyRight:
        return "only-right";
    case Difference::Change::Differs:
        break;
    }
    return "differs";
}

std::vector<Difference>
differencesBetween(const Schema& left, const Schema& right, const DifferenceSettings& settings)
{
    std::vector<Difference> differences;
    Comparison comparison(settings, differences);
    comparison.namesOnly("schema", left.namespaces, right.namespaces);
    comparison.namesOnly("extension", extensionsOf(left), extensionsOf(right));
    comparison.objects(left.enums, right.enums);
    comparison.objects(left.domains, right.domains);
    comparison.objects(left.sequences, right.sequences);
    comparison.objects(left.tables, right.tables);
    comparison.objects(left.views, right.views);
    comparison.objects(left.functions, right.functions);
    std::ranges::stable_sort(differences, {}, [](const Difference& each) {
        return std::tie(each.object, each.kind, each.part);
    });
    return differences;
}

} // namespace sightglass
