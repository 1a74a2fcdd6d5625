// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <array>

/// Resources of a static library are not registered by themselves. The macro has to stand outside of any
/// namespace.
static void registerResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace sightglass {

namespace {

ThemeColors lightColors()
{
    return {.background = QColor(0xf6f7f8), .panel = QColor(0xffffff), .line = QColor(0xdfe3e6),
            .ink = QColor(0x1c2429), .dim = QColor(0x5f6c75), .ghost = QColor(0x98a3aa),
            .accent = QColor(0x0b7a75), .accentSoft = QColor(0xe3f2f1), .accentInk = QColor(0xffffff),
            .danger = QColor(0xc2362b), .dangerSoft = QColor(0xfdecea),
            .warning = QColor(0x8f5600), .warningSoft = QColor(0xfff3dc),
            .good = QColor(0x2c7a3f), .goodSoft = QColor(0xe6f4e9),
            .selection = QColor(0xd8eeec), .edge = QColor(0x98a3aa)};
}

ThemeColors darkColors()
{
    return {.background = QColor(0x14191c), .panel = QColor(0x1b2226), .line = QColor(0x2d373d),
            .ink = QColor(0xe4eaed), .dim = QColor(0x98a6ae), .ghost = QColor(0x6a777f),
            .accent = QColor(0x4fc1b9), .accentSoft = QColor(0x15373a), .accentInk = QColor(0x10211f),
            .danger = QColor(0xff7a6d), .dangerSoft = QColor(0x3a1e1c),
            .warning = QColor(0xf0b14a), .warningSoft = QColor(0x3a2d14),
            .good = QColor(0x76cc8a), .goodSoft = QColor(0x1b3322),
            .selection = QColor(0x1d3d40), .edge = QColor(0x6a777f)};
}

QString firstInstalled(const QStringList& families, QFontDatabase::SystemFont otherwise)
{
    for (const QString& family : families) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return QFontDatabase::systemFont(otherwise).family();
}

/// Renders an SVG at the size and ratio asked for, in one colour.
class TintedSvgEngine final : public QIconEngine
{
public:
    TintedSvgEngine(QString file, QColor color)
        : m_file(std::move(file))
        , m_color(std::move(color))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap image(rect.size() * ratio);
        image.fill(Qt::transparent);
        QPainter inside(&image);
        QSvgRenderer renderer(m_file);
        renderer.render(&inside, QRectF(QPointF(), QSizeF(image.size())));
        inside.setCompositionMode(QPainter::CompositionMode_SourceIn);
        inside.fillRect(image.rect(), m_color);
        inside.end();
        image.setDevicePixelRatio(ratio);
        painter->setOpacity(mode == QIcon::Disabled ? 0.4 : 1.0);
        painter->drawPixmap(rect.topLeft(), image);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    QIconEngine* clone() const override { return new TintedSvgEngine(m_file, m_color); }

private:
    QString m_file;
    QColor m_color;
};

QString styleSheet(const ThemeColors& colors)
{
    QFile file(QStringLiteral(":/themes/application.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    const std::array<std::pair<QLatin1String, QColor>, 18> names{{
        // Longer names first: @accent would else eat the start of @accentSoft.
        {QLatin1String("@accentSoft"), colors.accentSoft}, {QLatin1String("@accentInk"), colors.accentInk},
        {QLatin1String("@accent"), colors.accent},         {QLatin1String("@dangerSoft"), colors.dangerSoft},
        {QLatin1String("@danger"), colors.danger},         {QLatin1String("@warningSoft"), colors.warningSoft},
        {QLatin1String("@warning"), colors.warning},       {QLatin1String("@goodSoft"), colors.goodSoft},
        {QLatin1String("@good"), colors.good},             {QLatin1String("@background"), colors.background},
        {QLatin1String("@selection"), colors.selection},   {QLatin1String("@panel"), colors.panel},
        {QLatin1String("@line"), colors.line},             {QLatin1String("@ink"), colors.ink},
        {QLatin1String("@dim"), colors.dim},               {QLatin1String("@ghost"), colors.ghost},
        {QLatin1String("@edge"), colors.edge},             {QLatin1String("@none"), QColor(Qt::transparent)},
    }};
    text.replace(QStringLiteral("@checkmark"),
                 colors.accentInk.lightness() > 128 ? QStringLiteral("check_white") : QStringLiteral("check_dark"));
    for (const auto& [name, color] : names)
        text.replace(name, color.name());
    return text;
}

} // namespace

Theme::Theme(ColorScheme scheme, QObject* parent)
    : QObject(parent)
    , m_scheme(scheme)
    , m_colors(scheme == ColorScheme::Light ? lightColors() : darkColors())
{
    registerResources();
}

ColorScheme Theme::schemeOf(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? ColorScheme::Dark : ColorScheme::Light;
}

void Theme::setScheme(ColorScheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    m_colors = scheme == ColorScheme::Light ? lightColors() : darkColors();
    // First the application's style, then the widgets: a new style sheet takes palettes back that
    // widgets have set for themselves.
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        applyTo(*application);
    Q_EMIT changed();
}

QColor Theme::foreground(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral: return m_colors.dim;
    case Tone::Accent: return m_colors.accent;
    case Tone::Good: return m_colors.good;
    case Tone::Warning: return m_colors.warning;
    case Tone::Danger: return m_colors.danger;
    }
    return m_colors.ink;
}

