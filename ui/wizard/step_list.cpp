// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/step_list.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int leastWidth = 220;
constexpr int edge = 16;
constexpr int roomBetween = 10;
constexpr int roomAroundText = 18;
} // namespace

StepList::StepList(const Theme& theme, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(title)
{
    setObjectName(QStringLiteral("wizardSteps"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StepList::addStep(const QString& name)
{
    m_names.append(name);
    updateGeometry();
    update();
}

void StepList::setCurrent(int step)
{
    m_current = step;
    setAccessibleName(
        tr("Step %1 of %2: %3").arg(step + 1).arg(m_names.size()).arg(m_names.value(step)));
    update();
}

int StepList::rowHeight() const
{
    return QFontMetrics(m_theme.textFont()).height() + roomAroundText;
}

QSize StepList::sizeHint() const
{
    const QFontMetrics title(m_theme.titleFont());
    QFont strong = m_theme.textFont();
    strong.setBold(true);
    const QFontMetrics metrics(strong);
    int width = std::max(leastWidth, title.horizontalAdvance(m_title) + 2 * edge);
    for (const QString& name : m_names)
        width = std::max(width, metrics.horizontalAdvance(name) + rowHeight() + 2 * edge);
    return {width, rowHeight() * (static_cast<int>(m_names.size()) + 2)};
}

void StepList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = m_theme.colors();
    painter.fillRect(rect(), colors.background);
    painter.setPen(colors.line);
    painter.drawLine(rect().topRight(), rect().bottomRight());
    painter.setPen(colors.ink);
    painter.setFont(m_theme.titleFont());
    const QRect heading(edge, edge / 2, width() - 2 * edge, rowHeight());
    painter.drawText(heading, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    QRect row(0, heading.bottom() + edge / 2, width() - 1, rowHeight());
    for (int step = 0; step < m_names.size(); ++step) {
        paintStep(painter, step, row);
        row.translate(0, rowHeight());
    }
}

void StepList::paintStep(QPainter& painter, int step, const QRect& row) const
{
    const ThemeColors& colors = m_theme.colors();
    const bool isCurrent = step == m_current;
    const bool isDone = step < m_current;
    if (isCurrent)
        painter.fillRect(row, colors.accentSoft);
    const int side = QFontMetrics(m_theme.textFont()).height() + 3;
    const QRectF mark(edge, row.center().y() - side / 2.0, side, side);
    painter.setPen(isDone ? QPen(Qt::NoPen) : QPen(colors.line, 1));
    painter.setBrush(isDone ? QBrush(colors.accent) : QBrush(colors.panel));
    painter.drawEllipse(mark);
    painter.setFont(m_theme.smallFont());
    painter.setPen(isDone ? colors.accentInk : isCurrent ? colors.ink : colors.dim);
    painter.drawText(
        mark, Qt::AlignCenter, isDone ? QString(QChar(0x2713)) : QString::number(step + 1));
    QFont font = m_theme.textFont();
    font.setBold(isCurrent);
    painter.setFont(font);
    painter.setPen(isCurrent ? colors.ink : colors.dim);
    const QRect text = row.adjusted(edge + side + roomBetween, 0, -edge, 0);
    painter.drawText(text,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(m_names[step], Qt::ElideRight, text.width()));
}

} // namespace sightglass
