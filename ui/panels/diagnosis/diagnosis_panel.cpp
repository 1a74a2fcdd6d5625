// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/diagnosis_panel.h"

#include "ui/panels/diagnosis/around_card.h"
#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/evidence_card.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/identity_card.h"
#include "ui/panels/diagnosis/impact_card.h"
#include "ui/panels/diagnosis/loss_card.h"
#include "ui/panels/diagnosis/start_card.h"
#include "ui/panels/diagnosis/way_back_card.h"
#include "ui/panels/loss_words.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {
constexpr int roomAround = 26;
constexpr int leastCard = 320;
constexpr int mostCards = 3;
constexpr std::chrono::milliseconds atOnce{5}; ///< of making sections, in one turn

QString readAtText(const LiveState& live)
{
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(live.readAt.time_since_epoch());
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(milliseconds.count());
    return DiagnosisPanel::tr("catalog, read at %1").arg(when.toString(QStringLiteral("HH:mm:ss")));
}

QString readAtToolTip(const LiveState& live)
{
    return toQString(toRfc3339(live.readAt));
}
} // namespace

DiagnosisPanel::DiagnosisPanel(const PanelContext& panelContext, QWidget* parent)
    : Panel(panelContext, parent)
{
    setObjectName(QStringLiteral("diagnosisPanel"));
    setAccessibleName(tr("Diagnosis in full"));
    setAutoFillBackground(true);
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, [this] { addSections(atOnce); });
    m_area = new PageArea;
    m_area->setObjectName(QStringLiteral("diagnosisScroll"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_area);
    // The texts carry colours in their markup: a new theme needs new ones.
    connect(&context().theme, &Theme::changed, this, [this] {
        showInspection(context().store.current());
    });
}

void DiagnosisPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_more.stop();
    m_left.clear();
    m_inspection = inspection;
    if (inspection == nullptr) {
        m_page = nullptr;
        auto* words = new TextLabel(context().theme, {.dim = true}, tr("No project is open."));
        words->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        words->setContentsMargins(roomAround, roomAround, roomAround, roomAround);
        m_area->setWidget(words);
        return;
    }
    m_scrolledTo = m_area->verticalScrollBar()->value();
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("diagnosisPage"));
    m_page = new QVBoxLayout(page);
    m_page->setContentsMargins(roomAround, roomAround - 4, roomAround, roomAround);
    m_page->setSpacing(14);
    m_page->addStretch(1);
    m_left = sections();
    addSections(atOnce);
    m_area->setWidget(page);
    m_area->followPage();
}

std::vector<DiagnosisPanel::Section> DiagnosisPanel::sections()
{
    const auto part = [this](void (DiagnosisPanel::*make)(const Inspection&, QVBoxLayout&)) {
        return [this, make](const Inspection& inspection, QVBoxLayout& layout) {
            (this->*make)(inspection, layout);
        };
    };
    std::vector<Section> all{part(&DiagnosisPanel::addState),
                             part(&DiagnosisPanel::addEvidence),
                             part(&DiagnosisPanel::addStart),
                             part(&DiagnosisPanel::addLoss),
                             part(&DiagnosisPanel::addUpgrade),
                             part(&DiagnosisPanel::addWaysBack),
                             part(&DiagnosisPanel::addIdentity),
                             part(&DiagnosisPanel::addImpact),
                             part(&DiagnosisPanel::addChecklists),
                             part(&DiagnosisPanel::addCleanStart),
                             part(&DiagnosisPanel::addSurroundings)};
    std::ranges::reverse(all);
    return all;
}

void DiagnosisPanel::addSections(std::chrono::milliseconds limit)
{
    QElapsedTimer clock;
    clock.start();
    while (!m_left.empty()) {
        const Section section = std::move(m_left.back());
        m_left.pop_back();
        delete m_page->takeAt(m_page->count() - 1); // what stretches stays the last
        section(*m_inspection, *m_page);
        m_page->addStretch(1);
        if (clock.elapsed() >= limit.count())
            break;
    }
    m_area->followPage();
    if (!m_left.empty()) {
        m_more.start();
        return;
    }
    m_more.stop();
    if (m_area->verticalScrollBar()->value() == 0) // nobody has begun to read meanwhile
        m_area->verticalScrollBar()->setValue(m_scrolledTo);
}

