// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/operations/changes.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

enum class Resolution
{
    Resolved,    ///< runs, and everything about it is known
    Conditional, ///< runs under a condition that reading can't decide
    Opaque       ///< what it does, or to what, can't be read
};

std::string_view toText(Resolution resolution); ///< "resolved", "conditional", "opaque"

enum class Origin
{
    Directive, ///< op.*, or a method of a SQLAlchemy object that runs DDL
    Sql,       ///< SQL text that a revision runs
    SqlFile,   ///< a file of SQL
    Model      ///< a declared model
};

/// A condition around an operation that reading could not decide.
struct Guard
{
    std::string text; ///< as written: "settings.USE_X", "not row", "for each row of …"
    SourceSpan span;
    friend bool operator==(const Guard&, const Guard&) = default;
};

/// One statement that reaches the server, or one action of an ALTER TABLE that has several; where
/// it stands and how sure its reading is.
struct Operation
{
    Change change;
    SourceSpan span; ///< the call, or the statement inside its literal where that can be told
    Origin origin = Origin::Directive;
    std::string directive; ///< as written: "create_table", "batch_op.add_column", "execute"
    Resolution resolution = Resolution::Resolved;
    std::string reason;        ///< why it is not resolved
    std::vector<Guard> guards; ///< outermost first
    std::string sql;   ///< as written, where the author wrote SQL; else empty: render makes it
    int statement = 0; ///< counts from 0 in a reading; actions of one statement share it
    int call = 0;      ///< counts from 0; operations of one directive call share it
    bool alternative = false; ///< stands in the branch that is taken when the assumed one is not
    bool tolerated = false;   ///< a failure is caught by the revision's own try
    bool autocommit = false;  ///< inside an autocommit block: commits what went before
};

/// The word for its kind: "create_table", "add_column", "change_data", …; stable, for JSON.
std::string_view kindOf(const Change& change);

/// What the change is about. Empty name: nothing in particular, or not known.
struct ChangedObject
{
    QualifiedName table; ///< the relation concerned; empty for types, schemas, extensions …
    std::string column;
    std::string name; ///< of the index, constraint, type, sequence, schema, extension, function …
    friend bool operator==(const ChangedObject&, const ChangedObject&) = default;
};

ChangedObject objectOf(const Change& change);

/// False for data changes, queries, settings, transaction words, locks; and for opaque code that
/// can only change data.
bool isStructural(const Change& change);

/// One line in plain words that names the object: `Creates table jobs with 4 columns`.
std::string summaryOf(const Change& change);

} // namespace sightglass
