// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Number by which a catalog row is known in one database.
using Oid = std::uint32_t;

/// What a statement answered, as text. Cheap to copy; cells live as long as any copy.
class Rows
{
public:
    Rows() = default;
    explicit Rows(std::shared_ptr<const void> answer);

    std::size_t size() const { return m_size; }

    std::size_t columns() const;
    /// Rows that the statement inserted, updated or deleted.
    std::int64_t changed() const;

    /// Empty for NULL.
    std::string_view text(std::size_t row, std::size_t column) const;
    bool isNull(std::size_t row, std::size_t column) const;

private:
    std::shared_ptr<const void> m_answer; ///< a pqxx::result, which no header of ours names
    std::size_t m_size = 0;
};

/// One row of Rows, with its cells as the types that catalogs use.
class Row
{
public:
    Row(const Rows& rows, std::size_t number)
        : m_rows(rows)
        , m_number(number)
    {}

    std::string_view view(std::size_t column) const { return m_rows.text(m_number, column); }

    std::string text(std::size_t column) const { return std::string(view(column)); }

    bool isNull(std::size_t column) const { return m_rows.isNull(m_number, column); }

    bool flag(std::size_t column) const { return view(column) == "t"; }

    /// First character; a zero byte for an empty cell.
    char letter(std::size_t column) const
    {
        return view(column).empty() ? '\0' : view(column).front();
    }

    std::int64_t number(std::size_t column) const;

    Oid oid(std::size_t column) const { return static_cast<Oid>(number(column)); }

    std::optional<std::string> optionalText(std::size_t column) const;

private:
    const Rows& m_rows;
    std::size_t m_number;
};

/// Elements of a one-dimensional array as PostgreSQL writes it: {a,"b c",NULL}. NULL reads as
/// empty.
std::vector<std::string> arrayElements(std::string_view text);

/// Numbers of "{1,2}" (smallint[]) or "1 2" (int2vector).
std::vector<int> numbersOf(std::string_view text);

/// A number at the start of `text`, 0 when there is none.
std::int64_t numberOf(std::string_view text);

} // namespace sightglass