void DiagnosisPanel::completeNow()
{
    if (!m_left.empty())
        addSections(std::chrono::hours(1));
}

void DiagnosisPanel::addState(const Inspection& inspection, QVBoxLayout& layout)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    layout.addWidget(heading(inspection));
    if (!diagnosis.detail.empty())
        layout.addWidget(
            new TextLabel(context().theme, {.dim = true}, toQString(diagnosis.detail)));
    if (inspection.refreshError)
        layout.addWidget(staleCard(inspection));
    if (QWidget* const places = placesRow(inspection))
        layout.addWidget(places);
}

void DiagnosisPanel::addEvidence(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.diagnosis.evidence.empty())
        return;
    layout.addWidget(new EvidenceCard(
        context().theme, inspection, [this](const Evidence& one, const QUrl& link) {
            openLink(one.revision, one.span, link);
        }));
}

void DiagnosisPanel::addChecklists(const Inspection& inspection, QVBoxLayout& layout)
{
    addChecklist(inspection, inspection.diagnosis.checklist, tr("Checklist"), layout);
}

void DiagnosisPanel::addCleanStart(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.outlook != nullptr && inspection.outlook->impact)
        addChecklist(
            inspection, cleanStartItems(*inspection.outlook->impact), tr("Clean start"), layout);
}

void DiagnosisPanel::addSurroundings(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.surroundings == nullptr)
        return;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, tr("Around the migrations")));
    layout.addWidget(
        new AroundCard(theme, *inspection.surroundings, [this](const SourceSpan& span) {
            context().requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
        }));
}

QWidget* DiagnosisPanel::heading(const Inspection& inspection)
{
    const Theme& theme = context().theme;
    const Diagnosis& diagnosis = inspection.diagnosis;
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* state = new PillLabel(theme);
    state->setObjectName(QStringLiteral("diagnosisState"));
    state->setPill({.text = stateText(diagnosis), .tone = toneOf(diagnosis)});
    layout->addWidget(state);
    if (diagnosis.certainty != Confidence::Certain) {
        auto* certainty = new PillLabel(theme);
        certainty->setObjectName(QStringLiteral("diagnosisCertainty"));
        certainty->setPill({.text = toQString(toText(diagnosis.certainty)), .outlined = true});
        certainty->setToolTip(tr("Something that the revisions run can't be read, so this is not "
                                 "certain."));
        layout->addWidget(certainty);
    }
    auto* title = new TextLabel(theme, {.size = TextSize::Title}, toQString(diagnosis.title));
    title->setObjectName(QStringLiteral("diagnosisTitle"));
    layout->addWidget(title, 1);
    if (inspection.live != nullptr) {
        const TextLook look =
            inspection.refreshError ? TextLook{.tone = Tone::Warning} : TextLook{.dim = true};
        auto* readAt = new TextLabel(theme, look, readAtText(*inspection.live));
        readAt->setWordWrap(false);
        readAt->setToolTip(readAtToolTip(*inspection.live));
        layout->addWidget(readAt);
        auto* again = new QPushButton(tr("Read again"));
        again->setObjectName(QStringLiteral("readAgain"));
        again->setAccessibleName(tr("Read the database again"));
        connect(again, &QPushButton::clicked, this, [this] {
            context().requests.ask(ReloadDatabase{});
        });
        layout->addWidget(again);
    }
    return row;
}

