import QtQuick
import Moodloom.Theme

// The ring around what has the keyboard.
Rectangle {
    property bool shown: false

    anchors.fill: parent
    anchors.margins: -2
    radius: Theme.radius + 2
    color: "transparent"
    border.color: Theme.selection
    border.width: 2
    visible: shown
}
