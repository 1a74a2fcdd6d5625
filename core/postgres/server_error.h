// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace sightglass {

/// Whom a refused connection was meant for; nothing in it is secret.
struct Addressee
{
    std::string shown;  ///< "swae on localhost:5432"
    std::string server; ///< "localhost:5432", "the socket in /run/postgresql"
    std::string user;   ///< as sent to the server
    std::string database;
};

/// A connection that did not come to stand.
///
/// text  libpq's words at verbosity "verbose", so that a server's refusal holds its SQLSTATE.
Error connectionError(const Addressee& addressee, std::string_view text);

/// A statement that failed on a connection that still stands.
///
/// part  what was being read, in words: "indexes"
Error statementError(std::string_view part, std::string sqlState, std::string_view text);

/// The same for a statement of an action.
///
/// what  in words: "Taking the lock"
Error actionError(std::string_view what, std::string sqlState, std::string_view text);

/// SQLSTATE in libpq's verbose words; empty when the text is not a server's.
std::string sqlStateIn(std::string_view text);

/// The server's or libpq's sentence in them, on one line, without secrets.
std::string sentenceIn(std::string_view text);

} // namespace sightglass