QWidget* DiagnosisPanel::connectCard(const Inspection& inspection)
{
    const Theme& theme = context().theme;
    auto* card = new Card(theme);
    auto* layout = new QHBoxLayout(card);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(14);
    const QString words =
        inspection.liveError
            ? tr("The database could not be read: %1").arg(toQString(toText(*inspection.liveError)))
            : tr("No database is connected: this is judged from the files alone. A connection adds "
                 "what the version table says, which revisions are pending, and whether the tables "
                 "are there. The session is read-only.");
    layout->addWidget(new TextLabel(theme, {.dim = !inspection.liveError}, words), 1);
    auto* button = new QPushButton(tr("Connect…"));
    button->setObjectName(QStringLiteral("connectFromDiagnosis"));
    button->setAccessibleName(tr("Connect to a database"));
    connect(button, &QPushButton::clicked, this, [this] {
        context().requests.ask(ShowConnectDialog{});
    });
    layout->addWidget(button);
    return card;
}

QWidget* DiagnosisPanel::freshCard(const Inspection& inspection)
{
    const Theme& theme = context().theme;
    const FreshWords words = freshWords(inspection);
    auto* card = new Card(theme);
    auto* layout = new QHBoxLayout(card);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(14);
    auto* mark = new PillLabel(theme);
    mark->setObjectName(QStringLiteral("freshMark"));
    mark->setPill(words.mark);
    // One line stands in the middle beside the button; several begin beside the mark.
    const Qt::Alignment beside = words.doubts.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop;
    layout->addWidget(mark, 0, beside);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    auto* sentence = new TextLabel(theme, {}, words.sentence);
    sentence->setObjectName(QStringLiteral("freshSentence"));
    texts->addWidget(sentence);
    for (const QString& doubt : words.doubts)
        texts->addWidget(new TextLabel(theme, {.dim = true}, doubt));
    layout->addLayout(texts, 1);
    const FreshRun* const run =
        inspection.history == nullptr ? nullptr : &inspection.history->freshRun();
    if (run == nullptr || run->outcome != FreshRun::Outcome::Stops || run->revision.empty())
        return card;
    auto* show =
        new QPushButton(run->span.line > 0 ? tr("Show the operation") : tr("Show the revision"));
    show->setObjectName(QStringLiteral("showFreshStop"));
    connect(show,
            &QPushButton::clicked,
            this,
            [this, id = toQString(run->revision), line = run->span.line] {
                context().selection.jumpToRevision(id, line);
            });
    layout->addWidget(show, 0, beside);
    return card;
}

QWidget* DiagnosisPanel::staleCard(const Inspection& inspection)
{
    const Theme& theme = context().theme;
    auto* card = new Card(theme);
    card->setObjectName(QStringLiteral("staleCard"));
    auto* layout = new QHBoxLayout(card);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(14);
    auto* mark = new PillLabel(theme);
    mark->setPill({.text = tr("out of date"), .tone = Tone::Warning});
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addWidget(new TextLabel(theme, {}, staleSentence(inspection)), 1);
    return card;
}

QWidget* DiagnosisPanel::placesRow(const Inspection& inspection)
{
    const QString html = placesHtml(context().theme, inspection);
    if (html.isEmpty())
        return nullptr;
    auto* text = new TextLabel(context().theme, {});
    text->setObjectName(QStringLiteral("diagnosisPlaces"));
    text->setRich(html);
    connect(text, &QLabel::linkActivated, this, [this](const QString& link) {
        openLink({}, {}, QUrl(link));
    });
    return text;
}

void DiagnosisPanel::addWaysBack(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.live == nullptr)
        layout.addWidget(connectCard(inspection));
    const Diagnosis& diagnosis = inspection.diagnosis;
    if (diagnosis.options.empty())
        return;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, tr("Ways back")));
    auto* cards = new QWidget;
    auto* columns = new ColumnsLayout(leastCard, mostCards, 14, cards);
    for (const WayBack& way : diagnosis.options) {
        auto* card = new WayBackCard(theme, way);
        connect(card, &WayBackCard::stampAsked, this, &DiagnosisPanel::askForStamp);
        columns->addWidget(card);
    }
    layout.addWidget(cards);
}

