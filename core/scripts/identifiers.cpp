// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/identifiers.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = FileProblem::Kind;

std::string nameOf(const std::string& file)
{
    return file.substr(file.rfind('/') + 1);
}

/// The name Alembic gives to the module of a file.
std::string moduleName(std::string name)
{
    std::ranges::replace_if(
        name,
        [](char c) {
            const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '_' ||
                              static_cast<unsigned char>(c) >= 0x80;
            return !word;
        },
        '_');
    return name;
}

/// The id in a name such as 12ab.py, from before ids stood inside files; empty when it is another
/// name.
std::string legacyId(const std::string& name)
{
    const std::string stem =
        name.ends_with(".py") ? name.substr(0, name.size() - 3) : std::string();
    const bool hex = std::ranges::all_of(
        stem, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return hex ? stem : std::string();
}

class Reader
{
public:
    explicit Reader(const FollowedFile& file)
        : m_file(file)
    {}

    RevisionFile read()
    {
        Revision revision;
        revision.span = m_file.source.span({});
        const bool known = readId(revision);
        readDown(revision);
        readOptional("depends_on", revision.dependsOn);
        // Alembic takes one empty name for none; only a base is no real base with it.
        if (revision.dependsOn.size() == 1 && revision.dependsOn.front().id.empty() &&
            !revision.down.empty())
            revision.dependsOn.clear();
        readOptional("branch_labels", revision.labels);
        if (m_file.names.raises.line != 0) {
            add(Kind::NotARevision,
                "The file raises an exception on purpose, so it can't be loaded; remove the raise, "
                "or move the "
                "file out of the folder.",
                m_file.source.span(m_file.names.raises),
                "the exception raised there; no command of this environment works");
        }
        if (known) {
            addDocstring(revision, m_file.docstring, m_file.text, m_file.source);
            m_result.revision = std::move(revision);
        } else {
            std::erase_if(m_result.problems,
                          [](const FileProblem& one) { return one.kind == Kind::NoDownRevision; });
        }
        return std::move(m_result);
    }

private:
    void add(Kind kind, std::string detail, SourceSpan span, std::string alembic = {})
    {
        m_result.problems.push_back({.kind = kind,
                                     .detail = std::move(detail),
                                     .span = std::move(span),
                                     .revision = {},
                                     .alembic = std::move(alembic)});
    }

    void addComputed(std::string_view name, const std::string& reason, SourceSpan span)
    {
        add(Kind::ComputedIdentifier,
            std::string(name) + " can't be known without running the file (" + reason +
                "); write it as a literal.",
            std::move(span));
    }

    SourceSpan spanOf(const Binding& binding) const { return m_file.source.span(binding.range); }

    SourceSpan spanOf(const Literal& value, const Binding& binding) const
    {
        return m_file.source.span(value.range.line != 0 ? value.range : binding.range);
    }

    bool readId(Revision& revision)
    {
        const std::string name = nameOf(m_file.source.file);
        const Binding* binding = m_file.names.find("revision");
        if (binding == nullptr && !m_file.names.openings.empty()) {
            addComputed("revision", m_file.names.openings.front(), m_file.source.span({}));
            return false;
        }
        if (binding == nullptr) {
            revision.id = legacyId(name);
            if (!revision.id.empty())
                return true;
            add(Kind::NotARevision,
                "The file binds no name \"revision\", so it is no revision; move it out of the "
                "versions folder.",
                m_file.source.span({}),
                "Could not determine revision id from filename " + name +
                    ". Be sure the 'revision' variable is declared inside the script (please see "
                    "'Upgrading from "
                    "Alembic 0.1 to 0.2' in the documentation).");
            return false;
        }
        revision.span = spanOf(*binding);
        const Literal value = valueOf(*binding, m_file.hooks);
        if (value.isText()) {
            revision.id = value.text;
            return true;
        }
        if (!value.isKnown()) {
            addComputed("revision", value.reason(), revision.span);
            return false;
        }
        add(Kind::InvalidIdentifier,
            "revision is " + kindInWords(value) + ", not text; write the id as a string.",
            revision.span,
            "TypeError; no command of this environment works");
        return false;
    }

    void readDown(Revision& revision)
    {
        const Binding* binding = m_file.names.find("down_revision");
        if (binding == nullptr && m_file.names.openings.empty()) {
            add(Kind::NoDownRevision,
                "The file binds no name \"down_revision\"; add it (None for the first revision).",
                revision.span,
                "AttributeError: module '" + moduleName(nameOf(m_file.source.file)) +
                    "' has no attribute 'down_revision'");
            return;
        }
        if (binding == nullptr) {
            addComputed("down_revision", m_file.names.openings.front(), m_file.source.span({}));
            return;
        }
        revision.downSpan = spanOf(*binding);
        readReferences("down_revision", *binding, revision.down);
    }

    void readOptional(std::string_view name, std::vector<RevisionReference>& into)
    {
        const Binding* binding = m_file.names.find(name);
        if (binding != nullptr)
            readReferences(name, *binding, into);
        else if (!m_file.names.openings.empty())
            addComputed(name, m_file.names.openings.front(), m_file.source.span({}));
    }

    void readReferences(std::string_view name,
                        const Binding& binding,
                        std::vector<RevisionReference>& into)
    {
        const Literal value = valueOf(binding, m_file.hooks);
        if (value.kind == Literal::Kind::None)
            return;
        if (value.isText()) {
            into.push_back({.id = value.text, .span = spanOf(value, binding)});
            return;
        }
        const bool dictionary = value.kind == Literal::Kind::Dictionary;
        if (!value.isSequence() && !dictionary) {
            refuse(name, value, spanOf(binding));
            return;
        }
        for (std::size_t i = 0; i < value.items.size(); i += dictionary ? 2 : 1) {
            const Literal& item = value.items[i];
            if (item.isText())
                into.push_back({.id = item.text, .span = spanOf(item, binding)});
            else
                refuse(name, item, spanOf(item, binding));
        }
    }

    void refuse(std::string_view name, const Literal& value, SourceSpan span)
    {
        if (!value.isKnown() || value.kind == Literal::Kind::Object) {
            addComputed(name,
                        value.isKnown() ? "it is " + kindInWords(value) : value.reason(),
                        std::move(span));
            return;
        }
        add(Kind::InvalidIdentifier,
            std::string(name) + " holds " + kindInWords(value) +
                " where text belongs; write each id as a string.",
            std::move(span),
            "TypeError or KeyError; no command of this environment works");
    }

    const FollowedFile& m_file;
    RevisionFile m_result;
};

} // namespace

RevisionFile revisionFrom(const FollowedFile& file)
{
    return Reader(file).read();
}

} // namespace sightglass
