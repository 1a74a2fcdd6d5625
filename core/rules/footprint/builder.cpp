// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/footprint/builder.h"

#include "core/sql/expression.h"

#include <algorithm>

namespace sightglass::footprints {

namespace {

constexpr int treeDepth = 16;

void collectDescendants(const Moment& moment,
                        const QualifiedName& parent,
                        std::vector<QualifiedName>& result,
                        int depth)
{
    if (depth > treeDepth)
        return;
    for (const auto& [name, table] : moment.schema().tables) {
        if (table->partitionOf != parent)
            continue;
        result.push_back(name);
        if (table->kind == TableKind::PartitionedTable || !table->partitionKey.empty())
            collectDescendants(moment, name, result, depth + 1);
    }
}

bool isPartitioned(const Table& table)
{
    return table.kind == TableKind::PartitionedTable || !table.partitionKey.empty();
}

std::string unquoted(const SqlToken& token)
{
    std::string result;
    if (token.kind != SqlTokenKind::Quoted) {
        for (const char c : token.text)
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return result;
    }
    const std::string_view inner = token.text.substr(1, token.text.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        result += inner[i];
        if (inner[i] == '"')
            ++i;
    }
    return result;
}

} // namespace

void Builder::add(const QualifiedName& full, LockMode mode, bool further, bool index)
{
    if (full.name.empty() || mode == LockMode::None)
        return;
    const auto found = std::ranges::find(footprint.locks, full, &RelationLock::relation);
    if (found == footprint.locks.end()) {
        footprint.locks.push_back(
            {.relation = full, .mode = mode, .further = further, .ofIndex = index});
        return;
    }
    found->mode = std::max(found->mode, mode);
    found->further = found->further && further;
}

void Builder::lock(const QualifiedName& written, LockMode mode)
{
    const Found found = moment.relation(written);
    if (!found.absent)
        add(found.name, mode, false, false);
}

void Builder::lockTree(const QualifiedName& written, LockMode mode)
{
    lock(written, mode);
    const Found found = moment.relation(written);
    if (!found.table || !isPartitioned(*found.table))
        return;
    for (const QualifiedName& partition : descendants(moment, *found.table))
        lockFurther(partition, mode);
}

void Builder::lockFurther(const QualifiedName& full, LockMode mode)
{
    add(full, mode, true, false);
}

void Builder::lockFurtherTree(const QualifiedName& full, LockMode mode)
{
    lockFurther(full, mode);
    const Table* const table = moment.schema().table(full);
    if (table == nullptr || !isPartitioned(*table))
        return;
    for (const QualifiedName& partition : descendants(moment, *table))
        lockFurther(partition, mode);
}

void Builder::lockIndex(const QualifiedName& full, LockMode mode)
{
    add(full, mode, false, true);
}

void Builder::lockSources(std::string_view query)
{
    for (const QualifiedName& relation : relationsOf(query)) {
        // What is not there is a name of the query itself (WITH), or a function.
        if (const auto found = moment.replay().findRelation(relation))
            lockFurther(*found, LockMode::AccessShare);
        else if (!moment.isWhole())
            lockFurther(moment.fullName(relation), LockMode::AccessShare);
    }
}

void Builder::doubt(Confidence confidence, std::string unsettled)
{
    if (confidence <= footprint.confidence)
        return;
    footprint.confidence = confidence;
    footprint.unsettled = std::move(unsettled);
}

const std::vector<SqlToken>& Builder::tokens()
{
    if (!m_tokenised) {
        m_tokens = sqlTokens(operation.sql);
        m_tokenised = true;
    }
    return m_tokens;
}

bool Builder::says(std::initializer_list<std::string_view> words)
{
    const std::vector<SqlToken>& all = tokens();
    for (std::size_t i = 0; i + words.size() <= all.size(); ++i) {
        if (standsAt(all, i, words))
            return true;
    }
    return false;
}

bool standsAt(const std::vector<SqlToken>& tokens,
              std::size_t index,
              std::initializer_list<std::string_view> words)
{
    for (const std::string_view word : words) {
        if (index >= tokens.size() || !tokens[index].is(word))
            return false;
        ++index;
    }
    return true;
}

QualifiedName nameAt(const std::vector<SqlToken>& tokens, std::size_t index)
{
    QualifiedName result;
    const auto isName = [&](std::size_t at) {
        return at < tokens.size() &&
               (tokens[at].kind == SqlTokenKind::Word || tokens[at].kind == SqlTokenKind::Quoted);
    };
    if (!isName(index))
        return result;
    result.name = unquoted(tokens[index]);
    if (index + 1 < tokens.size() && tokens[index + 1].isMark('.') && isName(index + 2)) {
        result.schema = std::move(result.name);
        result.name = unquoted(tokens[index + 2]);
    }
    return result;
}

QualifiedName defaultPartition(const Moment& moment, const QualifiedName& parent)
{
    for (const auto& [name, table] : moment.schema().tables) {
        if (table->partitionOf == parent && table->partitionBound == "DEFAULT")
            return name;
    }
    return {};
}

std::vector<QualifiedName> descendants(const Moment& moment, const Table& table)
{
    std::vector<QualifiedName> result;
    collectDescendants(moment, table.name, result, 0);
    return result;
}

std::vector<QualifiedName> referencingTables(const Moment& moment,
                                             const QualifiedName& table,
                                             const std::vector<std::string>& columns)
{
    std::vector<QualifiedName> result;
    const auto refers = [&](const ForeignKey& key) {
        if (key.target != table)
            return false;
        return columns.empty() || std::ranges::any_of(columns, [&](const std::string& column) {
                   return std::ranges::find(key.targetColumns, column) != key.targetColumns.end();
               });
    };
    for (const auto& [name, other] : moment.schema().tables) {
        if (name != table && std::ranges::any_of(other->foreignKeys, refers))
            result.push_back(name);
    }
    return result;
}

bool readsRelation(const Moment& moment, const View& view, const QualifiedName& relation)
{
    return std::ranges::any_of(relationsOf(view.definition), [&](const QualifiedName& read) {
        return moment.fullName(read) == relation;
    });
}

std::vector<QualifiedName> viewsAbove(const Moment& moment, std::vector<QualifiedName> views)
{
    for (std::size_t i = 0; i < views.size(); ++i) {
        for (const auto& [name, view] : moment.schema().views) {
            if (std::ranges::find(views, name) == views.end() &&
                readsRelation(moment, *view, QualifiedName(views[i])))
                views.push_back(name);
        }
    }
    return views;
}

std::vector<QualifiedName> viewsOf(const Moment& moment, const QualifiedName& relation)
{
    std::vector<QualifiedName> result;
    for (const auto& [name, view] : moment.schema().views) {
        if (readsRelation(moment, *view, relation))
            result.push_back(name);
    }
    return viewsAbove(moment, std::move(result));
}

} // namespace sightglass::footprints
