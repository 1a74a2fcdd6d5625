// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/text_layout.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace sightglass {

std::size_t columnsOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

std::string padded(std::string_view text, std::size_t width)
{
    const std::size_t columns = columnsOf(text);
    return std::string(text) + std::string(columns < width ? width - columns : 0, ' ');
}

std::string wrapped(std::string_view first, std::string_view text, std::size_t width)
{
    const std::string indent(columnsOf(first), ' ');
    const std::string shown = printable(text);
    std::string result;
    std::string line(first);
    bool empty = true;
    std::string_view rest = shown;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        const std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (word.empty())
            continue;
        if (!empty && columnsOf(line) + 1 + columnsOf(word) > width) {
            result += line + "\n";
            line = indent;
            empty = true;
        }
        line += (empty ? "" : " ") + std::string(word);
        empty = false;
    }
    return result + line + "\n";
}

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::string_view indent)
{
    std::vector<std::vector<std::string>> shown;
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        auto& cells = shown.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(printable(row[i]));
            if (widths.size() <= i)
                widths.push_back(0);
            widths[i] = std::max(widths[i], columnsOf(cells.back()));
        }
    }
    std::string text;
    for (const auto& cells : shown) {
        std::string line(indent);
        for (std::size_t i = 0; i < cells.size(); ++i)
            line += (i == 0 ? "" : "  ") + padded(cells[i], widths[i]);
        const auto last = line.find_last_not_of(' ');
        text += line.substr(0, last == std::string::npos ? 0 : last + 1) + "\n";
    }
    return text;
}

std::string sizeText(long long bytes)
{
    constexpr std::array<std::string_view, 5> units{"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024.0 && unit + 1 < units.size()) {
        value /= 1024.0;
        ++unit;
    }
    const long long tenths = static_cast<long long>(value * 10.0 + 0.5);
    std::string text = std::to_string(tenths / 10);
    if (unit > 0 && tenths < 100)
        text += "." + std::to_string(tenths % 10);
    return text + " " + std::string(units[unit]);
}

} // namespace sightglass
