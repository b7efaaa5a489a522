// From the prompt to references: facets while typing, retrieval on request, pins and drops at once.
//
// QObject of the UI thread; searching happens on the library's and the encoder's Workers. A newer
// search replaces an older one that still runs.
#pragma once

#include "core/base/Result.h"
#include "core/prompt/Lexicon.h"
#include "core/prompt/Prompt.h"
#include "core/retrieval/Reference.h"

#include <QFuture>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <memory>

namespace moodloom {
class Problems;
}

namespace moodloom::session {

class LibraryService;

class ReferenceFinder : public QObject
{
    Q_OBJECT
public:
    explicit ReferenceFinder(LibraryService *library, QObject *parent = nullptr);
    ~ReferenceFinder() override;

    const QString &prompt() const;
    const QVector<prompt::Facet> &facets() const;
    const prompt::Prompt &parsed() const;
    const prompt::Lexicon &lexicon() const; // of the last search
    const QVector<retrieval::Reference> &references() const; // grouped by facet, best first; no dropped ones
    // Nothing that was found shows this facet, and nothing is pinned to it: its references, if any, are
    // `nearest`. As of the last search, for as long as the prompt says it.
    bool isLacking(int facet) const;
    QVector<library::AssetId> dropped() const;
    bool isBusy() const;
    double seconds() const; // the last search, after the encoder
    // Of the searches and references here; those of a search go when it succeeds.
    Problems *problems() const;

    // Facets follow at once, and references go with the words that they belong to (facetsChanged);
    // what is found stays until find().
    void setPrompt(const QString &text);
    // The same prompt edited: references go along to the facets that theirs became (prompt::ChipEdit).
    void editPrompt(const QString &text, const QVector<int> &facets);
    void setFacetExcluded(int facet, bool excluded);
    void find();

    // By asset; a pin or drop re-ranks at once.
    void setState(library::AssetId id, retrieval::ReferenceState state);
    void setWeight(library::AssetId id, double weight); // 0..2
    // The words that it serves from now on; empty = the whole picture.
    void setFacet(library::AssetId id, const QString &facet);
    // What is taken from it, and in which part of the run.
    void setUse(library::AssetId id, retrieval::ReferenceRole role, StepRange steps);
    void moreLike(library::AssetId id);                 // adds similar ones to the asset's group
    // The best references for another wording, by this one's drops; nothing changes here.
    struct LookedUp
    {
        prompt::Prompt prompt;
        QVector<retrieval::Reference> references;
    };
    QFuture<Result<LookedUp>> lookUp(const QString &text);
    // Looks up these facets of the prompt alone, and pins the best picture of each that is not among `acted`
    // (content hashes); those of `acted` that are here are pinned too, so that they go on acting beside what is new.
    // Tells how many are new. Errors: Cancelled (by another search), those of the library.
    QFuture<Result<int>> findMore(const QStringList &facets, const QStringList &acted);
    // Those that are here are pinned, without a new search.
    void keepActing(const QStringList &hashes);
    void pinOwn(library::AssetId id, int facet);        // the user's own picture, bound to a facet (-1 = all)

    // References that a board kept: as they were, without a search; those that are here already stay as
    // they are. `words`: what each of them stands for, shown as long as the prompt says it.
    void restore(const QVector<retrieval::Reference> &references, const QStringList &words);
    // What the library has of these pictures.
    QFuture<Result<QVector<library::Asset>>> assets(const QStringList &hashes);

    // What was asked and found for one board, put by while another one is shown: after park() the finder
    // is as new, after resume() as it was. A search that still runs is given up.
    struct Found;
    std::shared_ptr<Found> park();
    void resume(const std::shared_ptr<Found> &found); // null: as new

Q_SIGNALS:
    void owned(qint64 asset); // by pinOwn(): referencesChanged() follows
    void promptChanged();
    void facetsChanged();
    void referencesChanged();
    void busyChanged();

private:
    void lookForFiles(); // marks those whose files are gone, and those that are back
    void focus(); // finds out which parts of the acting references show their things

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
