// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/schema/schema_panel.h"

#include "ui/jobs/release.h"
#include "ui/panels/schema/schema_picker.h"
#include "ui/text.h"
#include "ui/widgets/code_font.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {
const QString schemaSubject = QStringLiteral("schema browser");
/// How long one turn of filling may last, and how much is added before the clock is asked.
constexpr qint64 turnMs = 8;
constexpr std::size_t objectsAtOnce = 100;
const QString doubtSign = QStringLiteral("\u25C6 ");
/// Where an object's item finds its object: section and number within it.
constexpr int sectionRole = Qt::UserRole;
constexpr int objectRole = Qt::UserRole + 1;
constexpr int partRole = Qt::UserRole + 2;
} // namespace

SchemaPanel::SchemaPanel(const PanelContext& panelContext, JobRunner& jobs, QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
{
    setObjectName(QStringLiteral("schemaPanel"));
    setAccessibleName(tr("Schema at a revision"));
    createLayout();
    m_filler.setSingleShot(true);
    m_filler.setInterval(0);
    connectSignals();
    applyTheme();
    say(tr("No project is open."));
}

void SchemaPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    const Theme& theme = context().theme;
    m_picker = new SchemaPicker(tr("Where the schema is from"), QStringLiteral("selected"));
    m_picker->setObjectName(QStringLiteral("schemaPlace"));
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("schemaFilter"));
    m_field->setAccessibleName(tr("Filter the schema"));
    m_field->setPlaceholderText(tr("Filter: table, column, index…"));
    m_field->setClearButtonEnabled(true);
    m_words = new TextLabel(theme, {.dim = true});
    m_words->setObjectName(QStringLiteral("schemaWords"));
    m_words->setContentsMargins(12, 4, 12, 4);
    m_tree = new QTreeWidget;
    m_tree->setObjectName(QStringLiteral("schemaTree"));
    m_tree->setAccessibleName(tr("Objects of the schema"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_details = new QPlainTextEdit;
    m_details->setObjectName(QStringLiteral("schemaDetails"));
    m_details->setAccessibleName(tr("Definition of the selected object"));
    m_details->setReadOnly(true);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new CopyButton(theme, tr("Copy the definition"));
    m_copy->setObjectName(QStringLiteral("copyDefinition"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_picker, 2);
    bar->addWidget(m_field, 1);
    bar->addWidget(m_copy);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_words);
    layout->addWidget(splitter, 1);
}

void SchemaPanel::connectSignals()
{
    connect(&context().selection, &Selection::changed, this, &SchemaPanel::followSelection);
    connect(m_picker, &SchemaPicker::chosen, this, &SchemaPanel::readSchema);
    connect(m_field, &QLineEdit::textChanged, this, &SchemaPanel::applyFilter);
    connect(&m_filler, &QTimer::timeout, this, &SchemaPanel::fillSome);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &SchemaPanel::showDetails);
    // A large schema has tens of thousands of parts; they are made when they are looked at.
    connect(m_tree, &QTreeWidget::itemExpanded, this, &SchemaPanel::addParts);
}

void SchemaPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    refreshPlaces();
    readSchema();
}

void SchemaPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    if (m_selectionStale)
        followSelection();
}

void SchemaPanel::followSelection()
{
    m_selectionStale = !isVisible();
    if (m_selectionStale)
        return;
    refreshPlaces();
    if (m_picker->key() == QStringLiteral("selected"))
        readSchema();
}

void SchemaPanel::followRevision()
{
    m_picker->choose(QStringLiteral("selected"));
}

void SchemaPanel::showLive(const QString& name)
{
    ensureFresh();
    m_picker->choose(QStringLiteral("live"));
    m_field->setText(name);
}

void SchemaPanel::refreshPlaces()
{
    m_picker->setPlaces(m_inspection == nullptr
                            ? std::vector<SchemaPlace>()
                            : schemaPlaces(*m_inspection, context().selection.revision()));
}

void SchemaPanel::readSchema()
{
    m_jobs.stop(schemaSubject);
    if (m_inspection == nullptr) {
        take({.title = {}, .problem = tr("No project is open."), .sections = {}, .doubts = {}});
        return;
    }
    say(tr("Reading the schema…"));
    m_jobs.start(
        schemaSubject,
        this,
        [inspection = m_inspection,
         key = m_picker->key(),
         selected = context().selection.revision()](const RunContext&) {
            return outlineOf(schemaAt(*inspection, key, selected));
        },
        [this](SchemaOutline outline) { take(std::move(outline)); });
}

void SchemaPanel::take(SchemaOutline outline)
{
    releaseElsewhere(std::exchange(m_outline, std::move(outline)));
    startFilling();
    showDetails();
}

void SchemaPanel::sayWhatIsShown()
{
    if (!m_outline.problem.isEmpty()) {
        say(m_outline.problem);
    } else if (m_outline.sections.empty()) {
        say(m_outline.doubts.isEmpty()
                ? tr("There is nothing in this schema.")
                : tr("Nothing is known to be in this schema. %1").arg(m_outline.doubts.first()));
    } else if (!m_outline.doubts.isEmpty()) {
        say(doubtSign +
            tr("Not known for certain: %1").arg(m_outline.doubts.join(QStringLiteral("; "))));
    } else {
        say({});
    }
}

