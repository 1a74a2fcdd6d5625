// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QWidget>

namespace sightglass {

/// A shortcut drawn as keys: [Ctrl] [K].
class KeyCaps : public QWidget
{
    Q_OBJECT

public:
    explicit KeyCaps(const QKeySequence& keys, QWidget* parent = nullptr);
};

} // namespace sightglass
