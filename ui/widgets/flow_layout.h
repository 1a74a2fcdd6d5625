// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <vector>

namespace sightglass {

/// Things beside each other at their own widths, wrapped to the next line like words.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(int spacing, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return {}; }

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& area) override;

private:
    int arrange(const QRect& area, bool place) const;

    std::vector<QLayoutItem*> m_items; ///< owned, as QLayout wants it
};

/// Equal columns, as many as fit between one and `mostColumns`; cells of a row are equally high.
class ColumnsLayout : public QLayout
{
    Q_OBJECT

public:
    ColumnsLayout(int leastWidth, int mostColumns, int spacing, QWidget* parent = nullptr);
    ~ColumnsLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& area) override;

    int columnsFor(int width) const;

private:
    int arrange(const QRect& area, bool place) const;

    std::vector<QLayoutItem*> m_items; ///< owned, as QLayout wants it
    int m_leastWidth;
    int m_mostColumns;
};

} // namespace sightglass
