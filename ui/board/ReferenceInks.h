// The colours by which the references of a frame are told apart, on dark and light grounds and by
// people who see colours differently (Okabe and Ito 2008: Color Universal Design). Constant data.
#pragma once

#include <QColor>

#include <array>

namespace moodloom::ui {

// As many as references act at once (generation::kMostReferences).
inline const std::array<QColor, 6> referenceInks{
    QColor(0x56, 0xb4, 0xe9), QColor(0xe6, 0x6f, 0x1c), QColor(0x00, 0xa8, 0x7b),
    QColor(0xcc, 0x79, 0xa7), QColor(0xe8, 0xdc, 0x3c), QColor(0x3f, 0x86, 0xd8)};

inline QColor referenceInk(qsizetype index)
{
    return referenceInks[size_t(index) % referenceInks.size()];
}

} // namespace moodloom::ui
