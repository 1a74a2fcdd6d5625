// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/around_card.h"

#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {

constexpr int roomInside = 18;
constexpr int leastColumn = 340;
constexpr std::size_t mostStarts = 4;
constexpr std::size_t mostVolumes = 3;

QString tr(const char* text)
{
    return AroundCard::tr(text);
}

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

AroundLine environmentLine(const EnvironmentSanity& environment)
{
    AroundLine line{.mark = {.text = tr("env.py"), .tone = Tone::Good}, .text = {}, .span = {}};
    if (!environment.read) {
        line.mark.tone = Tone::Warning;
        line.text = tr("Not read: %1.").arg(toQString(environment.whyNot));
        return line;
    }
    if (!environment.metadataFound || !environment.unimported.empty() ||
        environment.urlSource.empty())
        line.mark.tone = Tone::Warning;
    QString models =
        environment.metadataFound
            ? counted(environment.tables,
                      tr("target_metadata holds 1 table"),
                      tr("target_metadata holds %1 tables"))
            : tr("target_metadata: %1")
                  .arg(environment.metadataWhyNot.empty() ? tr("not read")
                                                          : toQString(environment.metadataWhyNot));
    if (!environment.unimported.empty())
        models += counted(environment.unimported.size(),
                          tr("; 1 file of models is not imported"),
                          tr("; %1 files of models are not imported"));
    line.text = models + QLatin1Char('.') + QLatin1Char(' ') +
                (environment.urlSource.empty()
                     ? tr("No place was found that names a database.")
                     : tr("The database comes from %1.").arg(toQString(environment.urlSource)));
    return line;
}

/// Calls of application code that make tables without the chain.
AroundLine createAllLine(const std::vector<SchemaCall>& calls)
{
    std::vector<const SchemaCall*> found;
    for (const SchemaCall& call : calls) {
        if (call.kind == SchemaCallKind::CreateAll && call.place == ProjectPlace::Application)
            found.push_back(&call);
    }
    if (found.empty())
        return {.mark = {.text = tr("create_all"), .tone = Tone::Good},
                .text =
                    tr("No code of the application was found that makes tables beside the chain."),
                .span = {}};
    return {.mark = {.text = tr("create_all"), .tone = Tone::Warning},
            .text = counted(found.size(),
                            tr("One place of the application makes tables beside the chain."),
                            tr("%1 places of the application make tables beside the chain.")),
            .span = found.front()->span};
}

Tone toneOf(StartVerdict verdict)
{
    switch (verdict) {
    case StartVerdict::UpgradesFirst:
    case StartVerdict::UpgradesOnly:
    case StartVerdict::ByAnother:
        return Tone::Good;
    case StartVerdict::UpgradesItself:
    case StartVerdict::UpgradesAfter:
    case StartVerdict::NoUpgrade:
        return Tone::Warning;
    case StartVerdict::NotKnown:
        break;
    }
    return Tone::Neutral;
}

void addStarts(const ProjectScan& scan, std::vector<AroundLine>& lines)
{
    if (scan.starts.empty()) {
        lines.push_back(
            {.mark = {.text = tr("start"), .tone = Tone::Neutral},
             .text = tr("No compose file or Dockerfile starts the project's Python code."),
             .span = {}});
        return;
    }
    for (std::size_t i = 0; i < std::min(scan.starts.size(), mostStarts); ++i) {
        const ContainerStart& start = scan.starts[i];
        const QString name = start.service.empty() ? tr("The image")
                                                   : tr("Service %1").arg(toQString(start.service));
        lines.push_back({.mark = {.text = tr("start"), .tone = toneOf(start.verdict)},
                         .text = name + QStringLiteral(": ") + toQString(startWords(start)) +
                                 (start.forTests ? tr(" (for tests).") : QStringLiteral(".")),
                         .span = start.span});
    }
    if (scan.starts.size() > mostStarts)
        lines.push_back({.mark = {.text = tr("start"), .tone = Tone::Neutral},
                         .text = tr("and %1 more").arg(scan.starts.size() - mostStarts),
                         .span = {}});
}

AroundLine volumeLine(const DatabaseVolume& volume)
{
    const bool kept = volume.kind == MountKind::Named || volume.kind == MountKind::Bind;
    const QString what =
        QString::fromLatin1(toText(volume.kind).data()) +
        (volume.name.empty() ? QString() : QLatin1Char(' ') + toQString(volume.name));
    return {.mark = {.text = tr("data"), .tone = kept ? Tone::Good : Tone::Warning},
            .text = tr("Service %1 keeps its data in: %2.").arg(toQString(volume.service), what),
            .span = volume.span};
}

