// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/diagnosis_words.h"

#include "ui/age_text.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/identity_card.h"
#include "ui/panels/diagnosis/start_card.h"
#include "ui/panels/revision_facts.h"
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

namespace {

/// Findings that count, of revisions in a state.
struct FoundBySeverity
{
    std::size_t critical = 0;
    std::size_t high = 0;
    std::size_t open = 0; ///< revisions that are not fully analysed
};

FoundBySeverity foundIn(const Inspection& inspection, bool onlyPending)
{
    FoundBySeverity found;
    for (const ReviewedRevision& revision : inspection.review->revisions) {
        const auto index = inspection.graph->find(revision.id);
        if (onlyPending && (!index || stateOf(inspection, *index) != RevisionState::Pending))
            continue;
        found.open += revision.notAnalysed.empty() ? 0 : 1;
        for (const Finding& finding : revision.findings) {
            if (!finding.suppressed.empty())
                continue;
            found.critical += finding.severity == Severity::Critical ? 1 : 0;
            found.high += finding.severity == Severity::High ? 1 : 0;
        }
    }
    return found;
}

QString countWords(std::size_t count, const char* severity, const QString& where)
{
    return count == 1 ? QStringLiteral("1 %1 finding %2.").arg(QLatin1String(severity), where)
                      : QStringLiteral("%1 %2 findings %3.")
                            .arg(count)
                            .arg(QLatin1String(severity), where);
}

/// "12 critical findings in the pending revisions."; empty when there is nothing to warn of.
QString reviewWords(const FoundBySeverity& found, const QString& where)
{
    if (found.critical > 0)
        return countWords(found.critical, "critical", where);
    if (found.high > 0)
        return countWords(found.high, "high", where);
    if (found.open > 0)
        return found.open == 1 ? tr("1 revision is not fully analysed.")
                               : tr("%1 revisions are not fully analysed.").arg(found.open);
    return {};
}

} // namespace

namespace {

/// What may be different by now is not said as if it were so.
void addAge(const Inspection& inspection, BannerWords& words)
{
    if (!inspection.refreshError || inspection.live == nullptr)
        return;
    words.detail = tr("This was so %1; the database could not be read again. ")
                       .arg(ageText(ageOf(inspection.live->readAt))) +
                   words.detail;
    if (words.tone == Tone::Good || words.tone == Tone::Neutral) {
        words.tone = Tone::Warning;
        words.icon = QStringLiteral("warning");
    }
}

/// Who stands in the way of an upgrade, and what an earlier visit noticed.
void addOutlook(const Inspection& inspection, BannerWords& words)
{
    if (inspection.outlook == nullptr)
        return;
    QStringList sentences;
    const StartCheck* const check = startCheckToShow(inspection);
    if (check != nullptr && !check->blockers.empty())
        sentences << startWords(*check).sentence << toQString(check->blockers.front().text);
    if (inspection.outlook->visit)
        sentences << noticedSentence(*inspection.outlook->visit);
    sentences.removeAll(QString());
    if (sentences.isEmpty())
        return;
    if (!words.detail.isEmpty())
        words.detail += QLatin1Char(' ');
    words.detail += sentences.join(QLatin1Char(' '));
    if (words.tone == Tone::Good || words.tone == Tone::Neutral) {
        words.tone = Tone::Warning;
        words.icon = QStringLiteral("warning");
    }
}

} // namespace

BannerWords bannerWords(const Inspection& inspection)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    BannerWords words{.title = toQString(diagnosis.title),
                      .detail = toQString(diagnosis.detail),
                      .tone = toneOf(diagnosis),
                      .icon = iconOf(diagnosis)};
    addAge(inspection, words);
    addOutlook(inspection, words);
    if (isUnhealthy(diagnosis.state) || inspection.review == nullptr)
        return words;
    const bool pending = diagnosis.state == DatabaseState::Pending;
    const FoundBySeverity found = foundIn(inspection, pending);
    const QString said =
        reviewWords(found, pending ? tr("in the pending revisions") : tr("in the revisions"));
    if (said.isEmpty())
        return words;
    // "Sound" is said of how the files hang together; beside findings it would be read as "safe".
    words.title.replace(QStringLiteral("The chain is sound."),
                        tr("Every revision is in its place."));
    words.title += QLatin1Char(' ') + said;
    const bool runs = diagnosis.state != DatabaseState::Healthy;
    if (runs && found.critical > 0) {
        words.tone = pending ? Tone::Danger : Tone::Warning;
        words.icon = QStringLiteral("warning");
    } else if (words.tone == Tone::Good || words.tone == Tone::Neutral) {
        words.tone = runs && found.high > 0 ? Tone::Warning : Tone::Neutral;
        words.icon =
            words.tone == Tone::Warning ? QStringLiteral("warning") : QStringLiteral("info");
    }
    return words;
}

QString staleSentence(const Inspection& inspection)
{
    if (!inspection.refreshError || inspection.live == nullptr)
        return {};
    return tr("What is said of the database was read %1; it could not be read again. %2")
        .arg(ageText(ageOf(inspection.live->readAt)), toQString(toText(*inspection.refreshError)));
}

QString placesHtml(const Theme& theme, const Inspection& inspection)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    if (diagnosis.inferred.empty())
        return {};
    const auto links = [&](const std::vector<std::string>& ids) {
        QStringList all;
        for (const std::string& id : ids)
            all << linkHtml(theme, QStringLiteral("revision"), toQString(id));
        return all.join(QStringLiteral(", "));
    };
    const QString recorded =
        diagnosis.versionRows.empty()
            ? tr("The version table names no revision.")
            : tr("The version table says %1.").arg(links(diagnosis.versionRows));
    return tr("%1 By its objects the schema is at %2.").arg(recorded, links(diagnosis.inferred));
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
