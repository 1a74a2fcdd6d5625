// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/impact.h"
#include "app/review_project.h"
#include "app/visit.h"
#include "core/base/files_once.h"
#include "core/report/outlook_report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

namespace sightglass::commands::diagnose {

namespace {

struct DiagnoseOptions
{
    bool remember = false;
    bool scan = false;
};

/// Whether it is known what an upgrade of the database would run, and it is something.
bool hasPending(const Inspection& inspection)
{
    return inspection.live != nullptr && !inspection.applied.empty() &&
           inspection.diagnosis.pendingUnknown.empty() && !inspection.diagnosis.pending.empty();
}

/// What lies beyond the state: the visit, the review of what is pending, and what follows from it.
Result<Outlook> outlookOn(Inspection& inspection,
                          const InspectRequest& request,
                          const DiagnoseOptions& options,
                          const RunContext& run)
{
    const DiskFileSystem disk;
    const FilesOnce files(disk);
    Outlook outlook;
    if (hasPending(inspection)) {
        auto reviewed = reviewPending(files, inspection, run);
        if (!reviewed)
            return failure(std::move(reviewed.error()));
        addReview(inspection,
                  std::make_shared<const ReviewResult>(std::move(reviewed->result)),
                  std::move(reviewed->beforeUpgrade));
    }
    const auto target = targetOf(request, inspection.scripts->project);
    if (inspection.live != nullptr && target && *target) {
        outlook.visit = visitDatabase(files, inspection, **target, options.remember);
        addVisit(inspection, *outlook.visit);
        outlook.start = startCheckOf(inspection);
    }
    if (inspection.history != nullptr)
        outlook.impact = impactOf(files, inspection, options.scan, run);
    return outlook;
}

ExitStatus run(const CommonOptions& common, const DiagnoseOptions& options, CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    InspectRequest request = requestOf(common);
    request.operations = true;
    auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto outlook = outlookOn(*inspection, request, options, context.run);
    if (!outlook) {
        printError(context, outlook.error());
        return statusOf(outlook.error());
    }
    context.out << (common.format == "json" ? diagnoseJson(*inspection, *outlook)
                                            : diagnoseText(*inspection, *outlook));
    const bool swapped =
        outlook->visit && std::ranges::any_of(outlook->visit->changes, &IdentityChange::alarming);
    if (status == ExitStatus::Done && (swapped || isUnhealthy(inspection->diagnosis.state)))
        return ExitStatus::FindingsFound;
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<DiagnoseOptions>();
    app.add_flag("--remember",
                 options->remember,
                 "take the database as it is now for the one that was meant");
    app.add_flag("--scan",
                 options->scan,
                 "also read the containers, scripts and code around the migrations");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "diagnose",
    .summary = "What state the database is in, how that is known, and the ways back",
    .examples = "  sightglass-cli diagnose --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli diagnose --dsn-from-project --format json\n"
                "  SIGHTGLASS_DSN=\"service=shop\" sightglass-cli diagnose",
    .declare = declare,
};

} // namespace sightglass::commands::diagnose
