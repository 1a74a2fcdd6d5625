// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_view.h"

#include "ui/graph/node_words.h"
#include "ui/text.h"

#include <QAccessible>
#include <QPainter>
#include <QResizeEvent>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {
constexpr double margin = 16;
constexpr int flashMs = 900;
constexpr int hoverMs = 500;

/// What stands for revisions of files, alone or folded.
NodeIndex cardsOf(const GraphPicture& picture)
{
    NodeIndex cards = 0;
    for (NodeIndex node = 0; node < picture.size(); ++node) {
        const NodeKind kind = picture.look(node).kind;
        cards += kind == NodeKind::Revision || kind == NodeKind::Run ? 1 : 0;
    }
    return cards;
}
} // namespace

GraphView::GraphView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_painter(theme)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Revision graph"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_hoverTimer.setSingleShot(true);
    m_hoverTimer.setInterval(hoverMs);
    connect(&m_hoverTimer, &QTimer::timeout, this, &GraphView::showHoverCard);
    m_flash.setDuration(flashMs);
    m_flash.setStartValue(1.0);
    m_flash.setEndValue(0.0);
    connect(&m_flash, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_marks.flash = value.toDouble();
        update();
    });
    connect(&m_flash, &QVariantAnimation::finished, this, [this] {
        m_marks.flashing = noNode;
        update();
    });
}

void GraphView::setPicture(std::shared_ptr<const GraphPicture> picture, const std::string& anchor)
{
    const auto nodeIn = [](const GraphPicture* in, const std::string& id) {
        return in == nullptr || id.empty() ? noNode : in->nodeOf(id);
    };
    const auto idOf = [this](NodeIndex node) {
        return m_picture == nullptr || node >= m_picture->size() ? std::string()
                                                                 : m_picture->idOf(node);
    };
    const std::string focused = idOf(m_focused);
    const std::string selectedId = idOf(m_marks.selected);
    const NodeIndex before = nodeIn(m_picture.get(), anchor);
    const NodeIndex after = nodeIn(picture.get(), anchor);
    QPointF kept;
    if (before != noNode)
        kept = toScreen(m_picture->rectOf(before).center());
    const bool sameCards =
        m_picture != nullptr && picture != nullptr && cardsOf(*m_picture) == cardsOf(*picture);
    m_picture = std::move(picture);
    m_painter.forget();
    m_focused = nodeIn(m_picture.get(), focused);
    m_marks.selected = nodeIn(m_picture.get(), selectedId);
    m_marks.flashing = noNode;
    m_hovered = noNode;
    if (before != noNode && after != noNode)
        m_center += (toScreen(m_picture->rectOf(after).center()) - kept) / m_scale;
    keepContentInView();
    announceFocus();
    // What nobody moved is fitted again when the same cards have become wider, by a flag, or what
    // only the database holds has come beside them.
    if (m_isFitted && sameCards)
        fit();
    else
        changed();
}

void GraphView::applyTheme()
{
    m_painter.forget();
    update();
}

QPointF GraphView::origin() const
{
    const double ratio = devicePixelRatioF();
    const QPointF exact = QPointF(width() / 2.0, height() / 2.0) - m_center * m_scale;
    return {std::round(exact.x() * ratio) / ratio, std::round(exact.y() * ratio) / ratio};
}

QPointF GraphView::toScreen(const QPointF& place) const
{
    return origin() + place * m_scale;
}

QPointF GraphView::toDrawing(const QPointF& pixel) const
{
    return (pixel - origin()) / m_scale;
}

QRectF GraphView::visibleArea() const
{
    return {toDrawing({0, 0}), QSizeF(size()) / m_scale};
}

QRectF GraphView::screenRectOf(NodeIndex node) const
{
    const QRectF rect = m_picture->rectOf(node);
    return {toScreen(rect.topLeft()), rect.size() * m_scale};
}

void GraphView::setSelected(NodeIndex node)
{
    m_marks.selected = node;
    update();
}

void GraphView::setFocusedNode(NodeIndex node)
{
    if (m_focused == node)
        return;
    m_focused = node;
    announceFocus();
    update();
}

