pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls

// One take in the strip. Enter opens it, S stars it, Delete removes it, Space held shows the one before,
// Ctrl+C copies it as a file; the menu has the rest.
FocusScope {
    id: root

    required property string takeId
    required property var image
    required property bool starred
    required property string prompt
    required property string recipe
    required property real aspect
    required property int missing // facets that it does not show
    required property string grounding
    property bool current: false
    property string dragFile // a URL, once it is written

    readonly property bool shown: hover.hovered || activeFocus

    signal chosen()
    signal opened()
    signal starToggled()
    signal removeRequested()
    signal dragWanted()
    signal copyWanted()
    signal menuWanted(at: point) // in the card

    implicitWidth: Math.round(height * Math.min(2, Math.max(0.5, aspect)))
    activeFocusOnTab: true
    Accessible.role: Accessible.ListItem
    Accessible.name: prompt.length > 0 ? prompt : qsTr("Take without a prompt")
    Accessible.description: (starred ? qsTr("Starred") + ". " : "") + (grounding.length > 0 ? recipe + ". " + grounding : recipe)
    Accessible.focusable: true
    Accessible.selectable: true
    Accessible.selected: current
    Keys.onPressed: (event) => {
        if (event.key === Qt.Key_Menu || event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier) {
            root.menuWanted(Qt.point(root.width / 2, root.height / 2))
            event.accepted = true
            return
        }
        if (event.matches(StandardKey.Copy)) {
            root.copyWanted()
            event.accepted = true
            return
        }
        if (event.modifiers !== Qt.NoModifier)
            return
        event.accepted = true
        switch (event.key) {
        case Qt.Key_S: root.starToggled(); break
        case Qt.Key_Delete: root.removeRequested(); break
        case Qt.Key_Return:
        case Qt.Key_Enter: root.opened(); break
        default: event.accepted = false
        }
    }
    onActiveFocusChanged: {
        if (activeFocus)
            chosen()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.raised
    }
    Picture {
        anchors.fill: parent
        image: root.image
        fit: Picture.Cover
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: root.current ? Theme.selection : "transparent"
    }

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: {
            root.forceActiveFocus(Qt.MouseFocusReason)
            root.chosen()
        }
        onDoubleTapped: root.opened()
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => {
            root.forceActiveFocus(Qt.MouseFocusReason)
            root.menuWanted(point.position)
        }
    }

    IconButton {
        objectName: "star"
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: 2
        width: 22
        height: 22
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown || root.starred
        iconName: root.starred ? "star-filled" : "star"
        text: root.starred ? qsTr("Remove the star") : qsTr("Star this take")
        shortcut: "S"
        onClicked: root.starToggled()
    }
    IconButton {
        objectName: "removeTake"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 2
        width: 22
        height: 22
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown
        iconName: "trash"
        text: qsTr("Delete this take")
        shortcut: "Del"
        onClicked: root.removeRequested()
    }

    Rectangle {
        objectName: "missingMark"
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: 2
        width: mark.implicitWidth + 2 * Theme.tiny
        height: 16
        radius: 3
        color: Theme.scrim
        visible: root.missing > 0

        Row {
            id: mark

            anchors.centerIn: parent
            spacing: 1

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "close"
                size: 12
                color: "#ffffff"
            }
            Label {
                small: true
                color: "#ffffff"
                text: qsTr("%n missing", "facets of the prompt", root.missing)
            }
        }
    }

    PictureDrag {
        id: dragged

        file: Format.localPath(root.dragFile)
        image: root.image
    }
    DragHandler {
        id: drag

        // The file is written first: other programs want one.
        readonly property bool ready: active && root.dragFile.length > 0

        target: null
        onActiveChanged: {
            if (active)
                root.dragWanted()
        }
        onReadyChanged: {
            if (ready)
                dragged.start(root.image)
        }
    }

    FocusRing {
        anchors.margins: -1
        radius: 1 // the picture's corners are square
        shown: root.activeFocus
    }
}
