// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Python's spelling of a text: 'a', or "it's".
std::string pythonLiteral(std::string_view text);
/// ['a', 'b']
std::string pythonLiterals(const std::vector<std::string>& texts);

/// SQL that goes through SQLAlchemy's text(): a colon that it would take for a parameter is
/// escaped.
/// source  SQLAlchemy 1.4, sql/compiler.py BIND_PARAMS
std::string escapedForText(std::string_view sql);
/// A server's spelling of `s IN ('a', 'b')`, which it spells otherwise when it reads it again, as
/// its author wrote it.
std::string readableExpression(const std::string& sql);
/// sa.text("…")
std::string saText(std::string_view sql);

/// The body of upgrade() or downgrade(), indented by four spaces.
class BodyWriter
{
public:
    /// A call on one line where it fits, else with one argument a line.
    void
    call(const std::string& function, const std::vector<std::string>& arguments, bool tall = false);
    /// op.execute of one statement. Lines of it stand as they are: what PostgreSQL keeps is the
    /// text.
    void execute(const std::string& sql);
    /// The same outside of the transaction, which is committed before.
    void executeAlone(const std::string& sql);
    void comment(const std::string& text);

    const std::string& text() const { return m_text; }

private:
    void executeIndented(const std::string& sql, const std::string& indent);

    std::string m_text;
};

} // namespace sightglass
