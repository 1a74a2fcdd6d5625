// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/revisions/revisions_model.h"
#include "ui/theme.h"
#include "ui/widgets/filtered_rows.h"

#include <QStyledItemDelegate>

namespace sightglass {

/// Paints a row of the revisions list: lanes, message and one pill; the other columns as text.
class RevisionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    RevisionDelegate(const Theme& theme,
                     const RevisionsModel& model,
                     const FilteredRows& rows,
                     QObject* parent = nullptr);

    /// The row that is shown once after a jump; -1 for none. A row of the model, not of the filter.
    void setFlash(int row) { m_flash = row; }

    /// Filtered rows are not neighbours: their lanes would lie, so only the node is drawn.
    void setLanesShown(bool shown) { m_lanesShown = shown; }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    void paintFirst(QPainter& painter, const QRectF& area, int row) const;
    double paintPillsAtRight(QPainter& painter, const QRectF& area, int row) const;

    const Theme& m_theme;
    const RevisionsModel& m_model;
    const FilteredRows& m_rows;
    int m_flash = -1;
    bool m_lanesShown = true;
};

} // namespace sightglass
