// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What a caller can do about a failure, not where it came from.
enum class ErrorCode
{
    NotFound,       ///< the named thing does not exist
    NotReadable,    ///< it exists and can't be read (rights, device, encoding)
    Malformed,      ///< it was read and its text is not what it has to be
    Ambiguous,      ///< the name fits several things
    Unsupported,    ///< understood, and not offered
    Usage,          ///< the command line or a setting is wrong
    NotPermitted,   ///< a server or the system refused
    ConnectionLost, ///< no connection, or it ended
    QueryFailed,    ///< the server answered with an error
    TimedOut,
    Cancelled,      ///< somebody pressed Stop; never shown as an error
    StateChanged,   ///< the world is not what the plan expected
    InDoubt,        ///< a commit whose outcome is not known
};

std::string_view toText(ErrorCode code);

/// Our work failed. What is wrong in the user's files or database is data, not an Error.
struct Error
{
    ErrorCode code = ErrorCode::NotFound;
    std::string message;  ///< one sentence: what failed, and on which thing
    std::string nextStep; ///< one sentence: what to do about it; may be empty
    std::string file;     ///< empty when no file is concerned
    int line = 0;         ///< 1-based, 0 unknown
    std::string sqlState;
    std::string statement;
    std::vector<std::string> context; ///< what was going on, innermost first

    friend bool operator==(const Error&, const Error&) = default;
};

/// The error as one line of text: file and line, message, next step. Control characters are escaped.
std::string toText(const Error& error);

/// `text` on one line, with control characters and invalid UTF-8 made visible as \n, \x1b, \xff.
std::string printable(std::string_view text);

} // namespace sightglass
