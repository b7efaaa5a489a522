// The words that give a prompt its structure, in English and Chinese: what connects things, what
// names a time, a place or a style, and what says nothing.
//
// Pure look-ups in constant tables, thread-safe.
#pragma once

#include <QString>

namespace moodloom::prompt {

enum class Role {
    Word,      // anything else: part of what is named
    Name,      // a keyword of the user's library
    Quoted,    // a name in quotation marks
    Break,     // punctuation
    Relation,  // between two things: above, beside, with, and; 飞跃, 旁边, 和
    Verb,      // leaping, holding: a relation, or an adjective ("a sailing boat")
    Place,     // at, in, on, by; 在: a relation, or the head of a setting
    Negation,  // without; 没有
    Article,   // a, some, two; 一辆
    The,
    Of,
    Particle,  // 的, 了
    Time,      // sunset, night, snowfall; 日落
    Scene,     // desert, sea, city; 沙漠
    SceneNoun, // lake, street; 海, 雪: a setting after Place or by itself with other settings
    Tint,      // red, dark, snowy: may belong to a thing, a setting or a style
    Style,     // line art, paper cut; 水彩画
    StyleHint, // flat, neon; 扁平: a style by itself or before StyleHead
    StyleHead, // style, illustration, painting; 风格
    StyleOf,   // "in the style of"
    Filler     // picture of, masterpiece, 4k: nothing to look up
};

// Takes what foldWords() returns: a word, a phrase with single spaces, or Chinese characters.
Role roleOf(const QString &folded);

// Of relations: what only lists things (and, 和), and what stands behind the thing that it is about
// (桌子 旁边).
bool isConjunction(const QString &folded);
bool isPostposition(const QString &folded);

bool isConnector(Role role); // stands between things
bool isSetting(Role role);   // a setting wherever it stands
bool isStyle(Role role);
bool isNeutral(Role role);   // names nothing by itself

int longestTerm();    // words of the longest phrase
int longestHanTerm(); // characters of the longest Chinese expression

} // namespace moodloom::prompt
