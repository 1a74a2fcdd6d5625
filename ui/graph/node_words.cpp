// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/node_words.h"

#include "ui/text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace sightglass {

namespace {

constexpr auto fileNameRule = "file-name-mismatch";

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::GraphMap", text);
}

QString shortId(const std::string& id)
{
    const QString text = toQString(id);
    return text.size() <= longestShownId ? text : text.left(longestShownId - 1) + QChar(0x2026);
}

/// "189b1231afd4_bootstrap.py" → "189b1…": the part of the file name that is not the id.
QString fileMark(const Revision& revision)
{
    const QString name = fileName(revision.span.file);
    const QString id = name.section(QLatin1Char('_'), 0, 0);
    return id.size() > 6 ? id.left(5) + QChar(0x2026) : id;
}

/// Counts of the worst severity: "3 critical". Low and info are told in the hover card only.
std::optional<Pill> worstPill(const Inspection& inspection,
                              const std::vector<std::uint32_t>& findings)
{
    if (findings.empty())
        return std::nullopt;
    const Severity worst = inspection.findings[findings.front()].severity;
    if (worst > Severity::Medium)
        return std::nullopt;
    const auto count = std::count_if(findings.begin(), findings.end(), [&](std::uint32_t finding) {
        return inspection.findings[finding].severity == worst;
    });
    return Pill{.text = QStringLiteral("%1 %2").arg(count).arg(toQString(toText(worst))),
                .tone = Theme::toneOf(worst)};
}

QString idsOf(const GraphPicture& picture, const std::vector<NodeIndex>& nodes)
{
    QStringList ids;
    for (const NodeIndex node : nodes)
        ids.append(picture.look(node).kind == NodeKind::Run ? picture.look(node).title
                                                            : toQString(picture.idOf(node)));
    return ids.join(QStringLiteral(", "));
}

QString problemCount(std::size_t count)
{
    return count == 1 ? tr("1 problem") : tr("%1 problems").arg(count);
}

} // namespace

QString revisionCount(std::size_t count)
{
    return count == 1 ? tr("1 revision")
                      : tr("%1 revisions").arg(QLocale(QLocale::English).toString(count));
}

NodeLook
revisionLook(const Inspection& inspection, RevisionIndex index, const FindingsByRevision& findings)
{
    const Revision& revision = inspection.graph->revision(index);
    const auto& numbers = findings.of(revision.id);
    QString title = toQString(revision.message).simplified();
    if (title.isEmpty())
        title = tr("no message");
    const auto& at = inspection.databaseAt;
    return {.kind = NodeKind::Revision,
            .title = title,
            .id = shortId(revision.id),
            .pills = {},
            .state = stateOf(inspection, index),
            .worst =
                numbers.empty() ? Severity::Info : inspection.findings[numbers.front()].severity,
            .findings = numbers.size(),
            .copies = 1,
            .databaseHere = std::find(at.begin(), at.end(), index) != at.end(),
            .head = inspection.graph->isHead(index)};
}

void addPills(NodeLook& look,
              const Inspection& inspection,
              RevisionIndex index,
              const FindingsByRevision& findings)
{
    const Revision& revision = inspection.graph->revision(index);
    const auto& numbers = findings.of(revision.id);
    const auto worst = worstPill(inspection, numbers);
    // Where there is room for one, danger goes before place.
    const bool danger = worst && worst->tone == Tone::Danger;
    if (danger)
        look.pills.push_back(*worst);
    if (look.noTrace)
        look.pills.push_back({.text = tr("no trace"), .tone = Tone::Warning});
    if (look.head)
        look.pills.push_back({.text = tr("head"), .tone = Tone::Accent});
    if (look.copies > 1)
        look.pills.push_back({.text = tr("%1 files").arg(look.copies), .tone = Tone::Danger});
    if (look.inCycle)
        look.pills.push_back({.text = tr("cycle"), .tone = Tone::Danger});
    const bool misnamed = findings.names(revision.id, fileNameRule);
    if (misnamed)
        look.pills.push_back(
            {.text = tr("file: %1").arg(fileMark(revision)), .tone = Tone::Warning});
    const bool toldAlready = misnamed && numbers.size() == 1;
    if (worst && !danger && !toldAlready)
        look.pills.push_back(*worst);
    for (const RevisionReference& label : revision.labels)
        look.pills.push_back(
            {.text = toQString(label.id), .tone = Tone::Neutral, .outlined = true});
}