void SchemaPanel::startFilling()
{
    m_filler.stop();
    m_tree->clear();
    m_tree->setColumnWidth(0, 300);
    m_nextSection = 0;
    m_nextObject = 0;
    m_found = 0;
    sayWhatIsShown();
    fillSome();
}

/// Fills until a turn of the event loop has lasted long enough; what is small is there at once.
void SchemaPanel::fillSome()
{
    QElapsedTimer turn;
    turn.start();
    while (m_nextSection < m_outline.sections.size()) {
        QTreeWidgetItem* top = m_tree->topLevelItem(m_tree->topLevelItemCount() - 1);
        if (top == nullptr || m_nextObject == 0) {
            const SchemaSection& section = m_outline.sections[m_nextSection];
            top = new QTreeWidgetItem(
                m_tree, {QStringLiteral("%1 %2").arg(section.title).arg(section.objects.size())});
        }
        if (addSome(top, m_nextSection)) {
            if (top->childCount() == 0)
                delete top; // nothing of this section fits the filter
            else
                top->setExpanded(m_nextSection == 0 || !m_field->text().trimmed().isEmpty());
            ++m_nextSection;
            m_nextObject = 0;
        }
        if (turn.elapsed() > turnMs) {
            m_filler.start();
            return;
        }
    }
    endFilling();
}

/// The next few objects of a section, as one change of the tree; true when it was the last.
bool SchemaPanel::addSome(QTreeWidgetItem* top, std::size_t section)
{
    const auto& objects = m_outline.sections[section].objects;
    const QString text = m_field->text().trimmed();
    const std::size_t end = std::min(objects.size(), m_nextObject + objectsAtOnce);
    QList<QTreeWidgetItem*> items;
    for (; m_nextObject < end; ++m_nextObject) {
        const SchemaObject& object = objects[m_nextObject];
        if (!text.isEmpty() && !object.searched.contains(text, Qt::CaseInsensitive))
            continue;
        auto* item = new QTreeWidgetItem(
            {(object.doubt.isEmpty() ? QString() : doubtSign) + object.name, object.remark});
        item->setData(0, sectionRole, static_cast<int>(section));
        item->setData(0, objectRole, static_cast<int>(m_nextObject));
        if (!object.doubt.isEmpty())
            item->setToolTip(0, tr("Not known for certain: %1").arg(object.doubt));
        if (!object.parts.empty())
            item->setChildIndicatorPolicy(QTreeWidgetItem::ShowIndicator);
        items.push_back(item);
    }
    m_found += static_cast<std::size_t>(items.size());
    top->addChildren(items);
    return m_nextObject == objects.size();
}

void SchemaPanel::endFilling()
{
    if (m_found == 0 && !m_field->text().trimmed().isEmpty() && !m_outline.sections.empty())
        say(tr("Nothing in this schema matches the filter."));
    else
        sayWhatIsShown();
}

const SchemaObject* SchemaPanel::objectOf(const QTreeWidgetItem* item) const
{
    if (item == nullptr || item->parent() == nullptr)
        return nullptr;
    const QTreeWidgetItem* const owner = item->data(0, partRole).isValid() ? item->parent() : item;
    const auto section = owner->data(0, sectionRole).toUInt();
    const auto object = owner->data(0, objectRole).toUInt();
    return &m_outline.sections[section].objects[object];
}

void SchemaPanel::addParts(QTreeWidgetItem* item)
{
    const SchemaObject* const object = objectOf(item);
    if (object == nullptr || item->childCount() > 0)
        return;
    for (std::size_t i = 0; i < object->parts.size(); ++i) {
        const SchemaPart& part = object->parts[i];
        const QString name = part.kind == tr("column")
                                 ? part.name
                                 : QStringLiteral("%1 %2").arg(part.kind, part.name);
        auto* child = new QTreeWidgetItem(
            item, {(part.doubt.isEmpty() ? QString() : doubtSign) + name, part.definition});
        child->setData(0, partRole, static_cast<int>(i));
        child->setToolTip(1, part.definition);
        if (!part.doubt.isEmpty())
            child->setToolTip(0, tr("Not known for certain: %1").arg(part.doubt));
    }
}

void SchemaPanel::applyFilter()
{
    startFilling();
    showDetails();
}

void SchemaPanel::showDetails()
{
    const QTreeWidgetItem* const item = m_tree->currentItem();
    const SchemaObject* const object = objectOf(item);
    QString text;
    QString doubt;
    if (object != nullptr) {
        const QVariant part = item->data(0, partRole);
        if (part.isValid()) {
            const SchemaPart& shown = object->parts[part.toUInt()];
            text = QStringLiteral("%1 %2\n%3").arg(shown.kind, shown.name, shown.definition);
            doubt = shown.doubt;
        } else {
            text = object->definition;
            doubt = object->doubt;
        }
    }
    m_copy->setText(text);
    m_copy->setEnabled(!text.isEmpty());
    if (!doubt.isEmpty())
        text += QStringLiteral("\n\n") + doubtSign + tr("Not known for certain: %1").arg(doubt);
    m_details->setPlainText(text);
    m_details->setPlaceholderText(tr("Select an object to see its definition."));
}

void SchemaPanel::say(const QString& words)
{
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

void SchemaPanel::applyTheme()
{
    const ThemeColors& colors = context().theme.colors();
    m_details->setFont(plainCodeFont(context().theme));
    QPalette palette = m_details->palette();
    palette.setColor(QPalette::PlaceholderText, colors.dim);
    m_details->setPalette(palette);
}

} // namespace sightglass
