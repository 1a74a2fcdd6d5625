// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings/finding_card.h"

#include "ui/panels/findings/finding_words.h"
#include "ui/panels/findings/silence_box.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/flow_text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolTip>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int roomInside = 12;

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString paragraph(const QString& html)
{
    return html.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(html);
}

Pill confidencePill(Confidence confidence)
{
    return {.text = toQString(toText(confidence)), .tone = Tone::Neutral, .outlined = true};
}

/// Places in their order, each once.
std::vector<SourceSpan> placesOf(const Finding& finding)
{
    std::vector<SourceSpan> places;
    const auto add = [&places](const SourceSpan& span) {
        const bool seen = std::ranges::any_of(places, [&](const SourceSpan& each) {
            return each.file == span.file && each.line == span.line;
        });
        if (!span.file.empty() && !seen)
            places.push_back(span);
    };
    add(finding.span);
    std::ranges::for_each(finding.related, add);
    return places;
}
} // namespace

FindingCard::FindingCard(const FindingCardContext& context, const Finding& finding, QWidget* parent)
    : Card(context.theme, Frame::Quiet, parent)
    , m_context(context)
    , m_finding(finding)
{
    setObjectName(QStringLiteral("findingCard"));
    setAccessibleName(toQString(finding.title));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    layout->setSpacing(7);
    addHeading(*layout);
    addText(*layout);
    addSafeForm(*layout);
    addButtons(*layout);
}

void FindingCard::addHeading(QVBoxLayout& layout)
{
    const Theme& theme = m_context.theme;
    auto* severity = new PillLabel(theme);
    Pill pill = severityPill(m_finding.severity);
    pill.text = QString(severitySign(m_finding.severity)) + QLatin1Char(' ') + pill.text;
    severity->setPill(pill);
    auto* confidence = new PillLabel(theme);
    confidence->setPill(confidencePill(m_finding.confidence));
    confidence->setToolTip(tr("How sure this is"));
    auto* rule = new ElidedLine(theme, {.size = TextSize::Small, .strong = true}, Qt::ElideMiddle);
    rule->setObjectName(QStringLiteral("findingRule"));
    rule->setText(toQString(m_finding.rule));
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(severity);
    row->addWidget(confidence);
    row->addWidget(rule, 1);
    layout.addLayout(row);
}

QString FindingCard::placesHtml() const
{
    QStringList links;
    const std::vector<SourceSpan> places = placesOf(m_finding);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QString path = m_context.shownPath(places[i].file);
        const QString shown =
            places[i].line > 0 ? QStringLiteral("%1:%2").arg(path).arg(places[i].line) : path;
        links << QStringLiteral("<a class=\"c\" href=\"place:%1\">%2</a>")
                     .arg(i)
                     .arg(shown.toHtmlEscaped());
    }
    return links.join(QStringLiteral("<br>"));
}

void FindingCard::addText(QVBoxLayout& layout)
{
    auto* text = new FlowText(m_context.theme);
    text->setObjectName(QStringLiteral("findingText"));
    text->setAccessibleName(toQString(m_finding.title));
    QString html = paragraph(QStringLiteral("<b>%1</b>").arg(escaped(m_finding.title))) +
                   paragraph(escaped(m_finding.detail));
    const QString evidence = evidenceWords(m_finding);
    if (!evidence.isEmpty())
        html += paragraph(tr("Known: %1").arg(evidence.toHtmlEscaped()));
    if (!m_finding.unsettled.empty())
        html +=
            paragraph(QStringLiteral("<span class=\"dim\">%1</span>")
                          .arg(tr("What would settle it: %1").arg(escaped(m_finding.unsettled))));
    if (!m_finding.fixes.empty()) {
        QStringList titles;
        for (const Fix& fix : m_finding.fixes)
            titles << escaped(fix.title);
        html += paragraph(tr("What helps: %1").arg(titles.join(QStringLiteral(" · "))));
    }
    html += paragraph(placesHtml());
    text->setRich(html);
    connect(text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        const auto places = placesOf(m_finding);
        const auto number = url.path().toULongLong();
        if (number < places.size())
            m_context.open(places[number]);
    });
    layout.addWidget(text);
}

void FindingCard::addSafeForm(QVBoxLayout& layout)
{
    if (m_finding.instead.empty())
        return;
    layout.addWidget(new TextLabel(m_context.theme, {.strong = true}, tr("Safe form")));
    auto* code = new CodeBlock(m_context.theme, toQString(m_finding.instead));
    code->setObjectName(QStringLiteral("safeForm"));
    code->setAccessibleName(tr("Safe form"));
    layout.addWidget(code);
}

QPushButton* FindingCard::button(const char* name, const QString& text)
{
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setProperty("kind", QStringLiteral("small"));
    made->setMinimumHeight(24);
    return made;
}

void FindingCard::addButtons(QVBoxLayout& layout)
{
    auto* row = new QWidget;
    auto* flow = new FlowLayout(6, row);
    if (!m_finding.instead.empty()) {
        QPushButton* const copy = button("copySafeForm", tr("Copy safe form"));
        connect(copy, &QPushButton::clicked, this, [this, copy] {
            QGuiApplication::clipboard()->setText(toQString(m_finding.instead));
            QToolTip::showText(copy->mapToGlobal(copy->rect().bottomLeft()), tr("Copied"), copy);
        });
        flow->addWidget(copy);
    }
    if (hasRulePage(m_finding)) {
        QPushButton* const page = button("rulePage", tr("Rule page"));
        connect(page, &QPushButton::clicked, this, [this] {
            m_context.requests.ask(ShowRule{toQString(m_finding.rule)});
        });
        flow->addWidget(page);
    }
    if (!m_finding.span.file.empty()) {
        QPushButton* const open = button("openFinding", tr("Open in editor"));
        connect(open, &QPushButton::clicked, this, [this] {
            m_context.requests.ask(
                OpenInEditor{.file = toQString(m_finding.span.file), .line = m_finding.span.line});
        });
        flow->addWidget(open);
    }
    SilenceBox* box = nullptr;
    if (hasRulePage(m_finding) && !m_finding.span.file.empty()) {
        QPushButton* const silence = button("silence", tr("Silence with a reason…"));
        silence->setCheckable(true);
        box = new SilenceBox(m_context.theme, m_finding, this);
        box->hide();
        connect(silence, &QPushButton::toggled, this, [box](bool on) {
            box->setVisible(on);
            if (on)
                box->begin();
        });
        flow->addWidget(silence);
    }
    if (flow->count() == 0) {
        delete row;
        return;
    }
    layout.addWidget(row);
    if (box != nullptr)
        layout.addWidget(box);
}

} // namespace sightglass
