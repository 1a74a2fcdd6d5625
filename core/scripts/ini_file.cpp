// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/ini_file.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sightglass {

namespace {

constexpr std::string_view blanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";
constexpr int deepestInterpolation = 10;
constexpr std::size_t longestValue = 1'000'000; // bytes; ten levels of doubling can make more

std::string_view stripped(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    return result;
}

/// Lines as Python counts them: ended by \n, \r\n or \r.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return lines;
}

std::string quoted(std::string_view line)
{
    return "\"" + printable(line.substr(0, 80)) + "\"";
}

} // namespace

/// Follows ConfigParser._read line by line.
class IniReader
{
public:
    IniReader(std::string file, const std::string& here)
    {
        m_ini.m_file = std::move(file);
        m_ini.m_defaults["here"] = {.value = here, .line = 0};
    }

    Result<IniFile> read(std::string_view text)
    {
        for (const std::string_view line : linesOf(text)) {
            ++m_number;
            if (auto problem = readLine(line))
                return failure(std::move(*problem));
        }
        if (m_parsing)
            return failure(std::move(*m_parsing));
        for (auto& [name, options] : m_ini.m_sections)
            trimEnds(options);
        trimEnds(m_ini.m_defaults);
        return std::move(m_ini);
    }

private:
    using Options = IniFile::Options;

    static void trimEnds(Options& options)
    {
        for (auto& [name, option] : options) {
            const auto last = option.value.find_last_not_of(blanks);
            option.value.resize(last == std::string::npos ? 0 : last + 1);
        }
    }

    Error problem(std::string message, std::string nextStep) const
    {
        return {.code = ErrorCode::Malformed,
                .message = std::move(message),
                .nextStep = std::move(nextStep),
                .file = m_ini.m_file,
                .line = m_number};
    }

    std::optional<Error> readLine(std::string_view line)
    {
        const std::string_view value = stripped(line);
        if (value.empty()) {
            if (m_option != nullptr)
                m_option->value += '\n';
            return std::nullopt;
        }
        if (value.front() == '#' || value.front() == ';')
            return std::nullopt;
        const std::size_t indent = line.find_first_not_of(blanks);
        if (m_options != nullptr && m_option != nullptr && indent > m_indent) {
            m_option->value += '\n';
            m_option->value += value;
            return std::nullopt;
        }
        m_indent = indent;
        const auto close = value.rfind(']');
        if (value.front() == '[' && close != std::string_view::npos && close > 1)
            return openSection(std::string(value.substr(1, close - 1)));
        if (m_options == nullptr) {
            return problem("The file has text before its first section, " + quoted(value) +
                               " (MissingSectionHeaderError).",
                           value.starts_with("\xEF\xBB\xBF")
                               ? "Save it as UTF-8 without a byte order mark."
                               : "Begin it with [alembic].");
        }
        return readOption(value);
    }

    std::optional<Error> openSection(std::string name)
    {
        m_option = nullptr;
        m_section = name;
        if (name == "DEFAULT") {
            m_options = &m_ini.m_defaults;
            return std::nullopt;
        }
        const auto [section, fresh] = m_ini.m_sections.try_emplace(name);
        if (!fresh) {
            return problem("The section [" + printable(name) +
                               "] is there a second time (DuplicateSectionError).",
                           "Join the two.");
        }
        m_ini.m_order.push_back(std::move(name));
        m_options = &section->second;
        return std::nullopt;
    }

    std::optional<Error> readOption(std::string_view line)
    {
        const auto delimiter = line.find_first_of("=:");
        const std::string_view name = delimiter == std::string_view::npos
                                          ? std::string_view()
                                          : stripped(line.substr(0, delimiter));
        if (name.empty()) {
            // ConfigParser goes on to the end and then refuses the file.
            if (!m_parsing)
                m_parsing =
                    problem("The line " + quoted(line) + " is no option (ParsingError).",
                            "Write it as name = value, or indent it to continue the value above.");
            return std::nullopt;
        }
        std::string key = lower(name);
        if (!m_added.insert({m_section, key}).second) {
            return problem("The option " + printable(key) + " is there a second time in [" +
                               printable(m_section) + "] (DuplicateOptionError).",
                           "Remove one of the two.");
        }
        m_option =
            &((*m_options)[key] = {.value = std::string(stripped(line.substr(delimiter + 1))),
                                   .line = m_number});
        return std::nullopt;
    }

