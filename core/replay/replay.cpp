// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/replay.h"

#include "core/replay/assumptions.h"
#include "core/replay/catalog.h"
#include "core/replay/start.h"
#include "core/replay/unread.h"
#include "core/sql/unparsed_sql.h"

#include <variant>

namespace sightglass {

using replaying::Catalog;

struct Replay::State
{
    Catalog catalog;
    /// EXCEPTION blocks around what is left out because a statement before it failed.
    int leftBlocks = 0;
};

namespace {

void doubtAbout(Catalog& catalog, const Operation& operation, const std::string& reason)
{
    const bool existence = replaying::changesExistence(operation.change);
    const Doubt::Reach reach = existence ? Doubt::Reach::Existence : Doubt::Reach::Parts;
    catalog.doubt(replaying::subjectOf(catalog, operation.change),
                  objectOf(operation.change).column,
                  reason,
                  reach,
                  true);
    if (const auto* rename = std::get_if<change::RenameTable>(&operation.change))
        catalog.doubt({.schema = replaying::subjectOf(catalog, operation.change).schema,
                       .name = rename->newName},
                      {},
                      reason,
                      reach,
                      true);
    if (const auto* rename = std::get_if<change::RenameColumn>(&operation.change))
        catalog.doubt(
            replaying::subjectOf(catalog, operation.change), rename->newName, reason, reach, true);
}

std::string conditionOf(const Operation& operation)
{
    std::string text;
    for (const Guard& guard : operation.guards)
        text += (text.empty() ? "" : " and ") + guard.text;
    return text.empty() ? operation.reason : text;
}

bool isConditional(const Operation& operation)
{
    return !operation.guards.empty() || operation.resolution == Resolution::Conditional;
}

/// SAVEPOINT, RELEASE and ROLLBACK TO under a condition take nothing back, or what was done since.
void applyConditional(Catalog& catalog, const Operation& operation, const std::string& word)
{
    const bool back = word.starts_with("ROLLBACK TO ");
    const bool nothing = word.starts_with("SAVEPOINT") || word.starts_with("RELEASE ") ||
                         (back && !catalog.changedSince(word.substr(word.rfind(' ') + 1)));
    if (!nothing)
        catalog.doubt({},
                      {},
                      "a transaction may end under a condition: " + conditionOf(operation),
                      Doubt::Reach::Parts,
                      true);
    else if (!back && word.find(' ') != std::string::npos && word != "RELEASE SAVEPOINT")
        replaying::dispatch(catalog, operation.change);
}

/// Applied where PostgreSQL would; in doubt either way.
void applyConditional(Catalog& catalog, const Operation& operation)
{
    const std::string condition = conditionOf(operation);
    if (const auto* word = std::get_if<change::Transaction>(&operation.change)) {
        applyConditional(catalog, operation, word->word);
        return;
    }
    if (replaying::dispatch(catalog, operation.change)) {
        catalog.rollback();
        if (isStructural(operation.change))
            doubtAbout(catalog, operation, "may be changed under a condition: " + condition);
    } else if (isStructural(operation.change)) {
        doubtAbout(catalog, operation, "changed under a condition: " + condition);
    }
}

/// A statement that the server's parser refuses stops a run like any other error.
std::optional<Refusal> syntaxErrorOf(const Operation& operation)
{
    if (!operation.guards.empty() || !isSyntaxError(operation.change, operation.reason))
        return std::nullopt;
    return Refusal{.state = "42601", .message = operation.reason, .object = {}};
}

/// How deep in EXCEPTION blocks an operation leads: 1 where one begins, -1 where one ends.
int blockStep(const Operation& operation)
{
    const auto* const transaction = std::get_if<change::Transaction>(&operation.change);
    if (transaction == nullptr || operation.alternative)
        return 0;
    return transaction->word == "SAVEPOINT" ? 1 : transaction->word == "RELEASE SAVEPOINT" ? -1 : 0;
}

bool endsTransaction(const Operation& operation)
{
    const auto* const transaction = std::get_if<change::Transaction>(&operation.change);
    return transaction != nullptr && transaction->word == "COMMIT";
}

/// What was not read, or was there before all revisions, may have what a refusal misses. A failure
/// that the revision catches is what its author reckons with.
bool isNotSure(const Catalog& catalog, const Operation& operation, const Refusal& refusal)
{
    return replaying::isOfAssumedTable(catalog, refusal) ||
           (!operation.tolerated && replaying::mayBeOtherwise(catalog, operation.change, refusal));
}

/// A statement about data that writes a label which its own transaction added would be refused.
void doubtNewLabels(Catalog& catalog, const Operation& operation)
{
    if (isStructural(operation.change))
        return;
    for (const auto& [type, label] : catalog.newLabels()) {
        if (operation.sql.find("'" + label + "'") != std::string::npos)
            catalog.doubt(type,
                          {},
                          "the label " + label +
                              " may be used in the transaction that adds it, which PostgreSQL "
                              "refuses");
    }
}

} // namespace

Replay::Replay(ReplaySettings settings)
    : m_state(std::make_unique<State>(State{.catalog = Catalog(std::move(settings))}))
{}

Replay::Replay(const Schema& start, ReplaySettings settings)
    : Replay(std::move(settings))
{
    replaying::fill(m_state->catalog, start);
}

Replay::Replay(const Replay& other)
    : m_state(std::make_unique<State>(*other.m_state))
{}

Replay::Replay(Replay&&) noexcept = default;

Replay& Replay::operator=(const Replay& other)
{
    if (this != &other)
        m_state = std::make_unique<State>(*other.m_state);
    return *this;
}

Replay& Replay::operator=(Replay&&) noexcept = default;
Replay::~Replay() = default;

std::optional<Refusal> Replay::apply(const Operation& operation)
{
    Catalog& catalog = m_state->catalog;
    catalog.setSpan(operation.span);
    if (m_state->leftBlocks > 0 && !endsTransaction(operation)) {
        m_state->leftBlocks += blockStep(operation);
        return std::nullopt;
    }
    m_state->leftBlocks = 0;
    std::optional<Refusal> refused;
    if (operation.autocommit)
        catalog.endTransaction();
    doubtNewLabels(catalog, operation);
    if (operation.alternative) {
        const auto* const word = std::get_if<change::Transaction>(&operation.change);
        if (word != nullptr && !word->word.starts_with("SAVEPOINT") &&
            !word->word.starts_with("RELEASE "))
            catalog.doubt({},
                          {},
                          "a transaction may end instead: " + conditionOf(operation),
                          Doubt::Reach::Parts,
                          true);
        else if (isStructural(operation.change))
            doubtAbout(catalog, operation, "may be changed instead: " + conditionOf(operation));
    } else if (operation.resolution == Resolution::Opaque &&
               !std::holds_alternative<change::Opaque>(operation.change)) {
        if (!operation.guards.empty() || !replaying::applyKnownParts(catalog, operation))
            doubtAbout(catalog, operation, operation.reason);
    } else if (isConditional(operation)) {
        applyConditional(catalog, operation);
    } else if (auto error = syntaxErrorOf(operation)) {
        refused = std::move(error);
    } else {
        refused = replaying::dispatch(catalog, operation.change);
    }
    if (refused) {
        catalog.rollback();
        if (isNotSure(catalog, operation, *refused)) {
            replaying::assumeParts(catalog, operation.change, *refused);
            refused.reset();
        }
    }
    catalog.commit();
    if (refused && operation.tolerated && catalog.insideBlock()) {
        // What the block did so far is taken back, and the rest of it does not run.
        catalog.rollbackTo({});
        m_state->leftBlocks = 1;
    }
    if (operation.autocommit)
        catalog.endTransaction();
    return refused;
}

void Replay::assume(const Operation& operation, const Refusal& refusal)
{
    // What can't be parsed has changed nothing, and what it was meant to change is not said.
    if (syntaxErrorOf(operation))
        return;
    Catalog& catalog = m_state->catalog;
    catalog.setSpan(operation.span);
    replaying::assume(catalog, operation.change, refusal);
    catalog.commit();
}

std::optional<Refusal> Replay::wouldRefuse(const Operation& operation) const
{
    if (auto error = syntaxErrorOf(operation))
        return error;
    if (std::holds_alternative<change::Transaction>(operation.change))
        return std::nullopt;
    Catalog& catalog = m_state->catalog;
    auto refused = replaying::dispatch(catalog, operation.change);
    catalog.rollback();
    if (refused && isNotSure(catalog, operation, *refused))
        refused.reset();
    return refused;
}

void Replay::tryOut(const std::function<void(Replay&)>& body)
{
    const int leftBlocks = m_state->leftBlocks;
    const auto trial = m_state->catalog.beginTrial();
    body(*this);
    m_state->catalog.endTrial(*trial);
    m_state->leftBlocks = leftBlocks;
}

const Schema& Replay::schema() const
{
    return m_state->catalog.schema();
}

const std::vector<Doubt>& Replay::doubts() const
{
    return m_state->catalog.doubts();
}

const std::vector<std::string>& Replay::searchPath() const
{
    return m_state->catalog.searchPath();
}

std::optional<QualifiedName> Replay::findRelation(const QualifiedName& name) const
{
    return m_state->catalog.findRelation(name);
}

std::optional<QualifiedName> Replay::findType(const QualifiedName& name) const
{
    return m_state->catalog.findType(name);
}

bool Replay::isAssumed(const QualifiedName& table) const
{
    return m_state->catalog.isAssumed(table);
}

std::optional<QualifiedName> Replay::ownerOfIndex(const QualifiedName& index) const
{
    const auto* const entry = m_state->catalog.relation(index);
    if (entry == nullptr || entry->kind != replaying::RelationKind::Index)
        return std::nullopt;
    return entry->owner();
}

std::set<QualifiedName> Replay::referencing(const QualifiedName& table) const
{
    return m_state->catalog.referencing(table);
}

std::set<QualifiedName> Replay::tablesWithType(const std::string& type) const
{
    return m_state->catalog.tablesWithType(type);
}

void Replay::beginRun()
{
    m_state->catalog.beginRun();
    m_state->leftBlocks = 0;
}

} // namespace sightglass
