// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/revision_file.h"

#include "core/python/quick_scan.h"
#include "core/scripts/docstring_facts.h"
#include "core/scripts/identifiers.h"
#include "core/scripts/python_text.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// A place that is known only by its byte.
TextRange rangeAt(std::string_view text, std::size_t at)
{
    at = std::min(at, text.size());
    const std::string_view before = text.substr(0, at);
    const auto newline = before.rfind('\n');
    const int line = static_cast<int>(std::ranges::count(before, '\n')) + 1;
    const int column =
        static_cast<int>(newline == std::string_view::npos ? at : at - newline - 1) + 1;
    return {.begin = at,
            .end = at,
            .line = line,
            .column = column,
            .endLine = line,
            .endColumn = column};
}

FileProblem encodingProblem(const RevisionFileRequest& request, const PythonText& decoded)
{
    const bool zero = decoded.alembic.find("null bytes") != std::string::npos;
    return {.kind = zero ? FileProblem::Kind::SyntaxError : FileProblem::Kind::NotUtf8,
            .detail = "The file " + decoded.problem + ".",
            .span =
                SpanSource{.file = request.file}.span(rangeAt(request.bytes, decoded.problemAt)),
            .revision = {},
            .alembic = decoded.alembic};
}

FileProblem syntaxProblem(const SyntaxNode& error, const SpanSource& source)
{
    TextRange range = error.range();
    // An error node can span half a file; its first line is the place to look at.
    const auto newline = error.text().find('\n');
    if (newline != std::string_view::npos) {
        range.end = range.begin + newline;
        range.endLine = range.line;
        range.endColumn = range.column + static_cast<int>(newline);
    }
    return {.kind = FileProblem::Kind::SyntaxError,
            .detail = "Python can't read the file from line " + std::to_string(range.line) +
                      " on (syntax error); mend it, or restore it from version control.",
            .span = source.span(range),
            .revision = {},
            .alembic =
                "SyntaxError; no command of this environment works until the file is mended"};
}

/// The text up to where the last top-level statement begins: what follows may be cut in two.
std::string_view completeStatements(std::string_view text)
{
    for (std::size_t end = text.rfind('\n'); end != std::string_view::npos && end > 0;
         end = text.rfind('\n', end - 1)) {
        const char next = end + 1 < text.size() ? text[end + 1] : ' ';
        const bool name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                          next == '_' || next == '@';
        if (name)
            return text.substr(0, end + 1);
    }
    return text;
}

/// Python decodes strings and names; wrong bytes in comments don't stop it.
bool wrongOnlyInComments(std::string text)
{
    const auto tree = SyntaxTree::parse(text);
    if (!tree)
        return false;
    for (SyntaxNode comment : nodesOfKind(tree->root(), "comment"))
        std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(comment.begin()),
                    comment.end() - comment.begin(),
                    ' ');
    return isUtf8(text);
}

RevisionFile byTree(std::string text,
                    const RevisionFileRequest& request,
                    const SpanSource& source,
                    ProjectModules& modules,
                    std::stop_token stop)
{
    RevisionFile result;
    const auto tree = SyntaxTree::parse(std::move(text), std::move(stop));
    if (!tree)
        return result;
    const EvaluationHooks hooks = modules.hooks();
    const ModuleNames names = followStatements(tree->root(), {}, hooks);
    const Literal docstring = docstringOf(tree->root());
    result = revisionFrom({.names = names,
                           .hooks = hooks,
                           .docstring = docstring,
                           .text = tree->text(),
                           .source = source});
    if (const SyntaxNode error = tree->firstError(); error && request.whole)
        result.problems.insert(result.problems.begin(), syntaxProblem(error, source));
    return result;
}

std::optional<RevisionFile> byQuickScan(std::string_view text, const SpanSource& source)
{
    static constexpr std::array<std::string_view, 4> names{
        "revision", "down_revision", "branch_labels", "depends_on"};
    const auto module = quickScan(text, names);
    if (!module)
        return std::nullopt;
    const EvaluationHooks none;
    return revisionFrom({.names = module->names,
                         .hooks = none,
                         .docstring = module->docstring,
                         .text = text,
                         .source = source});
}

} // namespace

RevisionFile
readRevisionFile(const RevisionFileRequest& request, ProjectModules& modules, std::stop_token stop)
{
    PythonText decoded = decodePython(request.bytes, request.whole);
    std::vector<FileProblem> before;
    if (decoded.state != PythonText::State::Decoded)
        before.push_back(encodingProblem(request, decoded));
    if (!before.empty() && !isUtf8(decoded.text) && wrongOnlyInComments(decoded.text))
        before.front().alembic.clear();
    RevisionFile result;
    if (decoded.state != PythonText::State::Refused) {
        if (!request.whole)
            decoded.text.resize(completeStatements(decoded.text).size());
        const SpanSource source{.file = request.file, .skipped = decoded.skipped};
        auto quick =
            request.quick && request.whole ? byQuickScan(decoded.text, source) : std::nullopt;
        result = quick ? std::move(*quick)
                       : byTree(std::move(decoded.text), request, source, modules, std::move(stop));
    }
    result.problems.insert(result.problems.begin(), before.begin(), before.end());
    if (result.revision) {
        for (FileProblem& problem : result.problems)
            problem.revision = result.revision->id;
    }
    return result;
}

} // namespace sightglass