void DiagnosisPanel::askForStamp(const StampStep& stamp)
{
    QStringList names;
    for (const std::string& revision : stamp.revisions)
        names << toQString(revision);
    context().requests.ask(ShowStampWizard{names.join(QLatin1Char(' ')), stamp.purge});
}

/// What an upgrade of this database would destroy.
void DiagnosisPanel::addLoss(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.review == nullptr || inspection.diagnosis.pending.empty() ||
        !inspection.review->loss)
        return;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, tr("What an upgrade would destroy")));
    layout.addWidget(new LossCard(
        theme, *inspection.review->loss, [this](const QUrl& link) { openLink({}, {}, link); }));
}

/// What should hold before an upgrade.
void DiagnosisPanel::addUpgrade(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.review == nullptr || inspection.diagnosis.pending.empty() ||
        inspection.beforeUpgrade.empty())
        return;
    const QString title = tr("Before an upgrade: %1 hold").arg(checksMet(inspection.beforeUpgrade));
    addChecklist(inspection, inspection.beforeUpgrade, title, layout)
        ->setObjectName(QStringLiteral("beforeUpgrade"));
}

/// Null where the list is empty.
QWidget* DiagnosisPanel::addChecklist(const Inspection& inspection,
                                      const std::vector<ChecklistItem>& items,
                                      const QString& title,
                                      QVBoxLayout& layout)
{
    if (items.empty())
        return nullptr;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, title));
    auto* list = new ChecklistCard(
        theme, inspection, items, title, [this](const QUrl& link) { openLink({}, {}, link); });
    layout.addWidget(list);
    return list;
}

/// Whether an upgrade could begin now, as to what other sessions hold.
void DiagnosisPanel::addStart(const Inspection& inspection, QVBoxLayout& layout)
{
    const StartCheck* const check = startCheckToShow(inspection);
    if (check == nullptr)
        return;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, tr("Safe to start now")));
    layout.addWidget(new StartCard(
        theme, inspection, *check, [this](const QUrl& link) { openLink({}, {}, link); }));
}

void DiagnosisPanel::addIdentity(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.outlook == nullptr || !inspection.outlook->visit)
        return;
    const Theme& theme = context().theme;
    layout.addWidget(new TextLabel(theme, {.strong = true}, tr("Which database this is")));
    auto* card =
        new IdentityCard(theme, inspection, *inspection.outlook->visit, [this](const QUrl& link) {
            openLink({}, {}, link);
        });
    connect(card, &IdentityCard::rememberAsked, this, [this] {
        context().requests.ask(RememberDatabase{});
    });
    layout.addWidget(card);
}

/// What running the chain would mean; until that is told, what is known of a new database.
void DiagnosisPanel::addImpact(const Inspection& inspection, QVBoxLayout& layout)
{
    if (inspection.graph->size() == 0)
        return;
    const bool told = inspection.outlook != nullptr && inspection.outlook->impact;
    const bool doubts =
        inspection.history != nullptr && !inspection.history->freshRun().doubts.empty();
    const Theme& theme = context().theme;
    if (told) {
        layout.addWidget(
            new TextLabel(theme, {.strong = true}, tr("What running the chain would mean")));
        layout.addWidget(new ImpactCard(theme,
                                        inspection,
                                        *inspection.outlook->impact,
                                        [this](const Evidence& one, const QUrl& link) {
                                            openLink(one.revision, one.span, link);
                                        }));
    }
    if (!told || doubts)
        layout.addWidget(freshCard(inspection));
}

void DiagnosisPanel::openLink(const RevisionId& revision, const SourceSpan& span, const QUrl& link)
{
    const QString target = linkTarget(link);
    if (link.scheme() == QStringLiteral("revision"))
        context().selection.jumpToRevision(target, toStd(target) == revision ? span.line : 0);
    else if (link.scheme() == QStringLiteral("table"))
        Q_EMIT tableAsked(target);
    else if (!span.file.empty())
        context().requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
}

} // namespace sightglass
