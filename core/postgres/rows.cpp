// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/rows.h"

#include <pqxx/result>

#include <charconv>

namespace sightglass {

namespace {

const pqxx::result& resultOf(const std::shared_ptr<const void>& answer)
{
    return *static_cast<const pqxx::result*>(answer.get());
}

auto field(const pqxx::result& result, std::size_t row, std::size_t column)
{
    return result[static_cast<pqxx::result::size_type>(row)]
                 [static_cast<pqxx::row::size_type>(column)];
}

} // namespace

Rows::Rows(std::shared_ptr<const void> answer)
    : m_answer(std::move(answer))
    , m_size(static_cast<std::size_t>(resultOf(m_answer).size()))
{}

std::size_t Rows::columns() const
{
    return m_size == 0 ? 0 : static_cast<std::size_t>(resultOf(m_answer).columns());
}

std::int64_t Rows::changed() const
{
    return m_answer ? static_cast<std::int64_t>(resultOf(m_answer).affected_rows()) : 0;
}

std::string_view Rows::text(std::size_t row, std::size_t column) const
{
    const auto cell = field(resultOf(m_answer), row, column);
    return {cell.c_str(), static_cast<std::size_t>(cell.size())};
}

bool Rows::isNull(std::size_t row, std::size_t column) const
{
    return field(resultOf(m_answer), row, column).is_null();
}

std::int64_t numberOf(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::int64_t Row::number(std::size_t column) const
{
    return numberOf(view(column));
}

std::optional<std::string> Row::optionalText(std::size_t column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

std::vector<std::string> arrayElements(std::string_view text)
{
    std::vector<std::string> elements;
    if (text.size() < 3 || text.front() != '{')
        return elements;
    std::string element;
    bool quoted = false;
    bool wasQuoted = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size()) {
            element += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
            wasQuoted = true;
        } else if (!quoted && (c == ',' || c == '}')) {
            elements.push_back(!wasQuoted && element == "NULL" ? std::string()
                                                               : std::move(element));
            element.clear();
            wasQuoted = false;
        } else {
            element += c;
        }
    }
    return elements;
}

std::vector<int> numbersOf(std::string_view text)
{
    std::vector<int> numbers;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        int number = 0;
        const auto [next, problem] = std::from_chars(at, end, number);
        if (problem == std::errc())
            numbers.push_back(number);
        at = problem == std::errc() ? next : at + 1;
    }
    return numbers;
}

} // namespace sightglass
