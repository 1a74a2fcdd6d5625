// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// An option of an ini file as it stands there.
struct IniOption
{
    std::string value; ///< lines of a continued value joined by newlines; nothing replaced
    int line = 0;
};

/// An ini file as Python's ConfigParser reads it, with its basic interpolation.
///
/// source  Python 3.11 configparser; compared with it in tests
class IniFile
{
public:
    /// Reads the text of `file`; `here` becomes the default option of that name.
    ///
    /// errors  Malformed  what ConfigParser refuses, with its exception named and the line
    static Result<IniFile>
    parse(std::string_view text, const std::string& file, const std::string& here);

    bool hasSection(std::string_view section) const;

    /// Names in the order of the file, without DEFAULT.
    const std::vector<std::string>& sections() const { return m_order; }

    /// The option of a section or of DEFAULT, as written.
    const IniOption* raw(std::string_view section, std::string_view option) const;

    /// The option with %(name)s replaced; empty when the section or the option is not there.
    ///
    /// errors  Malformed  the interpolation is broken; line of the option
    Result<std::optional<std::string>> value(std::string_view section,
                                             std::string_view option) const;

private:
    using Options = std::map<std::string, IniOption, std::less<>>;

    friend class IniReader;
    std::string m_file;
    Options m_defaults;
    std::map<std::string, Options, std::less<>> m_sections;
    std::vector<std::string> m_order;
};

} // namespace sightglass
