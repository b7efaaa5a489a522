import QtQuick
import Moodloom.Theme

// A surface that stands out from its panel.
Rectangle {
    property bool selected: false

    radius: Theme.radius
    color: Theme.raised
    border.width: selected ? 2 : 1
    border.color: selected ? Theme.selection : Theme.line
}
