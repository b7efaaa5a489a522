pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls

// One reference: the picture, and on hover or with the keyboard on it what can be done with it.
// P pins, Delete drops, M finds more like it, the arrow keys go on; the menu says so.
FocusScope {
    id: root

    required property real asset
    required property string hash
    required property string path
    required property string name
    required property real aspect
    required property bool pinned
    required property real weight
    required property string why
    required property int folded
    required property rect part
    required property bool missing
    required property bool nearest // it does not show what was asked for
    property bool selected: false

    readonly property bool shown: hover.hovered || activeFocus || pinButton.visualFocus

    signal pinToggled()
    signal dropRequested()
    signal moreLikeRequested()
    signal chosen()
    signal stepRequested(by: int) // in the order of the cards
    signal rowRequested(by: int)  // to the card above or below
    signal menuRequested(at: point) // in the card

    activeFocusOnTab: true
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.description: (pinned ? qsTr("Pinned") + ". " : "")
        + (missing ? qsTr("The file is not where it was") + ". " : "")
        + (part.width > 0 ? qsTr("A part of it is used") + ". " : "") + why
    Accessible.focusable: true
    Keys.onPressed: (event) => {
        if (event.key === Qt.Key_Menu || event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier) {
            event.accepted = true
            root.menuRequested(Qt.point(root.width / 2, root.height / 2))
            return
        }
        if (event.modifiers !== Qt.NoModifier)
            return
        event.accepted = true
        switch (event.key) {
        case Qt.Key_P: root.pinToggled(); break
        case Qt.Key_Delete:
        case Qt.Key_X: root.dropRequested(); break
        case Qt.Key_M: root.moreLikeRequested(); break
        case Qt.Key_Return:
        case Qt.Key_Enter: root.chosen(); break
        case Qt.Key_Right: root.stepRequested(1); break
        case Qt.Key_Left: root.stepRequested(-1); break
        case Qt.Key_Down: root.rowRequested(1); break
        case Qt.Key_Up: root.rowRequested(-1); break
        default: event.accepted = false
        }
    }
    onActiveFocusChanged: {
        if (activeFocus)
            chosen()
    }

    Behavior on x { NumberAnimation { duration: Theme.motion; easing.type: Easing.OutCubic } }
    Behavior on y { NumberAnimation { duration: Theme.motion; easing.type: Easing.OutCubic } }

    Rectangle {
        anchors.fill: parent
        color: Theme.raised
    }
    Image {
        id: picture

        anchors.fill: parent
        source: root.hash.length > 0 ? "image://asset/" + root.hash : ""
        sourceSize.width: 320
        fillMode: Image.PreserveAspectCrop
        asynchronous: true
        opacity: root.missing ? 0.4 : root.nearest && !root.shown ? 0.6 : 1
    }
    Icon {
        anchors.centerIn: parent
        name: "image"
        color: Theme.textSecondary
        visible: picture.status === Image.Error && !root.missing
    }
    Rectangle {
        anchors.centerIn: parent
        width: 24
        height: 24
        radius: Theme.radius
        color: Theme.scrim
        visible: root.missing

        Icon {
            anchors.centerIn: parent
            name: "warning"
            color: "#ffffff"
        }
    }

    // What of it is used; the rest steps back.
    Repeater {
        // Above, below, left and right of it.
        model: root.part.width > 0 ? [
            Qt.rect(0, 0, 1, root.part.y),
            Qt.rect(0, root.part.y + root.part.height, 1, 1 - root.part.y - root.part.height),
            Qt.rect(0, root.part.y, root.part.x, root.part.height),
            Qt.rect(root.part.x + root.part.width, root.part.y, 1 - root.part.x - root.part.width, root.part.height)
        ] : []

        Rectangle {
            required property rect modelData

            x: modelData.x * root.width
            y: modelData.y * root.height
            width: modelData.width * root.width
            height: modelData.height * root.height
            color: Theme.scrim
            opacity: 0.75
        }
    }
    Rectangle {
        objectName: "part"
        x: root.part.x * root.width
        y: root.part.y * root.height
        width: root.part.width * root.width
        height: root.part.height * root.height
        visible: root.part.width > 0
        color: "transparent"
        border.width: 1
        border.color: "#ffffff"
    }

    // The mark of a pin and of a weight stay when the pointer leaves.
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: root.pinned ? Theme.accent : "transparent"
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: root.pinned ? 2 : 0
        visible: root.selected
        color: "transparent"
        border.width: 2
        border.color: Theme.selection
    }
    Rectangle {
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: Theme.tiny
        width: figure.implicitWidth + Theme.small
        height: 16
        radius: 3
        color: Theme.scrim
        visible: Math.abs(root.weight - 1) > 0.005 && !root.shown

        Label {
            id: figure

            anchors.centerIn: parent
            small: true
            color: "#ffffff"
            text: "× " + Format.number(root.weight, 1)
        }
    }

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: {
            root.forceActiveFocus(Qt.MouseFocusReason)
            root.chosen()
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => {
            root.forceActiveFocus(Qt.MouseFocusReason)
            root.menuRequested(point.position)
        }
    }

    IconButton {
        id: pinButton

        objectName: "pin"
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: Theme.tiny + 2 // off the rings of the chosen and the pinned
        width: 24
        height: 24
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown || root.pinned
        iconName: root.pinned ? "pin-filled" : "pin"
        ink: root.pinned ? Theme.accent : "#ffffff"
        text: root.pinned ? qsTr("Unpin") : qsTr("Pin: keep it, and find more in its direction")
        shortcut: "P"
        onClicked: root.pinToggled()
    }
    IconButton {
        objectName: "drop"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.tiny + 2
        width: 24
        height: 24
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown
        iconName: "close"
        text: qsTr("Drop: take it away, and find fewer like it")
        shortcut: "X"
        onClicked: root.dropRequested()
    }
    IconButton {
        objectName: "moreLike"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.tiny + 2
        width: 24
        height: 24
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown
        iconName: "more-like"
        text: qsTr("More like this")
        shortcut: "M"
        onClicked: root.moreLikeRequested()
    }
    IconButton {
        objectName: "why"
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: Theme.tiny + 2
        width: 24
        height: 24
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: root.shown
        iconName: "why"
        text: qsTr("Why it is here: %1").arg(Format.unbroken(root.why))
        onClicked: root.chosen()
    }

    // Dragging it out carries the file and its pixels, and for our own board and chips the asset.
    PictureDrag {
        id: dragged

        file: root.path
        asset: root.asset
    }
    DragHandler {
        id: drag

        target: null
        onActiveChanged: {
            if (active)
                picture.grabToImage((grabbed) => { if (drag.active) dragged.start(grabbed.image) },
                                    Qt.size(Math.ceil(picture.width * Screen.devicePixelRatio),
                                            Math.ceil(picture.height * Screen.devicePixelRatio)))
        }
    }

    FocusRing {
        anchors.margins: -1
        radius: 1 // the picture's corners are square
        shown: root.activeFocus
    }
}
