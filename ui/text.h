// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <string>
#include <string_view>

namespace sightglass {

/// The only place where std text becomes Qt text. Invalid UTF-8 shows as replacement characters.
inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline QString toQString(const std::string& text)
{
    return toQString(std::string_view(text));
}

inline QString toQString(const std::filesystem::path& path)
{
    return toQString(std::string_view(path.native()));
}

inline std::string toStd(const QString& text)
{
    return text.toStdString();
}

} // namespace sightglass
