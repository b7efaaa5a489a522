// A text written anew, piece by piece, of pieces of an old one.
#pragma once

#include "core/prompt/Facet.h"

#include <QString>
#include <QVector>

#include <algorithm>

namespace moodloom::prompt {

// Remembers where the old characters went. The old text must outlive it.
class Rewriting
{
public:
    explicit Rewriting(const QString &raw) : m_raw(raw), m_where(raw.size(), -1) {}
    void keep(qsizetype from, qsizetype to)
    {
        for (qsizetype i = from; i < to; ++i) {
            m_where[i] = int(m_text.size());
            m_text += m_raw[i];
        }
    }
    void keepAs(qsizetype at, QChar c) // in another case
    {
        m_where[at] = int(m_text.size());
        m_text += c;
    }
    void add(QStringView text) { m_text += text; }

    QString text() const { return m_text; }
    // Old facets found in the new prompt by the place of their first character.
    QVector<int> follow(const QVector<Facet> &old, const QVector<Facet> &facets) const
    {
        QVector<int> found;
        for (const Facet &facet : old) {
            const int at = m_where[facet.start];
            const auto same = std::find_if(facets.begin(), facets.end(), [at](const Facet &f) {
                return at >= f.start && at < f.start + f.length;
            });
            found.append(at < 0 || same == facets.end() ? -1 : int(same - facets.begin()));
        }
        return found;
    }

private:
    const QString &m_raw;
    QString m_text;
    QVector<int> m_where;
};

} // namespace moodloom::prompt