    IniFile m_ini;
    Options* m_options = nullptr;  ///< of the section being read
    IniOption* m_option = nullptr; ///< that a deeper line continues
    std::string m_section;
    std::set<std::pair<std::string, std::string>> m_added;
    std::size_t m_indent = 0;
    int m_number = 0;
    std::optional<Error> m_parsing;
};

Result<IniFile>
IniFile::parse(std::string_view text, const std::string& file, const std::string& here)
{
    return IniReader(file, here).read(text);
}

bool IniFile::hasSection(std::string_view section) const
{
    return m_sections.contains(section);
}

const IniOption* IniFile::raw(std::string_view section, std::string_view option) const
{
    const std::string key = lower(option);
    if (const auto found = m_sections.find(section); found != m_sections.end()) {
        if (const auto own = found->second.find(key); own != found->second.end())
            return &own->second;
    }
    const auto shared = m_defaults.find(key);
    return shared == m_defaults.end() ? nullptr : &shared->second;
}

Result<std::optional<std::string>> IniFile::value(std::string_view section,
                                                  std::string_view option) const
{
    const IniOption* written = hasSection(section) ? raw(section, option) : nullptr;
    if (written == nullptr)
        return std::optional<std::string>();
    const auto refused = [&](std::string why, std::string nextStep) {
        return failure(Error{.code = ErrorCode::Malformed,
                             .message = "The option " + std::string(option) + " of [" +
                                        std::string(section) + "] " + std::move(why),
                             .nextStep = std::move(nextStep),
                             .file = m_file,
                             .line = written->line});
    };

    struct Rest
    {
        const std::string* text;
        std::size_t at = 0;
    };

    std::string out;
    std::vector<Rest> open{{&written->value}};
    std::size_t steps = 0;
    while (!open.empty()) {
        auto& [text, at] = open.back();
        if (at >= text->size()) {
            open.pop_back();
            continue;
        }
        if (++steps > longestValue || out.size() > longestValue)
            return refused("grows without end when its %(...)s are replaced.",
                           "Write the value out.");
        const auto percent = text->find('%', at);
        out.append(*text, at, std::min(percent, text->size()) - at);
        if (percent == std::string::npos) {
            open.pop_back();
            continue;
        }
        const char next = percent + 1 < text->size() ? (*text)[percent + 1] : ' ';
        if (next == '%') {
            out += '%';
            at = percent + 2;
            continue;
        }
        const auto close = text->find(')', percent);
        if (next != '(')
            return refused("has a % that stands alone (InterpolationSyntaxError).",
                           "Write %% for a percent sign.");
        if (close == std::string::npos || close == percent + 2 || close + 1 >= text->size() ||
            (*text)[close + 1] != 's')
            return refused("has a %( that does not end in )s (InterpolationSyntaxError).",
                           "Write %(name)s, or %% for a percent sign.");
        const std::string name = text->substr(percent + 2, close - percent - 2);
        const IniOption* other = raw(section, name);
        if (other == nullptr) {
            return refused("uses %(" + printable(name) +
                               ")s, and no such option is in that section or in [DEFAULT] "
                               "(InterpolationMissingOptionError).",
                           "Add the option; environment variables are not consulted.");
        }
        at = close + 2;
        if (other->value.find('%') == std::string::npos) {
            out += other->value;
            continue;
        }
        if (open.size() >= deepestInterpolation)
            return refused("refers to itself through its %(...)s (InterpolationDepthError).",
                           "Write the value out.");
        open.push_back({&other->value});
    }
    return std::optional(std::move(out));
}

} // namespace sightglass
