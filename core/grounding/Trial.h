// What is painted in the benchmark: prompts whose truth the world knows. Values; pure functions.
#pragma once

#include "core/world/Scene.h"

#include <QImage>
#include <QString>

#include <optional>
#include <vector>

namespace moodloom::grounding {

enum class Group {
    HeldOut,  // one thing, whose design was never drawn for training
    Known,    // one thing, whose design was
    Relation, // two known things and how they stand to one another
};
inline constexpr int groupCount = 3;

enum class Condition {
    None,      // words alone
    Retrieved, // what the retriever finds in the trial library
    // The same by the generator's own encoders, where the model has others for searching: what it
    // is worth that those were trained with the generator
    RetrievedPlain,
    Oracle, // a drawing of the very design, elsewhere
    Wrong,  // a drawing of another design of the same family
    Random, // a drawing of something else
    // Not painted, but drawn by the world: what the judge makes of the truth.
    Drawn,
    Decoded // the same after the model's autoencoder: the most that painting could reach
};
inline constexpr int conditionCount = 8;

enum class Language { English, Chinese };

QString nameOf(Group group);         // "held-out"
QString nameOf(Condition condition); // "retrieved"
std::optional<Condition> conditionFromName(const QString &name);

struct Trial
{
    Group group = Group::HeldOut;
    world::Scene scene;   // flat; what a perfect answer could look like
    QString en, zh;       // names the designs, the relation and the setting; says nothing of looks
    QString thing, where; // English: what it is about, and in what setting
    int wrong = -1; // the design that the wrong reference shows, as an index into namedDesigns()
    uint64_t seed = 0;

    const world::Design &design() const { return scene.entities.front().design; }
    const QString &prompt(Language language) const
    {
        return language == Language::English ? en : zh;
    }
};

// `count` trials of a group. Families are taken in turn, in an order that the seed decides.
std::vector<Trial> trialsOf(Group group, int count, uint64_t seed);

// The same content as the trial, placed and drawn anew: `index` chooses among many.
world::Scene drawnAgain(const Trial &trial, int index);

// The drawings that serve as references, one a thing: alone, in another setting, flat.
// Requires: Oracle, Wrong or Random.
std::vector<QImage> drawnReferences(const Trial &trial, Condition condition, int size);
// What these drawings show.
std::vector<world::Design> drawnDesigns(const Trial &trial, Condition condition);

} // namespace moodloom::grounding
