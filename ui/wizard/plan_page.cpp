// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/plan_page.h"

#include "ui/main_window/marks.h"
#include "ui/main_window/message_bar.h"
#include "ui/state/environment.h"
#include "ui/text.h"
#include "ui/widgets/command_box.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr int labelWidth = 140;
constexpr int phraseWidth = 280;

/// The badge of an environment as plans have it.
Environment shownEnvironment(EnvironmentKind kind)
{
    return environmentFromSetting(toQString(toText(kind)));
}

QVBoxLayout* column(QWidget* parent, int spacing)
{
    auto* layout = new QVBoxLayout(parent);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

QString affectedText(const AffectedObject& object)
{
    QStringList figures;
    if (object.rows)
        figures << QLocale().toString(static_cast<qlonglong>(*object.rows)) +
                       (*object.rows == 1 ? QStringLiteral(" row") : QStringLiteral(" rows"));
    if (object.bytes)
        figures << QLocale().formattedDataSize(*object.bytes);
    QString text = toQString(object.kind) + QLatin1Char(' ') + toQString(object.name) +
                   QStringLiteral(": ") + toQString(object.change);
    if (!figures.isEmpty())
        text += QStringLiteral(" (") + figures.join(QStringLiteral(", ")) + QLatin1Char(')');
    return text;
}

} // namespace

PlanPage::PlanPage(const Theme& theme, const QString& verb)
    : WizardPage(theme, tr("Review and confirm"), tr("Making the plan…"))
    , m_verb(verb)
    , m_area(new PageArea)
{
    setObjectName(QStringLiteral("planPage"));
    layout()->addWidget(m_area);
}

void PlanPage::setPlan(std::optional<Plan> plan, const QString& commands)
{
    m_plan = std::move(plan);
    m_commands = commands;
    m_problem.reset();
    rebuild();
}

void PlanPage::setProblem(const Error& error)
{
    m_plan.reset();
    m_commands.clear();
    m_problem = error;
    rebuild();
}

void PlanPage::setUndo()
{
    m_isUndo = true;
    m_verb = tr("Take it back");
    setPlan(std::nullopt, {});
}

std::string PlanPage::typed() const
{
    if (m_phrase == nullptr)
        return m_plan ? m_plan->confirmation.phrase : std::string();
    return m_phrase->text().toStdString();
}

bool PlanPage::isComplete() const
{
    return m_plan && !m_plan->steps.empty() && firstUnmet(*m_plan) == nullptr &&
           typed() == m_plan->confirmation.phrase;
}

void PlanPage::rebuild()
{
    m_phrase = nullptr;
    auto* content = new QWidget;
    QVBoxLayout* const parts = column(content, 12);
    if (m_problem) {
        setHeading(tr("There is no plan"), {});
        auto* problem = new TextLabel(theme(), {.tone = Tone::Danger}, shownText(*m_problem));
        problem->setObjectName(QStringLiteral("planProblem"));
        parts->addWidget(problem);
    } else if (m_plan) {
        setHeading(toQString(m_plan->title), toQString(m_plan->summary));
        parts->addWidget(linesOf(*m_plan));
        for (QWidget* part :
             {preconditionsOf(*m_plan), affectedOf(*m_plan), statementsOf(*m_plan)}) {
            if (part != nullptr)
                parts->addWidget(part);
        }
        if (QWidget* const phrase = phraseOf(*m_plan))
            parts->addWidget(phrase);
    } else {
        setHeading(tr("Making the plan…"), {});
    }
    parts->addStretch(1);
    showIn(*m_area, content);
    setFocusProxy(m_phrase);
    Q_EMIT changed();
}

