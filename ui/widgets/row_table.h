// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QTableView>

namespace sightglass {

/// A table of whole rows of one height: no grid, no row numbers, Home and End go to the first and
/// last row, and words where rows would be when there are none.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    explicit RowTable(const Theme& theme, QWidget* parent = nullptr);

    /// What is said in place of rows; empty for nothing.
    void setEmptyText(const QString& text);

    QString emptyText() const { return m_emptyText; }

    /// Height of every row: at least `pixels`, more where the font needs it.
    void setRowHeight(int pixels);

Q_SIGNALS:
    /// Room for the columns changed.
    void resized();
    /// The keys that copy were pressed; the view's own copy would take one cell.
    void copyRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void useTheme();

    const Theme& m_theme;
    QString m_emptyText;
    int m_rowHeight = 28;
};

} // namespace sightglass
