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

FreshWords freshWords(const Inspection& inspection)
{
    constexpr std::size_t mostDoubts = 3;
    FreshWords words;
    if (inspection.history == nullptr) {
        words.mark = {.text = tr("New database"), .outlined = true};
        words.sentence = tr("Whether a new database can be built is known once the revisions' "
                            "operations are read.");
        return words;
    }
    const FreshRun& run = inspection.history->freshRun();
    switch (run.outcome) {
    case FreshRun::Outcome::Succeeds:
        words.mark = {.text = tr("New database: can be built"), .tone = Tone::Good};
        words.sentence = tr("upgrade heads on an empty database would come to its end.");
        break;
    case FreshRun::Outcome::Stops:
        words.mark = {.text = tr("New database: stops"), .tone = Tone::Danger};
        words.sentence =
            run.revision.empty()
                ? tr("upgrade heads on an empty database would stop: %1").arg(toQString(run.error))
                : tr("upgrade heads on an empty database would stop at %1: %2")
                      .arg(toQString(run.revision), toQString(run.error));
        break;
    case FreshRun::Outcome::NotKnown:
        words.mark = {.text = tr("New database: not known"), .tone = Tone::Warning};
        words.sentence = tr("Nothing surely stops upgrade heads on an empty database, but not all "
                            "of it could be read.");
        break;
    }
    for (std::size_t i = 0; i < run.doubts.size() && i < mostDoubts; ++i)
        words.doubts << toQString(run.doubts[i]);
    if (run.doubts.size() > mostDoubts)
        words.doubts
            << tr("and %1 more that could not be read").arg(run.doubts.size() - mostDoubts);
    return words;
}

} // namespace sightglass
