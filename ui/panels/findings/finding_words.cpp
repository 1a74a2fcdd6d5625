// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings/finding_words.h"

#include "core/report/review_words.h"
#include "core/rules/pages.h"
#include "ui/text.h"

#include <QCoreApplication>

namespace sightglass {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::FindingWords", text);
}
} // namespace

QChar severitySign(Severity severity)
{
    switch (Theme::toneOf(severity)) {
    case Tone::Danger:
        return QChar(0x25CF);
    case Tone::Warning:
        return QChar(0x25B2);
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Good:
        return QChar(0x25A0);
    }
    return QChar(0x25A0);
}

QString firstSentence(const QString& text)
{
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        const bool ends = text[i] == QLatin1Char('.') && text[i + 1].isSpace();
        // "e. g. this" goes on: a sentence begins with a capital letter, a digit or a quote.
        if (ends && (i + 2 >= text.size() || !text[i + 2].isLower()))
            return text.left(i + 1);
    }
    return text;
}

QString evidenceWords(const Finding& finding)
{
    return toQString(evidenceText(finding.evidence));
}

bool hasRulePage(const Finding& finding)
{
    return !rulePage(finding.rule).empty();
}

QString ruleTitle(const std::string& rule)
{
    const std::string_view page = rulePage(rule);
    if (!page.starts_with("# "))
        return toQString(rule);
    return toQString(page.substr(2, page.find('\n') - 2));
}

QString fixWords(const Finding& finding)
{
    QStringList titles;
    for (const Fix& fix : finding.fixes)
        titles << toQString(fix.title);
    if (!finding.instead.empty())
        titles << tr("Show safe form");
    else if (titles.isEmpty() && hasRulePage(finding))
        titles << tr("Open the rule");
    return titles.join(QStringLiteral(" · "));
}

QString silenceLine(const Finding& finding, const QString& reason)
{
    const bool sql = finding.span.file.ends_with(".sql");
    return QStringLiteral("%1 danger-ok: %2 %3")
        .arg(sql ? QStringLiteral("--") : QStringLiteral("#"),
             toQString(finding.rule),
             reason.simplified());
}

} // namespace sightglass
