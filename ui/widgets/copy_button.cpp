// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copy_button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolTip>

namespace sightglass {

CopyButton::CopyButton(const Theme& theme, const QString& what, QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
{
    setAutoRaise(true);
    setIconSize({14, 14});
    setMinimumSize(24, 24);
    setToolTip(what);
    setAccessibleName(what);
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
    connect(&theme, &Theme::changed, this, &CopyButton::useTheme);
    useTheme();
}

void CopyButton::useTheme()
{
    setIcon(m_theme.icon(QStringLiteral("copy")));
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_text);
    QToolTip::showText(mapToGlobal(rect().bottomLeft()), tr("Copied"), this);
}

} // namespace sightglass
