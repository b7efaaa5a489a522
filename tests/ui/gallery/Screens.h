// The screens of the gallery: which states each shows, and whether it is in the docs.
#pragma once

#include <QString>
#include <QStringList>

#include <span>

namespace moodloom::gallery {

struct Screen
{
    const char *name;
    const char *states;            // one after the other, see States.h
    const char *caption = nullptr; // in docs/screens.md, in English; none = not there
    const char *look = "en-dark";  // there: language and theme
    bool emptyLibrary = false;

    QStringList stateNames() const
    {
        return QString::fromLatin1(states).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
};

std::span<const Screen> screens();

} // namespace moodloom::gallery
