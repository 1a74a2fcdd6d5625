// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"
#include "ui/widgets/pill.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>

class QWidget;

namespace sightglass {

class TextLabel;

/// A mark and the sentence beside it.
struct MarkRow
{
    Pill mark;
    int markWidth = 0; ///< at least; see widestMark
    QString html;      ///< escaped; its links are told to `open`
    QString spoken;    ///< the same without markup
    QString toolTip;   ///< of the mark
};

/// Width of the widest of some marks, so that the texts beside them start at one edge.
int widestMark(const Theme& theme, const QStringList& texts);

/// The text of a row with links is called `linkName`.
QWidget* markRow(const Theme& theme,
                 const MarkRow& row,
                 const std::function<void(const QUrl&)>& open,
                 const QString& linkName);

} // namespace sightglass
