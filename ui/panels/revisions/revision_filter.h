// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/revisions/revisions_model.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What was typed into the filter of the revisions list. Every word has to be found in the id, the
/// message, the file's name, a label, the state or a finding; upper and lower case are one.
class RevisionFilter
{
public:
    RevisionFilter() = default;
    explicit RevisionFilter(const QString& text);

    bool isEmpty() const { return m_words.empty(); }

    /// Everything this filter accepts, `earlier` accepted too.
    bool isNarrowerThan(const RevisionFilter& earlier) const;
    /// cost  linear in the row's texts; nothing is copied for ASCII words.
    bool accepts(const RevisionsModel& model, int row) const;

private:
    struct Word
    {
        std::string folded; ///< lower case, UTF-8
        QString text;
        bool ascii = true;
    };

    static bool contains(std::string_view text, const Word& word);
    static bool finds(const RevisionsModel& model, int row, const Word& word);

    QString m_text;
    std::vector<Word> m_words;
};

} // namespace sightglass
