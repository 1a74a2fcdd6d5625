// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"
#include "ui/widgets/pill.h"

#include <QRect>
#include <QString>
#include <QStyledItemDelegate>

#include <map>

class QPainter;
class QStyleOptionViewItem;

namespace sightglass {

/// Role under which a model gives a Pill for a cell that shows one.
constexpr int pillRole = Qt::UserRole + 100;

enum class CellFont
{
    Text,
    Small,
    Code
};

struct CellLook
{
    CellFont font = CellFont::Text;
    Tone tone = Tone::Neutral; ///< Neutral is ink
    bool dim = false;
    Qt::TextElideMode elide = Qt::ElideRight;
    bool atRight = false; ///< as numbers stand
};

/// Background, selection, focus bar (first column) and, when asked for, the line under a row.
void paintRowBackground(QPainter& painter,
                        const QStyleOptionViewItem& option,
                        const QModelIndex& index,
                        const Theme& theme,
                        bool separator);
void paintCellText(QPainter& painter,
                   const QRectF& area,
                   const QString& text,
                   const CellLook& look,
                   const Theme& theme);

/// Paints cells of text or one pill, in a look per column.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(const Theme& theme, QObject* parent = nullptr);

    void setLook(int column, const CellLook& look) { m_looks[column] = look; }

    void setSeparator(bool separator) { m_separator = separator; }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    std::map<int, CellLook> m_looks;
    bool m_separator = false;
};

} // namespace sightglass
