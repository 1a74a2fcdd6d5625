// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/choose_revision_page.h"

#include "ui/main_window/message_bar.h"
#include "ui/text.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/text_label.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr int otherId = -2;
constexpr std::size_t mostSentences = 4;
constexpr int indent = 24;
constexpr int usualFieldWidth = 220;

QString namesOf(const std::vector<std::string>& revisions)
{
    QStringList names;
    for (const std::string& id : revisions)
        names << toQString(id);
    return names.isEmpty() ? QStringLiteral("base (nothing applied)")
                           : names.join(QStringLiteral(", "));
}

} // namespace

ChooseRevisionPage::ChooseRevisionPage(const Theme& theme, const ShowStampWizard& asked)
    : WizardPage(theme, tr("Choose the revision"), tr("Which revision is the database at?"))
    , m_area(new PageArea)
    , m_choice(new QButtonGroup(this))
    , m_asked(asked)
{
    setObjectName(QStringLiteral("chooseRevision"));
    setHeading(tr("Which revision is the database at?"),
               tr("Comparing the schema with every revision…"));
    layout()->addWidget(m_area);
    connect(m_choice, &QButtonGroup::idToggled, this, [this] { Q_EMIT changed(); });
    setOffer(StampOffer());
}

void ChooseRevisionPage::setOffer(const Result<StampOffer>& offer)
{
    const bool isFirst = m_candidates.empty() && m_field == nullptr;
    m_candidates = offer ? offer->candidates : std::vector<StampCandidate>();
    if (!isFirst) {
        setHeading(tr("Which revision is the database at?"),
                   !offer ? shownText(offer.error())
                   : m_candidates.empty()
                       ? toQString(offer->whyNot)
                       : tr("Revisions whose schema is like the one that is there, best first."));
    }
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(12);
    for (std::size_t i = 0; i < m_candidates.size(); ++i)
        rows->addWidget(rowOf(m_candidates[i], static_cast<int>(i)));
    addField(content);
    rows->addStretch(1);
    showIn(*m_area, content);
    Q_EMIT changed();
}

QWidget* ChooseRevisionPage::rowOf(const StampCandidate& candidate, int index)
{
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(3);
    auto* button = new QRadioButton(
        tr("%1, %2 % alike").arg(namesOf(candidate.revisions)).arg(qRound(candidate.score * 100)));
    button->setObjectName(QStringLiteral("candidate"));
    m_choice->addButton(button, index);
    button->setChecked(candidate.preselected && m_asked.revisions.isEmpty());
    rows->addWidget(button);
    const auto add = [&](const std::vector<std::string>& sentences,
                         const QString& sign,
                         Tone tone) {
        for (std::size_t i = 0; i < std::min(sentences.size(), mostSentences); ++i) {
            auto* text =
                new TextLabel(theme(),
                              {.size = TextSize::Small, .dim = tone == Tone::Neutral, .tone = tone},
                              sign + QLatin1Char(' ') + toQString(sentences[i]));
            text->setContentsMargins(indent, 0, 0, 0);
            rows->addWidget(text);
        }
        if (sentences.size() > mostSentences) {
            auto* more = new TextLabel(theme(),
                                       {.size = TextSize::Small, .dim = true},
                                       tr("and %1 more").arg(sentences.size() - mostSentences));
            more->setContentsMargins(indent, 0, 0, 0);
            rows->addWidget(more);
        }
    };
    add(candidate.evidenceFor, QStringLiteral("+"), Tone::Good);
    add(candidate.evidenceAgainst, QString(QChar(0x2212)), Tone::Danger);
    return box;
}

void ChooseRevisionPage::addField(QWidget* content)
{
    const QString typed = m_field != nullptr ? m_field->text() : m_asked.revisions;
    m_other = new QRadioButton(tr("Another, in Alembic's words:"));
    m_other->setObjectName(QStringLiteral("otherRevision"));
    m_choice->addButton(m_other, otherId);
    m_field = new QLineEdit(typed);
    m_field->setObjectName(QStringLiteral("revisionField"));
    m_field->setAccessibleName(tr("Revision"));
    m_field->setPlaceholderText(tr("base, head, an id, or several"));
    m_field->setFont(theme().codeFont());
    m_field->setMaximumWidth(2 * usualFieldWidth);
    if (!typed.isEmpty())
        m_other->setChecked(true);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        m_other->setChecked(true);
        Q_EMIT changed();
    });
    content->layout()->addWidget(m_other);
    content->layout()->addWidget(m_field);
    const bool purge = m_purge != nullptr ? m_purge->isChecked() : m_asked.purge;
    m_purge = new QCheckBox(tr("Empty the version table first (--purge)"));
    m_purge->setObjectName(QStringLiteral("purge"));
    m_purge->setToolTip(tr("For rows that Alembic can't read or that contradict each other."));
    m_purge->setChecked(purge);
    connect(m_purge, &QCheckBox::toggled, this, &WizardPage::changed);
    content->layout()->addWidget(m_purge);
}

StampRequest ChooseRevisionPage::request() const
{
    StampRequest request{.revisions = {}, .purge = m_purge->isChecked()};
    const int chosen = m_choice->checkedId();
    if (chosen == otherId) {
        for (const QString& word : m_field->text().split(QLatin1Char(' '), Qt::SkipEmptyParts))
            request.revisions.push_back(word.toStdString());
    } else if (chosen >= 0 && static_cast<std::size_t>(chosen) < m_candidates.size()) {
        request.revisions = m_candidates[static_cast<std::size_t>(chosen)].revisions;
        if (request.revisions.empty())
            request.revisions = {"base"};
    }
    return request;
}

} // namespace sightglass
