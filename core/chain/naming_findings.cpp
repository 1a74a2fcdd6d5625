// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/chain_rules.h"
#include "core/chain/hand_made_id.h"
#include "core/chain/wording.h"

#include <algorithm>

namespace sightglass {

namespace {

Finding finding(std::string rule, Severity severity, wording::Text text, const Revision& revision)
{
    Finding result{.rule = std::move(rule), .category = "chain", .severity = severity};
    result.title = std::move(text.title);
    result.detail = std::move(text.detail);
    result.revision = revision.id;
    result.span = revision.span;
    return result;
}

std::vector<std::string> sorted(std::vector<std::string> ids)
{
    std::ranges::sort(ids);
    const auto rest = std::ranges::unique(ids);
    ids.erase(rest.begin(), rest.end());
    return ids;
}

std::vector<std::string> downIds(const Revision& revision)
{
    std::vector<std::string> ids;
    for (const RevisionReference& reference : revision.down)
        ids.push_back(reference.id);
    return sorted(std::move(ids));
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void addFileName(const ChainFacts& facts, RevisionIndex index, std::vector<Finding>& findings)
{
    const Revision& revision = facts.graph.revision(index);
    const std::string_view file = fileNameOf(revision.span.file);
    const Fix rename{.id = "rename-file", .title = "Rename the file"};
    if (const std::string& named = facts.names.foreignId(index); !named.empty()) {
        const bool isMissing =
            std::ranges::find(facts.graph.missing(), named, &MissingRevision::id) !=
            facts.graph.missing().end();
        Finding found = finding("file-name-mismatch",
                                Severity::Medium,
                                wording::fileNameMismatch(file, named, revision.id, isMissing),
                                revision);
        if (const auto owner = facts.graph.find(named))
            found.related.push_back(facts.graph.revision(*owner).span);
        found.object = named;
        found.fixes = {rename};
        findings.push_back(std::move(found));
    } else if (!facts.names.carriesOwnId(index) && facts.names.mostCarryTheirs()) {
        Finding found = finding("file-name-mismatch",
                                Severity::Info,
                                wording::fileNameLacksId(file, revision.id),
                                revision);
        found.fixes = {rename};
        findings.push_back(std::move(found));
    }
}

void addDocstring(const Revision& revision, std::vector<Finding>& findings)
{
    if (revision.docRevises) {
        const auto written = sorted(*revision.docRevises);
        const auto code = downIds(revision);
        if (written != code) {
            Finding found = finding("revises-line-mismatch",
                                    Severity::Low,
                                    wording::revisesLine(revision.id, written, code),
                                    revision);
            if (!revision.docRevisesSpan.file.empty()) {
                found.related.push_back(revision.downSpan.file.empty() ? revision.span
                                                                       : revision.downSpan);
                found.span = revision.docRevisesSpan;
            }
            findings.push_back(std::move(found));
        }
    }
    if (revision.docRevisionId && revision.docRevisionId->id != revision.id) {
        Finding found = finding("revision-id-line-mismatch",
                                Severity::Low,
                                wording::revisionIdLine(revision.id, revision.docRevisionId->id),
                                revision);
        if (!revision.docRevisionId->span.file.empty()) {
            found.related.push_back(revision.span);
            found.span = revision.docRevisionId->span;
        }
        findings.push_back(std::move(found));
    }
}

} // namespace

void addNamingFindings(const ChainFacts& facts, std::vector<Finding>& findings)
{
    for (RevisionIndex i = 0; i < facts.graph.size(); ++i) {
        const Revision& revision = facts.graph.revision(i);
        addFileName(facts, i, findings);
        addDocstring(revision, findings);
        const std::size_t length = characters(revision.id);
        const auto width = facts.versionColumnWidth;
        if (width && *width >= 0 && length > static_cast<std::size_t>(*width)) {
            findings.push_back(finding("revision-id-too-long",
                                       Severity::High,
                                       wording::idTooLong(revision.id, length, *width),
                                       revision));
        }
        if (looksHandMade(revision.id)) {
            findings.push_back(finding("hand-made-revision-id",
                                       Severity::Info,
                                       wording::handMadeId(revision.id),
                                       revision));
            findings.back().confidence = Confidence::Likely;
        }
    }
}

} // namespace sightglass
