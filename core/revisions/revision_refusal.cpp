// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_refusal.h"

#include "core/revisions/python_text.h"

namespace sightglass {

namespace {

constexpr std::string_view resolutionClass = "ResolutionError: ";
constexpr std::string_view multipleHeadsClass = "MultipleHeads: ";
constexpr std::string_view notAncestorClass = "RangeNotAncestorError: ";
constexpr std::string_view revisionErrorClass = "RevisionError: ";

Error refused(ErrorCode code, std::string_view alembicClass, const std::string& words)
{
    return Error{.code = code, .message = words, .context = {std::string(alembicClass) + words}};
}

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

std::string replaced(std::string_view text, std::string_view what, const std::string& by)
{
    std::string result(text);
    const auto at = result.find(what);
    return at == std::string::npos ? result : result.replace(at, what.size(), by);
}

} // namespace

namespace refusal {

Error resolution(ErrorCode code, const std::string& words, const std::string& argument)
{
    Error error = refused(code, resolutionClass, words);
    error.context.push_back(argument);
    return error;
}

Error noSuchRevision(const std::string& name)
{
    const std::string hint =
        "; please ensure at least four characters are present for partial revision "
        "identifier matches";
    const std::string words =
        "No such revision or branch '" + name + "'" + (characters(name) < 4 ? hint : std::string());
    return resolution(ErrorCode::NotFound, words, name);
}

Error multipleHeads(std::span<const std::string> heads, const std::string& argument)
{
    Error error = refused(ErrorCode::Ambiguous,
                          multipleHeadsClass,
                          "Multiple heads are present for given argument '" + argument + "'; " +
                              joined(heads, ", "));
    error.context.push_back(argument);
    return error;
}

Error notAncestor(const std::string& lower, const std::string& upper)
{
    Error error = refused(ErrorCode::Usage,
                          notAncestorClass,
                          "Revision " + lower + " is not an ancestor of revision " + upper);
    error.context.push_back(lower);
    error.context.push_back(upper);
    return error;
}

Error revisionError(const std::string& words)
{
    return refused(ErrorCode::Usage, revisionErrorClass, words);
}

Error assertion(const std::string& sentence, const std::string& nextStep)
{
    return Error{.code = ErrorCode::Usage,
                 .message = sentence,
                 .nextStep = nextStep,
                 .context = {"AssertionError: "}};
}

} // namespace refusal

Error commandError(Error refused, const RefusedRequest& request)
{
    if (refused.context.empty())
        return refused;
    const std::string words = refused.context.front();
    const auto said = [&refused](std::size_t i) { return refused.context[i]; };
    if (words.starts_with(resolutionClass)) {
        refused.message = "Can't locate revision identified by '" + said(1) + "'";
        refused.nextStep = words.substr(resolutionClass.size()) + ".";
    } else if (words.starts_with(multipleHeadsClass)) {
        const std::string argument = request.end.empty() ? said(1) : request.end;
        refused.message = "Multiple head revisions are present for given argument '" + argument +
                          "'; please specify a specific target revision, '<branchname>@" +
                          argument + "' to narrow to a specific head, or 'heads' for all heads";
    } else if (words.starts_with(notAncestorClass)) {
        const std::string start = request.start.empty() ? said(1) : request.start;
        const std::string end = request.end.empty() ? said(2) : request.end;
        refused.message = replaced(replaced(request.notAncestor, "%start", start), "%end", end);
    }
    refused.context.resize(1);
    return refused;
}

} // namespace sightglass