NodeLook runLook(const Inspection& inspection, const std::vector<RevisionIndex>& members)
{
    const RevisionState state = stateOf(inspection, members.front());
    const bool shared = std::all_of(members.begin(), members.end(), [&](RevisionIndex member) {
        return stateOf(inspection, member) == state;
    });
    return {.kind = NodeKind::Run,
            .title = revisionCount(members.size()),
            .id = {},
            .pills = {},
            .state = shared ? state : RevisionState::NotKnown};
}

NodeLook ghostLook(NodeKind kind, const std::string& id)
{
    const bool missing = kind == NodeKind::Missing;
    NodeLook look{.kind = kind,
                  .title = missing ? tr("missing revision") : tr("unknown revision"),
                  .id = shortId(id),
                  .pills = {},
                  .state = missing ? RevisionState::Missing : RevisionState::OnlyInDatabase,
                  .worst = Severity::Critical,
                  .findings = 0,
                  .copies = 1,
                  .databaseHere = !missing};
    if (!missing)
        look.pills.push_back({.text = tr("only in database"), .tone = Tone::Danger});
    return look;
}

QString spokenName(const GraphPicture& picture, NodeIndex node)
{
    const NodeLook& look = picture.look(node);
    QStringList parts;
    if (look.kind != NodeKind::Run)
        parts.append(toQString(picture.idOf(node)));
    parts.append(look.title);
    if (look.kind == NodeKind::Run)
        parts.append(tr("folded"));
    if (look.state == RevisionState::Applied || look.state == RevisionState::Pending ||
        look.state == RevisionState::OnlyInDatabase)
        parts.append(stateWord(look.state));
    if (look.head)
        parts.append(tr("head"));
    if (look.databaseHere)
        parts.append(tr("database is here"));
    if (look.looksLike)
        parts.append(tr("the schema looks like this"));
    if (look.noTrace)
        parts.append(tr("left no trace"));
    if (look.copies > 1)
        parts.append(tr("defined by %1 files").arg(look.copies));
    if (look.findings > 0)
        parts.append(problemCount(look.findings));
    return parts.join(QStringLiteral(", "));
}

QString spokenPlace(const GraphPicture& picture, NodeIndex node)
{
    QStringList parts;
    const auto& older = picture.older(node);
    const auto& newer = picture.newer(node);
    parts.append(older.empty() ? tr("builds on nothing")
                               : tr("builds on %1").arg(idsOf(picture, older)));
    parts.append(newer.empty() ? tr("nothing builds on it")
                               : tr("followed by %1").arg(idsOf(picture, newer)));
    return parts.join(QStringLiteral("; "));
}

QString hoverText(const GraphPicture& picture, NodeIndex node)
{
    const NodeLook& look = picture.look(node);
    const Inspection& inspection = picture.inspection();
    QStringList lines;
    const auto add = [&lines](const QString& text) { lines.append(text.toHtmlEscaped()); };
    lines.append(QStringLiteral("<b>%1</b>").arg(look.title.toHtmlEscaped()));
    const auto& members = picture.node(node).members;
    if (look.kind == NodeKind::Run) {
        const auto& graph = *inspection.graph;
        add(tr("%1 down to %2")
                .arg(toQString(graph.revision(members.front()).id),
                     toQString(graph.revision(members.back()).id)));
        add(tr("Click to open in place."));
        return lines.join(QStringLiteral("<br>"));
    }
    lines.append(
        QStringLiteral("<code>%1</code>").arg(toQString(picture.idOf(node)).toHtmlEscaped()));
    if (look.kind == NodeKind::Revision) {
        const Revision& revision = inspection.graph->revision(members.front());
        if (revision.created)
            add(toQString(*revision.created));
        add(fileName(revision.span.file));
    }
    add(stateSentence(inspection, look.state));
    if (look.databaseHere && look.kind == NodeKind::Revision)
        add(tr("The database is here."));
    if (look.looksLike || look.noTrace)
        add(driftSentence(DriftMarks(inspection), picture.idOf(node)));
    constexpr std::size_t mostLines = 5;
    std::size_t shown = 0;
    for (const Finding& finding : inspection.findings) {
        if (finding.revision != picture.idOf(node))
            continue;
        if (shown++ < mostLines)
            add(QStringLiteral("%1: %2").arg(severityWord(finding.severity),
                                             toQString(finding.title)));
    }
    if (shown > mostLines)
        add(tr("and %1 more").arg(shown - mostLines));
    return lines.join(QStringLiteral("<br>"));
}

} // namespace sightglass