QColor Theme::background(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral: return m_colors.background;
    case Tone::Accent: return m_colors.accentSoft;
    case Tone::Good: return m_colors.goodSoft;
    case Tone::Warning: return m_colors.warningSoft;
    case Tone::Danger: return m_colors.dangerSoft;
    }
    return m_colors.panel;
}

QColor Theme::lane(int number) const
{
    static constexpr std::array<int, 12> hues{176, 28, 262, 338, 208, 96, 48, 300, 0, 150, 232, 70};
    const auto index = static_cast<std::size_t>(number < 0 ? -number : number) % hues.size();
    if (index == 0)
        return m_colors.edge;
    return m_scheme == ColorScheme::Light ? QColor::fromHsl(hues[index], 150, 105)
                                          : QColor::fromHsl(hues[index], 120, 150);
}

Tone Theme::toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High: return Tone::Danger;
    case Severity::Medium:
    case Severity::Low: return Tone::Warning;
    case Severity::Info: return Tone::Neutral;
    }
    return Tone::Neutral;
}

Tone Theme::toneOf(Environment environment)
{
    switch (environment) {
    case Environment::Development: return Tone::Good;
    case Environment::Test:
    case Environment::Ephemeral: return Tone::Accent;
    case Environment::Staging: return Tone::Warning;
    case Environment::Production:
    case Environment::Unknown: return Tone::Danger;
    }
    return Tone::Danger;
}

QFont Theme::textFont() const
{
    static const QString family =
        firstInstalled({QStringLiteral("Inter"), QStringLiteral("Inter Variable")}, QFontDatabase::GeneralFont);
    QFont font = QApplication::font();
    font.setFamily(family);
    return font;
}

QFont Theme::smallFont() const
{
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * 0.86);
    return font;
}

QFont Theme::titleFont() const
{
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::codeFont() const
{
    static const QString family =
        firstInstalled({QStringLiteral("JetBrains Mono")}, QFontDatabase::FixedFont);
    QFont font = QApplication::font();
    font.setFamily(family);
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QIcon Theme::icon(const QString& name, Tone tone) const
{
    return QIcon(new TintedSvgEngine(QStringLiteral(":/icons/%1.svg").arg(name),
                                     tone == Tone::Neutral ? m_colors.ink : foreground(tone)));
}

void Theme::applyTo(QApplication& application) const
{
    QPalette palette;
    palette.setColor(QPalette::Window, m_colors.background);
    palette.setColor(QPalette::WindowText, m_colors.ink);
    palette.setColor(QPalette::Base, m_colors.panel);
    palette.setColor(QPalette::AlternateBase, m_colors.background);
    palette.setColor(QPalette::Text, m_colors.ink);
    palette.setColor(QPalette::PlaceholderText, m_colors.dim);
    palette.setColor(QPalette::Button, m_colors.panel);
    palette.setColor(QPalette::ButtonText, m_colors.ink);
    palette.setColor(QPalette::BrightText, m_colors.danger);
    palette.setColor(QPalette::ToolTipBase, m_colors.panel);
    palette.setColor(QPalette::ToolTipText, m_colors.ink);
    palette.setColor(QPalette::Highlight, m_colors.selection);
    palette.setColor(QPalette::HighlightedText, m_colors.ink);
    palette.setColor(QPalette::Link, m_colors.accent);
    palette.setColor(QPalette::LinkVisited, m_colors.accent);
    palette.setColor(QPalette::Light, m_colors.panel);
    palette.setColor(QPalette::Midlight, m_colors.line);
    palette.setColor(QPalette::Mid, m_colors.line);
    palette.setColor(QPalette::Dark, m_colors.dim);
    palette.setColor(QPalette::Shadow, m_colors.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, m_colors.ghost);
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(palette);
    application.setFont(textFont());
    application.setStyleSheet(styleSheet(m_colors));
}

} // namespace sightglass
