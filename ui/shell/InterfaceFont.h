// The font of the interface: the system's and, where that has no Chinese, one that draws the
// characters as they are written in mainland China. Left to itself a system that is not Chinese
// takes the first font that has them, often a Japanese one: 骨, 直 and the colon then look foreign.
#pragma once

#include <QFont>

namespace moodloom::ui {

// `system` with what it lacks, 13 pixels high. A `chinese` interface is drawn with that font alone,
// so that the lines of its words and of its figures are of one height. UI thread; needs a
// QGuiApplication.
QFont interfaceFont(QFont system, bool chinese);

} // namespace moodloom::ui
