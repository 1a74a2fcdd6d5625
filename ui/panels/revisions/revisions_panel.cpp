// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revisions/revisions_panel.h"

#include "ui/panels/revisions/revision_delegate.h"
#include "ui/text.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

#include <array>
#include <chrono>

namespace sightglass {

namespace {
constexpr int wideFrom = 520; ///< from this width on the other columns are shown
constexpr int rowHeight = 28;
constexpr std::chrono::milliseconds flashTime{700};
} // namespace

RevisionsPanel::RevisionsPanel(const PanelContext& panelContext, QWidget* parent)
    : Panel(panelContext, parent)
{
    setObjectName(QStringLiteral("revisionsPanel"));
    setAccessibleName(tr("Revisions"));
    m_rows.setSourceModel(&m_model);
    createLayout();
    createActions();
    connectSignals();
    updateColumns();
    updateWords();
}

void RevisionsPanel::createLayout()
{
    const Theme& theme = context().theme;
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title = new TextLabel(
        theme, {.size = TextSize::Small, .strong = true, .dim = true}, tr("REVISIONS"));
    m_count = new TextLabel(theme, {.size = TextSize::Small, .dim = true});
    m_count->setObjectName(QStringLiteral("revisionCount"));
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("revisionFilter"));
    m_field->setAccessibleName(tr("Filter revisions"));
    m_field->setPlaceholderText(tr("Filter: id, message, finding…"));
    m_field->setClearButtonEnabled(true);
    m_table = new RowTable(theme);
    m_table->setObjectName(QStringLiteral("revisionList"));
    m_table->setAccessibleName(tr("Revisions, newest first"));
    m_table->setModel(&m_rows);
    m_table->setRowHeight(rowHeight);
    m_delegate = new RevisionDelegate(theme, m_model, m_rows, m_table);
    m_table->setItemDelegate(m_delegate);

    auto* heading = new QHBoxLayout;
    heading->setContentsMargins(12, 10, 12, 0);
    heading->addWidget(m_title);
    heading->addWidget(m_count);
    auto* fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(10, 0, 10, 4);
    fieldRow->addWidget(m_field);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(heading);
    layout->addLayout(fieldRow);
    layout->addWidget(m_table, 1);
}

void RevisionsPanel::createActions()
{
    m_showInMap = new QAction(tr("Show in map"), this);
    m_copyId = new QAction(tr("Copy id"), this);
    m_copyId->setShortcut(QKeySequence::Copy);
    m_copyId->setShortcutContext(Qt::WidgetShortcut);
    m_openInEditor = new QAction(tr("Open in editor"), this);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_showInMap, m_openInEditor, m_copyId});
    m_flash = new QTimer(this);
    m_flash->setSingleShot(true);
    updateActions();
}

void RevisionsPanel::connectSignals()
{
    connect(m_field, &QLineEdit::textChanged, this, &RevisionsPanel::applyFilter);
    m_field->installEventFilter(this);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &RevisionsPanel::offerSelection);
    connect(&context().selection, &Selection::changed, this, &RevisionsPanel::followSelection);
    connect(&context().selection, &Selection::jumped, this, &RevisionsPanel::showJump);
    const auto jump = [this] {
        if (const int row = currentSourceRow(); row >= 0)
            context().selection.jumpToRevision(toQString(m_model.laneRow(row).id));
    };
    connect(m_table, &QAbstractItemView::activated, this, jump);
    connect(m_showInMap, &QAction::triggered, this, jump);
    connect(m_copyId, &QAction::triggered, this, [this] {
        if (const int row = currentSourceRow(); row >= 0)
            QGuiApplication::clipboard()->setText(toQString(m_model.laneRow(row).id));
    });
    connect(m_table, &RowTable::copyRequested, m_copyId, &QAction::trigger);
    connect(m_openInEditor, &QAction::triggered, this, [this] {
        const int row = currentSourceRow();
        const Revision* const revision = row < 0 ? nullptr : m_model.revision(row);
        if (revision != nullptr)
            context().requests.ask(
                OpenInEditor{.file = toQString(revision->span.file), .line = revision->span.line});
    });
    connect(m_flash, &QTimer::timeout, this, [this] {
        m_delegate->setFlash(-1);
        m_table->viewport()->update();
    });
}

void RevisionsPanel::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void RevisionsPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    const QScopedValueRollback<bool> guard(m_followsSelection, true);
    const int scrolled = m_table->rowAt(0);
    const QString top =
        scrolled < 0
            ? QString()
            : m_table->model()->index(scrolled, 0).data(RevisionsModel::revisionIdRole).toString();
    m_model.setInspection(inspection);
    updateWords();
    updateColumns();
    scrollToSelection(false);
    const int row = top.isEmpty() ? -1 : m_rows.rowOfSource(m_model.rowOf(top));
    if (row >= 0)
        m_table->scrollTo(m_rows.index(row, 0), QAbstractItemView::PositionAtTop);
}

