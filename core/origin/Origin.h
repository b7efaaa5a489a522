// How a picture was made, as its file tells it: by Moodloom, A1111 and its relatives, ComfyUI,
// InvokeAI or SwarmUI.
//
// Plain values and pure functions, thread-safe. Files come from strangers: any text is fine, and
// what is read of it is bounded. Nothing is guessed: what has no counterpart here is a leftover,
// with its name and what it said.
#pragma once

#include "core/generation/Recipe.h"
#include "core/image/PictureTexts.h"

#include <QStringList>

#include <optional>

namespace moodloom::origin {

// Something that was used and that Moodloom does not take over.
struct Leftover
{
    enum class Kind {
        Sampler,      // there is no such one here: `what` names it
        Schedule,     // of the sampler that is taken over
        OutOfRange,   // a setting's value: "Steps: 900"
        Setting,      // any other setting: "Clip skip: 2"
        StartPicture, // it was painted over a picture that is not inside the file
        MorePasses,   // the first of several is taken over: their number
        Node,         // of a graph, whose work on the way is not done: its class
        Unresolved,   // a value that the graph computes: which
        Emphasis,     // marks of weight in the prompt, which act by another formula
        Embedding,    // a word that a file taught: its name
        Newer         // a recipe of a newer Moodloom: the plain settings are read instead
    };
    Kind kind;
    QString what;
    bool operator==(const Leftover &) const = default;
};

// Weights that the file names but, mostly, does not find on this machine by a path.
struct NamedWeights
{
    QString name; // a path or a file's name, as it was written
    QString hash; // the first digits of its SHA-256, as far as they are told; empty = not told
    double scale = 1;
    bool operator==(const NamedWeights &) const = default;
};

struct Origin
{
    QString program;                          // "Moodloom 0.1.0", "ComfyUI", ...
    std::optional<generation::Recipe> recipe; // Moodloom's own, complete; also told below
    std::optional<QString> prompt;            // without the marks that load LoRAs
    std::optional<QString> negativePrompt;
    std::optional<NamedWeights> model;
    QVector<NamedWeights> loras;
    std::optional<quint64> seed;
    std::optional<QSize> size;
    std::optional<int> steps;       // 1..200
    std::optional<double> guidance; // 1..30
    std::optional<generation::Sampler> sampler;
    QVector<Leftover> leftovers; // each once

    // Whether there is anything to go on with.
    bool isEmpty() const;
    void leave(Leftover::Kind kind, const QString &what);
};

// The best that the texts hold: Moodloom's recipe, then A1111's parameters, InvokeAI's metadata,
// ComfyUI's graph, its workflow. Errors: NotFound (they tell nothing of it).
Result<Origin> originOf(const QVector<image::PictureText> &texts);

// Of a picture file. Blocks. Errors: NotFound, Unreadable, Unsupported.
Result<Origin> readOrigin(const QString &path);

// What the file says, in the words of the program that wrote it; empty = nothing that is known. Blocks.
QString readOriginText(const QString &path);

// Whether the picture could be read and tells nothing of how it was made.
bool isSilence(const Error &error);

// In words for the user.
QString leftoverWords(const Leftover &leftover);

} // namespace moodloom::origin
