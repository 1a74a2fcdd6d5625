// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/stamp/stamp_states.h"

#include "tests/support/graph_text.h"

#include <algorithm>
#include <set>

namespace sightglass::tests {

namespace {

constexpr const char* ordinaryTable = "CREATE TABLE @ (version_num varchar(32) NOT NULL, "
                                      "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";
constexpr const char* wideTable = "CREATE TABLE @ (version_num varchar(255) NOT NULL PRIMARY KEY)";
constexpr const char* keylessTable = "CREATE TABLE @ (version_num varchar(32) NOT NULL)";
constexpr const char* textTable = "CREATE TABLE @ (version_num text)";

std::string listText(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

} // namespace

std::string toText(const StampState& state)
{
    return "chain: " + textOf(state.revisions) + "\ntable: " + state.schema + "." + state.table +
           " " + (state.make.empty() ? "absent" : state.make) + "\nrows: " + listText(state.rows) +
           "\nstamp" + (state.request.purge ? " --purge" : "") + ": " +
           listText(state.request.revisions);
}

std::string StampStates::anyId(const StampState& state)
{
    return state.revisions[m_random.below(state.revisions.size())].id;
}

std::string StampStates::part(const StampState& state)
{
    const std::string id = anyId(state);
    std::size_t length = std::min<std::size_t>(id.size(), 4 + m_random.below(id.size()));
    while (length < id.size() && (static_cast<unsigned char>(id[length]) & 0xc0U) == 0x80U)
        ++length;
    return id.substr(0, length);
}

std::string StampStates::label(const StampState& state)
{
    std::vector<std::string> labels;
    for (const Revision& revision : state.revisions) {
        for (const RevisionReference& each : revision.labels)
            labels.push_back(each.id);
    }
    return labels.empty() || m_random.oneIn(4) ? anyId(state)
                                               : labels[m_random.below(labels.size())];
}

std::string StampStates::wish(const StampState& state)
{
    const std::string number = std::to_string(m_random.below(m_random.oneIn(6) ? 12 : 4));
    switch (m_random.below(16)) {
    case 0:
        return "head";
    case 1:
        return "heads";
    case 2:
        return "base";
    case 3:
        return label(state) + "@head";
    case 4:
        return label(state) + "@heads";
    case 5:
        return label(state) + "@base";
    case 6:
        return "-" + number;
    case 7:
        return label(state) + "@-" + number;
    case 8:
        return "+" + number;
    case 9:
        return anyId(state) + (m_random.oneIn(2) ? "+" : "-") + number;
    case 10:
        return part(state);
    case 11:
        return m_random.oneIn(3) ? "nosuch" : label(state) + "@" + anyId(state);
    default:
        return anyId(state);
    }
}

void StampStates::addTable(StampState& state)
{
    if (m_random.oneIn(4))
        state.schema = m_random.oneIn(2) ? "app" : "Odd Schema";
    if (m_random.oneIn(8))
        state.table = m_random.oneIn(2) ? "versions" : "Alembic Version";
    switch (m_random.below(8)) {
    case 0:
        state.make = "";
        break;
    case 1:
        state.make = wideTable;
        break;
    case 2:
        state.make = keylessTable;
        break;
    case 3:
        state.make = textTable;
        break;
    default:
        state.make = ordinaryTable;
    }
}

void StampStates::addRows(StampState& state)
{
    if (state.make.empty())
        return;
    const RevisionGraph graph = RevisionGraph::build(state.revisions);
    if (m_random.oneIn(3)) {
        for (const RevisionIndex head : graph.effectiveHeads())
            state.rows.push_back(graph.revision(head).id);
    } else {
        const std::size_t count = m_random.below(4);
        for (std::size_t i = 0; i < count; ++i)
            state.rows.push_back(m_random.oneIn(12) ? part(state) : anyId(state));
    }
    if (m_random.oneIn(10))
        state.rows.emplace_back("0123456789ab");
    const bool mayRepeat = state.make == keylessTable || state.make == textTable;
    if (!mayRepeat) {
        const std::set<std::string> once(state.rows.begin(), state.rows.end());
        state.rows.assign(once.begin(), once.end());
    } else if (m_random.oneIn(3) && !state.rows.empty()) {
        state.rows.push_back(state.rows.front());
    }
}

StampState StampStates::next()
{
    StampState state;
    state.revisions = m_random.nextSound(1 + m_random.below(14));
    addTable(state);
    addRows(state);
    const std::size_t wishes = m_random.oneIn(4) ? 2 + m_random.below(2) : 1;
    for (std::size_t i = 0; i < wishes; ++i)
        state.request.revisions.push_back(wish(state));
    state.request.purge = m_random.oneIn(4);
    return state;
}

} // namespace sightglass::tests
