// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/key_caps.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sightglass {

KeyCaps::KeyCaps(const QKeySequence& keys, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const QString text = keys.toString(QKeySequence::NativeText);
    setAccessibleName(text);
    // "Ctrl++" ends in the key "+".
    QStringList names = text.split(QLatin1Char('+'), Qt::SkipEmptyParts);
    if (text.endsWith(QLatin1Char('+')))
        names.append(QStringLiteral("+"));
    for (const QString& name : names) {
        auto* cap = new QLabel(name, this);
        cap->setProperty("role", QStringLiteral("key"));
        cap->setAlignment(Qt::AlignCenter);
        layout->addWidget(cap);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

} // namespace sightglass
