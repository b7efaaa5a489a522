import QtQuick
import Moodloom.Theme

// The ring around what has the keyboard: a bright line with a dark one inside, or the other way round in
// the light theme, so that it is seen on any ground, a picture's or a chosen button's.
Rectangle {
    id: root

    property bool shown: false

    anchors.fill: parent
    anchors.margins: -2
    radius: Theme.radius + 2
    color: "transparent"
    border.color: Theme.selection
    border.width: 2
    visible: shown

    Rectangle {
        anchors.fill: parent
        anchors.margins: root.border.width
        radius: Math.max(0, root.radius - root.border.width)
        color: "transparent"
        border.color: Theme.window
        border.width: 1
    }
}
