// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/findings/finding.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>

class QApplication;

namespace sightglass {

enum class ColorScheme
{
    Light,
    Dark
};

/// What a person asked for; System follows the desktop.
enum class ThemeChoice
{
    System,
    Light,
    Dark
};

/// Colours by meaning. `Soft` is the background that carries the text colour of the same meaning.
struct ThemeColors
{
    QColor background, panel, line, ink, dim, ghost;
    QColor accent, accentSoft, accentInk; ///< accentInk: text on a filled accent
    QColor danger, dangerSoft;
    QColor warning, warningSoft;
    QColor good, goodSoft;
    QColor selection; ///< selected row or card
    QColor edge;      ///< edges and lanes at rest
};

/// What a mark means; never shown by colour alone, always with a word or a sign.
enum class Tone
{
    Neutral,
    Accent,
    Good,
    Warning,
    Danger
};

enum class Environment
{
    Development,
    Test,
    Staging,
    Production,
    Ephemeral,
    Unknown ///< treated as production
};

/// The look of the window: colours, fonts, icons, for a light or a dark scheme.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(ColorScheme scheme, QObject* parent = nullptr);

    /// Light or dark as the desktop's palette says.
    static ColorScheme schemeOf(const QPalette& palette);

    ColorScheme scheme() const { return m_scheme; }

    const ThemeColors& colors() const { return m_colors; }

    QColor foreground(Tone tone) const;
    QColor background(Tone tone) const;
    QColor lane(int number) const; ///< one of twelve hues, by any number
    static Tone toneOf(Severity severity);
    static Tone toneOf(Environment environment);

    /// Text and code fonts: Inter and JetBrains Mono where installed, else the system's. Sizes
    /// follow the application's font.
    QFont textFont() const;
    QFont smallFont() const;
    QFont titleFont() const;
    QFont codeFont() const;

    /// An SVG of :/icons tinted; crisp at every scale.
    QIcon icon(const QString& name, Tone tone = Tone::Neutral) const;

    /// Palette, Fusion style and style sheet for the whole application.
    void applyTo(QApplication& application) const;
    /// Also applies it to the application, if there is one, before changed() is emitted.
    void setScheme(ColorScheme scheme);

Q_SIGNALS:
    void changed();

private:
    ColorScheme m_scheme;
    ThemeColors m_colors;
};

} // namespace sightglass