QWidget* PlanPage::linesOf(const Plan& plan)
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& label, const std::string& text, TextSize size) {
        grid->addWidget(new TextLabel(theme(), {.dim = true}, label), row, 0, Qt::AlignTop);
        grid->addWidget(new TextLabel(theme(), {.size = size}, toQString(text)), row, 1);
        ++row;
    };
    auto* place = new QWidget;
    auto* line = new QHBoxLayout(place);
    line->setContentsMargins(0, 0, 0, 0);
    auto* name = new TextLabel(theme(), {}, toQString(plan.target.place.shown));
    name->setWordWrap(false);
    line->addWidget(name);
    auto* badge = new EnvironmentBadge;
    badge->setEnvironment(shownEnvironment(plan.target.environment));
    badge->setToolTip(toQString(plan.target.environmentWhy));
    line->addWidget(badge);
    line->addStretch(1);
    grid->addWidget(
        new TextLabel(theme(),
                      {.dim = true},
                      plan.target.place.database.empty() ? tr("Folder") : tr("Database")),
        row,
        0);
    grid->addWidget(place, row++, 1);
    for (const PlanLine& each : plan.lines) {
        if (each.label != "Database")
            add(toQString(each.label), each.text, TextSize::Code);
    }
    if (!plan.protection.text.empty())
        add(tr("Backup"), plan.protection.text, TextSize::Text);
    if (!plan.undo.text.empty())
        add(tr("Way back"), plan.undo.text, TextSize::Text);
    return box;
}

QWidget* PlanPage::preconditionsOf(const Plan& plan)
{
    auto* box = new QWidget;
    QVBoxLayout* const rows = column(box, 4);
    for (const Precondition& each : plan.preconditions) {
        if (each.state != PreconditionState::NotMet)
            continue;
        auto* text = new TextLabel(
            theme(),
            {.tone = Tone::Danger},
            tr("Does not hold: %1 %2").arg(toQString(each.text), toQString(each.detail)));
        text->setObjectName(QStringLiteral("unmet"));
        rows->addWidget(text);
    }
    if (plan.steps.empty())
        rows->addWidget(new TextLabel(theme(), {}, tr("There is nothing to do.")));
    if (rows->count() > 0)
        return box;
    delete box;
    return nullptr;
}

QWidget* PlanPage::affectedOf(const Plan& plan)
{
    if (plan.affected.empty())
        return nullptr;
    auto* box = new QWidget;
    QVBoxLayout* const rows = column(box, 3);
    rows->addWidget(new TextLabel(theme(), {.dim = true}, tr("What it touches")));
    for (const AffectedObject& object : plan.affected)
        rows->addWidget(new TextLabel(theme(),
                                      {.tone = object.isLost ? Tone::Danger : Tone::Neutral},
                                      affectedText(object) +
                                          (object.isLost ? tr(" Its data goes.") : QString())));
    return box;
}

QWidget* PlanPage::statementsOf(const Plan& plan)
{
    if (plan.steps.empty())
        return nullptr;
    auto* box = new QWidget;
    QVBoxLayout* const rows = column(box, 6);
    for (const PlanStep& step : plan.steps) {
        const auto* const sql = std::get_if<SqlWork>(&step.work);
        rows->addWidget(new TextLabel(
            theme(),
            {.dim = true},
            sql != nullptr && sql->inTransaction
                ? tr("%1: SQL that will run, in one transaction").arg(toQString(step.title))
                : toQString(step.title)));
        QStringList lines;
        for (const std::string& text : stepLines({step}))
            lines << toQString(text);
        auto* code = new CommandBox(theme(), lines.join(QLatin1Char('\n')));
        code->setObjectName(QStringLiteral("planStep"));
        rows->addWidget(code);
    }
    return box;
}

QWidget* PlanPage::phraseOf(const Plan& plan)
{
    if (plan.steps.empty() || plan.confirmation.level == ConfirmationLevel::Click)
        return nullptr;
    auto* box = new QWidget;
    QVBoxLayout* const rows = column(box, 6);
    auto* label = new TextLabel(theme(), {});
    label->setObjectName(QStringLiteral("phraseWords"));
    QString words =
        tr("Type <b>%1</b> to confirm").arg(toQString(plan.confirmation.phrase).toHtmlEscaped());
    if (!plan.confirmation.numberOf.empty())
        words += tr(" (the number: %1)").arg(toQString(plan.confirmation.numberOf).toHtmlEscaped());
    label->setRich(words);
    rows->addWidget(label);
    m_phrase = new QLineEdit;
    m_phrase->setObjectName(QStringLiteral("planPhrase"));
    m_phrase->setAccessibleName(tr("Phrase"));
    m_phrase->setFont(theme().codeFont());
    m_phrase->setMinimumWidth(phraseWidth);
    m_phrase->setMaximumWidth(2 * phraseWidth);
    connect(m_phrase, &QLineEdit::textChanged, this, &PlanPage::followPhrase);
    rows->addWidget(m_phrase);
    return box;
}

void PlanPage::followPhrase()
{
    Q_EMIT changed();
}

} // namespace sightglass