void GraphView::announceFocus()
{
    const bool known = m_picture != nullptr && m_focused < m_picture->size();
    setAccessibleName(known ? spokenName(*m_picture, m_focused) : tr("Revision graph"));
    setAccessibleDescription(known ? spokenPlace(*m_picture, m_focused) : QString());
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

NodeIndex GraphView::anchorNode() const
{
    if (m_picture == nullptr)
        return noNode;
    const QRectF screen(rect());
    for (const NodeIndex node : {m_focused, m_marks.selected}) {
        if (node < m_picture->size() && screen.intersects(screenRectOf(node)))
            return node;
    }
    return m_picture->nodeNearest(m_center);
}

void GraphView::setScale(double scale, const QPointF& screenAnchor)
{
    const QPointF place = toDrawing(screenAnchor);
    m_scale = std::clamp(scale, leastScale, mostScale);
    m_center = place - (screenAnchor - QPointF(width() / 2.0, height() / 2.0)) / m_scale;
    keepContentInView();
    changed();
}

void GraphView::centerOn(const QPointF& place)
{
    m_center = place;
    fillView();
    changed();
}

void GraphView::ensureVisible(NodeIndex node)
{
    if (m_picture == nullptr || node >= m_picture->size())
        return;
    const QRectF card = screenRectOf(node);
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    const auto shift = [](double low, double high, double least, double most) {
        if (low < least)
            return low - least;
        return high > most ? std::min(high - most, low - least) : 0.0;
    };
    scrollBy({shift(card.left(), card.right(), room.left(), room.right()),
              shift(card.top(), card.bottom(), room.top(), room.bottom())});
}

void GraphView::scrollBy(const QPointF& pixels)
{
    if (pixels.isNull())
        return;
    m_center += pixels / m_scale;
    keepContentInView();
    changed();
}

/// The middle of the window never leaves the drawing, so a good part of it stays in view.
void GraphView::keepContentInView()
{
    if (m_picture == nullptr)
        return;
    const QRectF content = m_picture->bounds();
    m_center.setX(
        std::clamp(m_center.x(), content.left(), std::max(content.left(), content.right())));
    m_center.setY(
        std::clamp(m_center.y(), content.top(), std::max(content.top(), content.bottom())));
}

void GraphView::changed()
{
    m_isFitted = false;
    update();
    Q_EMIT viewChanged();
}

/// Along an axis where the drawing is larger than the window, the window stays inside the drawing;
/// else the drawing stands in the middle.
void GraphView::fillView()
{
    if (m_picture == nullptr)
        return;
    const double around = margin / m_scale;
    const QRectF room = m_picture->bounds().adjusted(-around, -around, around, around);
    const QSizeF half = QSizeF(size()) / m_scale / 2;
    const auto inside = [](double value, double low, double high) {
        return low > high ? (low + high) / 2 : std::clamp(value, low, high);
    };
    m_center.setX(inside(m_center.x(), room.left() + half.width(), room.right() - half.width()));
    m_center.setY(inside(m_center.y(), room.top() + half.height(), room.bottom() - half.height()));
}

void GraphView::fit()
{
    if (m_picture == nullptr || m_picture->size() == 0)
        return;
    const QRectF content = m_picture->bounds();
    const double across = (width() - 2 * margin) / std::max(content.width(), 1.0);
    const double down = (height() - 2 * margin) / std::max(content.height(), 1.0);
    m_scale = std::clamp(std::min({across, down, 1.0}), leastScale, mostScale);
    m_center = content.center();
    fillView();
    changed();
    m_isFitted = true;
}

void GraphView::showFirst(NodeIndex node)
{
    fit();
    if (detailAt(m_scale) == Detail::Cards || m_picture == nullptr || node >= m_picture->size())
        return;
    m_scale = 1;
    const QRectF card = m_picture->rectOf(node);
    centerOn(card.center());
    if (!m_picture->look(node).databaseHere)
        return;
    // The flag beside it is part of what is looked for.
    const double cut = toScreen(m_painter.flagRect(card).topRight()).x() + margin - width();
    const double free = screenRectOf(node).left() - margin;
    if (cut > 0 && free > 0)
        scrollBy({std::min(cut, free), 0});
}

void GraphView::flash(NodeIndex node)
{
    m_flash.stop();
    m_marks.flashing = noNode;
    // Where the desktop wants no animations there is none.
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0)
        return;
    m_marks.flashing = node;
    m_flash.start();
}

void GraphView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.colors().background);
    if (m_picture == nullptr)
        return;
    const QPointF shift = origin();
    painter.translate(shift);
    painter.scale(m_scale, m_scale);
    GraphMarks marks = m_marks;
    marks.focused = hasFocus() && m_ringShown ? m_focused : noNode;
    const QRectF area((QPointF(event->rect().topLeft()) - shift) / m_scale,
                      QSizeF(event->rect().size()) / m_scale);
    m_painter.paint(painter, *m_picture, area, m_scale, marks);
}

void GraphView::showHoverCard()
{
    if (m_picture == nullptr || m_hovered >= m_picture->size() || m_pressed)
        return;
    QToolTip::showText(mapToGlobal(screenRectOf(m_hovered).bottomLeft().toPoint() + QPoint(0, 6)),
                       hoverText(*m_picture, m_hovered),
                       this);
}

void GraphView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_ringShown = event->reason() != Qt::MouseFocusReason &&
                  event->reason() != Qt::OtherFocusReason &&
                  event->reason() != Qt::ActiveWindowFocusReason;
    if (m_focused == noNode && m_picture != nullptr)
        setFocusedNode(m_marks.selected != noNode ? m_marks.selected
                                                  : travelFrom(*m_picture, noNode, Travel::Newest));
    update();
}

void GraphView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void GraphView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hoverTimer.stop();
    m_hovered = noNode;
}

void GraphView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // What was fitted and not moved since is fitted again.
    if (m_isFitted)
        fit();
    else
        changed();
}

} // namespace sightglass