void RevisionsPanel::applyFilter(const QString& text)
{
    const QScopedValueRollback<bool> guard(m_followsSelection, true);
    const RevisionFilter filter(text);
    const bool narrower = filter.isNarrowerThan(m_filter);
    m_filter = filter;
    FilteredRows::Accept accept;
    if (!m_filter.isEmpty())
        accept = [this](int row) { return m_filter.accepts(m_model, row); };
    m_delegate->setLanesShown(m_filter.isEmpty());
    if (narrower && accept)
        m_rows.narrow(std::move(accept));
    else
        m_rows.setAccept(std::move(accept));
    updateWords();
    scrollToSelection(false);
}

void RevisionsPanel::scrollToSelection(bool center)
{
    const int row = m_rows.rowOfSource(m_model.rowOf(context().selection.revision()));
    const QScopedValueRollback<bool> guard(m_followsSelection, true);
    m_table->setCurrentIndex(row < 0 ? QModelIndex() : m_rows.index(row, 0));
    if (row >= 0)
        m_table->scrollTo(m_rows.index(row, 0),
                          center ? QAbstractItemView::PositionAtCenter
                                 : QAbstractItemView::EnsureVisible);
    updateActions();
}

void RevisionsPanel::followSelection()
{
    const int row = currentSourceRow();
    // Two files may define one id: whichever of them is current stays so.
    if (row >= 0 && toQString(m_model.laneRow(row).id) == context().selection.revision())
        return;
    scrollToSelection(false);
}

void RevisionsPanel::showJump()
{
    const int source = m_model.rowOf(context().selection.revision());
    if (source < 0)
        return;
    if (m_rows.rowOfSource(source) < 0)
        m_field->clear(); // a jump goes to a row that the filter hides
    scrollToSelection(true);
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0)
        return; // reduced motion
    m_delegate->setFlash(source);
    m_flash->start(flashTime);
    m_table->viewport()->update();
}

void RevisionsPanel::offerSelection(const QModelIndex& current)
{
    updateActions();
    if (m_followsSelection || !current.isValid())
        return;
    context().selection.selectRevision(current.data(RevisionsModel::revisionIdRole).toString());
}

int RevisionsPanel::currentSourceRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_rows.sourceRow(current.row()) : -1;
}

void RevisionsPanel::updateActions()
{
    const int row = currentSourceRow();
    m_copyId->setEnabled(row >= 0);
    m_showInMap->setEnabled(row >= 0);
    const bool hasFile = row >= 0 && m_model.revision(row) != nullptr;
    m_openInEditor->setEnabled(hasFile);
    m_openInEditor->setToolTip(row < 0 || hasFile ? QString()
                                                  : tr("No file defines this revision."));
}

void RevisionsPanel::updateWords()
{
    const auto& inspection = m_model.inspection();
    const int all = inspection == nullptr ? 0 : static_cast<int>(inspection->graph->size());
    m_count->setText(inspection == nullptr ? QString()
                     : m_filter.isEmpty()
                         ? QString::number(all)
                         : tr("%1 of %2").arg(m_rows.rowCount()).arg(m_model.rowCount()));
    if (inspection == nullptr)
        m_table->setEmptyText(tr("No project is open. Open a folder to see its revisions."));
    else if (m_model.rowCount() == 0)
        m_table->setEmptyText(tr("No revision was found in this project. The problems list says "
                                 "which files were looked at."));
    else
        m_table->setEmptyText(tr("No revision matches the filter. Esc clears it."));
    m_field->setEnabled(inspection != nullptr);
}

void RevisionsPanel::updateColumns()
{
    const bool wide = width() >= wideFrom;
    m_table->horizontalHeader()->setVisible(wide);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setStretchLastSection(false);
    constexpr std::array<int, RevisionsModel::columns> inLetters{0, 15, 12, 16, 30};
    const int letter = fontMetrics().averageCharWidth();
    for (int column = 1; column < RevisionsModel::columns; ++column) {
        m_table->setColumnHidden(column, !wide);
        const int wanted = letter * inLetters[static_cast<std::size_t>(column)] + 20;
        m_table->setColumnWidth(column, std::min(wanted, width() / 4));
    }
}

void RevisionsPanel::applyTheme()
{
    m_table->viewport()->update();
}

void RevisionsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    updateColumns();
}

bool RevisionsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return Panel::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape && !m_field->text().isEmpty()) {
        m_field->clear();
        return true;
    }
    const bool down = key->key() == Qt::Key_Down || key->key() == Qt::Key_Return;
    if (!down || m_rows.rowCount() == 0)
        return Panel::eventFilter(watched, event);
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_rows.index(0, 0));
    return true;
}

} // namespace sightglass
