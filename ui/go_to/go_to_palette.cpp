// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/go_to/go_to_palette.h"

#include "ui/widgets/pill.h"

#include <QApplication>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr int paletteWidth = 640;
constexpr int rowsShown = 11;

/// "title  detail ......... shortcut  kind"
class DestinationDelegate final : public QStyledItemDelegate
{
public:
    DestinationDelegate(const GoToModel& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
        , m_theme(theme)
    {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, option.fontMetrics.height() + 12};
    }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Destination* destination = m_model.at(index.row());
        if (destination == nullptr)
            return;
        const ThemeColors& colors = m_theme.colors();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colors.selection);
        QRect area = option.rect.adjusted(12, 0, -12, 0);
        const Pill kind{.text = shownText(destination->kind),
                        .tone = destination->kind == Destination::Kind::Problem ? Tone::Warning
                                                                                : Tone::Neutral,
                        .outlined = destination->kind != Destination::Kind::Problem};
        const QSizeF pill = pillSize(kind, m_theme.smallFont());
        paintPill(*painter,
                  QRectF(area.right() - pill.width(),
                         area.center().y() - pill.height() / 2 + 1,
                         pill.width(),
                         pill.height()),
                  kind,
                  m_theme,
                  m_theme.smallFont());
        area.setRight(area.right() - static_cast<int>(pill.width()) - 10);
        const QString right = destination->disabledReason.isEmpty() ? destination->shortcut
                                                                    : destination->disabledReason;
        paintRight(*painter, area, right, colors.dim);
        painter->setFont(m_theme.textFont());
        painter->setPen(destination->disabledReason.isEmpty() ? colors.ink : colors.ghost);
        const QString title = painter->fontMetrics().elidedText(
            destination->title, Qt::ElideRight, area.width() * 7 / 10);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, title);
        area.setLeft(area.left() + painter->fontMetrics().horizontalAdvance(title) + 10);
        painter->setPen(colors.dim);
        painter->setFont(destination->kind == Destination::Kind::Revision ? m_theme.codeFont()
                                                                          : m_theme.smallFont());
        painter->drawText(
            area,
            Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(destination->detail, Qt::ElideRight, area.width()));
    }

private:
    void paintRight(QPainter& painter, QRect& area, const QString& text, const QColor& color) const
    {
        if (text.isEmpty())
            return;
        painter.setFont(m_theme.smallFont());
        painter.setPen(color);
        const QString shown =
            painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width() / 2);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, shown);
        area.setRight(area.right() - painter.fontMetrics().horizontalAdvance(shown) - 10);
    }

    const GoToModel& m_model;
    const Theme& m_theme;
};

} // namespace

GoToPalette::GoToPalette(const Theme& theme, QWidget* window)
    : QFrame(window)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(
          QStringLiteral("Nothing fits. Try part of an id, a message, a table or an action."),
          this))
{
    setObjectName(QStringLiteral("goToPalette"));
    setAccessibleName(QStringLiteral("Go to anything"));
    createLayout(theme);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, &GoToPalette::search);
    connect(m_list, &QListView::clicked, this, &GoToPalette::choose);
    hide();
}

void GoToPalette::createLayout(const Theme& theme)
{
    m_field->setObjectName(QStringLiteral("goToField"));
    m_field->setAccessibleName(QStringLiteral("Go to"));
    m_field->setPlaceholderText(QStringLiteral("Go to a revision, table, problem or action"));
    m_list->setObjectName(QStringLiteral("goToList"));
    m_list->setAccessibleName(QStringLiteral("Destinations"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new DestinationDelegate(m_model, theme, this));
    m_nothing->setProperty("role", QStringLiteral("dim"));
    m_nothing->setContentsMargins(12, 8, 12, 8);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing);
    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(24);
    shadow->setOffset(0, 6);
    shadow->setColor(QColor(0, 0, 0, 70));
    setGraphicsEffect(shadow);
}

void GoToPalette::open()
{
    m_focusBefore = QApplication::focusWidget();
    const QSize room = parentWidget()->size();
    const int width = std::min(paletteWidth, room.width() - 40);
    const int height =
        std::min(m_field->sizeHint().height() + 30 + rowsShown * (fontMetrics().height() + 12),
                 room.height() - 60);
    setGeometry((room.width() - width) / 2, 48, width, height);
    search(m_field->text());
    m_field->selectAll();
    show();
    raise();
    m_field->setFocus();
}

void GoToPalette::search(const QString& text)
{
    m_model.setPattern(text);
    const bool any = m_model.rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    if (any)
        m_list->setCurrentIndex(m_model.index(0));
}

void GoToPalette::move(int rows)
{
    const int last = m_model.rowCount() - 1;
    if (last < 0)
        return;
    const int row = std::clamp(m_list->currentIndex().row() + rows, 0, last);
    m_list->setCurrentIndex(m_model.index(row));
    m_list->scrollTo(m_model.index(row));
}

void GoToPalette::choose(const QModelIndex& index)
{
    const Destination* found = m_model.at(index.row());
    if (found == nullptr || !found->disabledReason.isEmpty())
        return;
    // What is chosen may fill the model anew.
    const Destination destination = *found;
    m_model.remember(destination);
    leave();
    Q_EMIT chosen(destination);
}

void GoToPalette::leave()
{
    hide();
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus();
    m_focusBefore = nullptr;
}

bool GoToPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            leave();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible()) {
        hide();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(rowsShown - 1);
        return true;
    case Qt::Key_PageUp:
        move(1 - rowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    default:
        return false;
    }
}

} // namespace sightglass