void addVolumes(const ProjectScan& scan, std::vector<AroundLine>& lines)
{
    for (std::size_t i = 0; i < std::min(scan.volumes.size(), mostVolumes); ++i)
        lines.push_back(volumeLine(scan.volumes[i]));
    for (const StaleVolume& stale : scan.staleVolumes)
        lines.push_back({.mark = {.text = tr("data"), .tone = Tone::Warning},
                         .text = tr("Volume %1 is an older one: %2")
                                     .arg(toQString(stale.name), toQString(stale.reason)),
                         .span = {}});
    if (!scan.volumes.empty() && !scan.docker.asked)
        lines.push_back(
            {.mark = {.text = tr("data"), .tone = Tone::Neutral, .outlined = true},
             .text =
                 tr("Which volumes exist was not asked: %1.").arg(toQString(scan.docker.whyNot)),
             .span = {}});
}

AroundLine deletingLine(const std::vector<DestructiveCommand>& commands)
{
    const auto asked = static_cast<std::size_t>(
        std::ranges::count_if(commands, [](const DestructiveCommand& each) { return each.asks; }));
    if (commands.empty())
        return {.mark = {.text = tr("deletes"), .tone = Tone::Good},
                .text = tr("No script or target was found that deletes a database or its volume."),
                .span = {}};
    AroundLine line{.mark = {.text = tr("deletes"),
                             .tone = asked == commands.size() ? Tone::Neutral : Tone::Warning},
                    .text = counted(commands.size(),
                                    tr("1 command deletes a database or its volume"),
                                    tr("%1 commands delete a database or its volume")),
                    .span = {}};
    line.text += asked == commands.size() ? tr("; somebody is asked before.")
                                          : counted(commands.size() - asked,
                                                    tr("; 1 of them asks nobody."),
                                                    tr("; %1 of them ask nobody."));
    const auto first = std::ranges::find(commands, false, &DestructiveCommand::asks);
    if (first != commands.end())
        line.span = {.file = first->file, .line = first->line};
    return line;
}

void addSqlFiles(const ProjectScan& scan, std::vector<AroundLine>& lines)
{
    if (scan.sqlFiles.empty())
        return;
    const SqlFileFacts& first = scan.sqlFiles.front();
    lines.push_back({.mark = {.text = tr("SQL"), .tone = Tone::Neutral},
                     .text = counted(scan.sqlFiles.size(),
                                     tr("1 SQL file stands beside the chain."),
                                     tr("%1 SQL files stand beside the chain.")),
                     .span = {.file = first.path.string(), .line = 1}});
}

} // namespace

std::vector<AroundLine> aroundLines(const ProjectScan& scan)
{
    std::vector<AroundLine> lines{environmentLine(scan.environment),
                                  createAllLine(scan.schemaCalls)};
    addStarts(scan, lines);
    addVolumes(scan, lines);
    lines.push_back(deletingLine(scan.destructive));
    addSqlFiles(scan, lines);
    for (const std::string& note : scan.notes)
        lines.push_back({.mark = {.text = AroundCard::tr("note"), .outlined = true},
                         .text = toQString(note),
                         .span = {}});
    return lines;
}

AroundCard::AroundCard(const Theme& theme,
                       const ProjectScan& scan,
                       const std::function<void(const SourceSpan&)>& open,
                       QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("aroundCard"));
    setAccessibleName(tr("Around the migrations"));
    auto* layout = new ColumnsLayout(leastColumn, 2, 11, this);
    layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    const double widest = pillSize({.text = tr("create_all")}, theme.smallFont()).width();
    for (const AroundLine& line : aroundLines(scan)) {
        auto* row = new QWidget;
        auto* cells = new QHBoxLayout(row);
        cells->setContentsMargins(0, 0, 0, 0);
        cells->setSpacing(9);
        auto* mark = new PillLabel(theme);
        mark->setPill(line.mark);
        mark->setLeastWidth(static_cast<int>(widest) + 1);
        cells->addWidget(mark, 0, Qt::AlignTop);
        auto* text = new TextLabel(theme, {});
        text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        text->setText(line.text);
        if (!line.span.file.empty()) {
            text->setRich(
                line.text.toHtmlEscaped() + QLatin1Char(' ') +
                linkHtml(
                    theme, QStringLiteral("place"), QStringLiteral("here"), placeText(line.span)));
            text->setObjectName(QStringLiteral("aroundLink"));
            connect(text, &QLabel::linkActivated, this, [open, span = line.span] { open(span); });
        }
        cells->addWidget(text, 1);
        layout->addWidget(row);
    }
}

} // namespace sightglass
