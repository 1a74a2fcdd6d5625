// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/diagnosis_words.h"

#include "ui/text.h"

#include <QCoreApplication>

namespace sightglass {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::DiagnosisWords", text);
}
} // namespace

Tone toneOf(const Diagnosis& diagnosis)
{
    const Tone tone = Theme::toneOf(diagnosis.severity);
    if (tone != Tone::Neutral)
        return tone;
    return diagnosis.state == DatabaseState::Healthy && diagnosis.hasDatabase ? Tone::Good
                                                                              : Tone::Neutral;
}

QString stateText(const Diagnosis& diagnosis)
{
    if (!diagnosis.hasDatabase && !isUnhealthy(diagnosis.state))
        return tr("Files only");
    return toQString(badgeText(diagnosis.state));
}

QString iconOf(const Diagnosis& diagnosis)
{
    switch (toneOf(diagnosis)) {
    case Tone::Good:
        return QStringLiteral("check");
    case Tone::Neutral:
    case Tone::Accent:
        return QStringLiteral("info");
    case Tone::Warning:
    case Tone::Danger:
        return QStringLiteral("warning");
    }
    return QStringLiteral("info");
}

Pill gradePill(Grade grade)
{
    return {.text = toQString(toText(grade)),
            .tone = grade == Grade::Read ? Tone::Good : Tone::Accent};
}

QString gradeSentence(Grade grade)
{
    switch (grade) {
    case Grade::Read:
        return tr("Read from a file, without running it.");
    case Grade::Asked:
        return tr("Asked of the live catalog.");
    case Grade::Rehearsed:
        return tr("Run on a scratch copy.");
    case Grade::Run:
        return tr("Run by the project's own Alembic.");
    }
    return {};
}

QString revisionToShow(const Diagnosis& diagnosis)
{
    for (const Evidence& evidence : diagnosis.evidence) {
        if (!evidence.revision.empty())
            return toQString(evidence.revision);
    }
    return {};
}

} // namespace sightglass
