// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tables/tables_panel.h"

#include "ui/text.h"
#include "ui/widgets/row_painting.h"
#include "ui/widgets/row_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace sightglass {

namespace {
constexpr int rowHeight = 30;
const QString tablesSubject = QStringLiteral("tables");

constexpr int column(TableColumn which)
{
    return static_cast<int>(which);
}
} // namespace

TablesPanel::TablesPanel(const PanelContext& panelContext, JobRunner& jobs, QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
{
    setObjectName(QStringLiteral("tablesPanel"));
    setAccessibleName(tr("Tables"));
    m_rows.setSourceModel(&m_model);
    m_rows.setLess(
        [this](int sorted, int left, int right) { return m_model.less(sorted, left, right); });
    createTable();
    createLayout();
    connectSignals();
    updateWords();
}

void TablesPanel::createTable()
{
    m_table = new RowTable(context().theme);
    m_table->setObjectName(QStringLiteral("tableList"));
    m_table->setAccessibleName(tr("Tables of models, chain and database"));
    m_table->setModel(&m_rows);
    m_table->setRowHeight(rowHeight);
    auto* delegate = new RowDelegate(context().theme, m_table);
    delegate->setSeparator(true);
    delegate->setLook(column(TableColumn::Name),
                      {.font = CellFont::Code, .elide = Qt::ElideMiddle});
    m_table->setItemDelegate(delegate);
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true); // a third click gives the order by name again
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setStretchLastSection(true);
}

void TablesPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("tableFilter"));
    m_field->setAccessibleName(tr("Filter tables"));
    m_field->setPlaceholderText(tr("Filter: name, verdict…"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaximumWidth(280);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_field, 1);
    bar->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
}

void TablesPanel::connectSignals()
{
    connect(m_field, &QLineEdit::textChanged, this, &TablesPanel::applyFilter);
    connect(m_table, &RowTable::copyRequested, this, &TablesPanel::copyRow);
    connect(m_table, &RowTable::resized, this, &TablesPanel::updateColumns);
    connect(m_table->horizontalHeader(),
            &QHeaderView::sortIndicatorChanged,
            this,
            [this](int sorted, Qt::SortOrder order) { m_rows.sort(sorted, order); });
}

void TablesPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_jobs.stop(tablesSubject);
    m_reading = inspection != nullptr;
    if (!m_reading) {
        take({});
        return;
    }
    updateWords();
    m_jobs.start(
        tablesSubject,
        this,
        [inspection](const RunContext&) { return TableList::of(tableRows(*inspection)); },
        [this](TableList list) {
            m_reading = false;
            take(std::move(list));
        });
}

void TablesPanel::take(TableList list)
{
    const QModelIndex current = m_table->currentIndex();
    QualifiedName kept;
    if (current.isValid())
        kept = m_model.row(m_rows.sourceRow(current.row())).name;
    m_model.setList(std::move(list));
    for (int row = 0; current.isValid() && row < m_model.rowCount(); ++row) {
        if (m_model.row(row).name == kept && m_rows.rowOfSource(row) >= 0)
            m_table->setCurrentIndex(m_rows.index(m_rows.rowOfSource(row), 0));
    }
    updateColumns();
    updateWords();
    selectWanted();
}

void TablesPanel::selectTable(const QString& name)
{
    ensureFresh();
    m_wanted = name;
    if (!m_reading)
        selectWanted();
}

void TablesPanel::selectWanted()
{
    if (m_wanted.isEmpty())
        return;
    const QString wanted = std::exchange(m_wanted, QString());
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString name = toQString(toText(m_model.row(row).name));
        if (wanted != name && !wanted.startsWith(name + QLatin1Char('.')))
            continue;
        if (m_rows.rowOfSource(row) < 0)
            m_field->clear();
        const QModelIndex index = m_rows.index(m_rows.rowOfSource(row), 0);
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
        return;
    }
}

void TablesPanel::applyFilter()
{
    const QString text = m_field->text().trimmed();
    m_rows.setAccept(
        [this, text](int row) { return text.isEmpty() || m_model.contains(row, text); });
    updateWords();
}

void TablesPanel::updateWords()
{
    m_table->horizontalHeader()->setVisible(m_model.rowCount() > 0);
    if (context().store.current() == nullptr)
        m_table->setEmptyText(tr("No project is open."));
    else if (m_reading)
        m_table->setEmptyText(tr("Comparing the tables…"));
    else if (m_model.rowCount() == 0)
        m_table->setEmptyText(tr("No table is known to the models, the chain or the database."));
    else
        m_table->setEmptyText(tr("No table matches the filter."));
}

void TablesPanel::updateColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const int presence = letter * 9 + 34;
    const std::array narrow{TableColumn::Models, TableColumn::Chain, TableColumn::Live};
    for (const TableColumn which : narrow)
        m_table->setColumnWidth(column(which), presence);
    m_table->setColumnWidth(column(TableColumn::Rows), letter * 10 + 16);
    m_table->setColumnWidth(column(TableColumn::Forecast), letter * 13 + 20);
    const int rest = m_table->viewport()->width() - 3 * presence - letter * 23 - 36;
    m_table->setColumnWidth(column(TableColumn::Name), std::max(letter * 18, rest * 45 / 100));
}

void TablesPanel::copyRow()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        QGuiApplication::clipboard()->setText(m_model.line(m_rows.sourceRow(current.row())));
}

void TablesPanel::applyTheme()
{
    m_table->viewport()->update();
}

} // namespace sightglass
