pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls

// One picture of the library's grid.
Item {
    id: root

    required property int index
    required property real asset
    required property string hash
    required property string path
    required property string name
    required property string details
    required property bool missing
    property bool current: false
    property bool hasKeyboard: false

    signal chosen()
    signal pinRequested()
    signal removeRequested()

    function openMenu() { menu.popup(Math.round(width / 2), Math.round(height / 2)) }

    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.description: missing ? qsTr("The file is not where it was") : details

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
        opacity: root.missing ? 0.4 : 1
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
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: root.current || menu.visible ? Theme.selection : "transparent"
    }

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: root.chosen()
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: {
            root.chosen()
            menu.popup()
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 36
        color: Theme.scrim
        visible: hover.hovered || root.current

        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.tiny + 2
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                small: true
                color: "#ffffff"
                text: root.name.split("\n")[0]
            }
            Label {
                width: parent.width
                small: true
                color: "#c8c8d0"
                text: root.missing ? qsTr("The file is not where it was") : root.details
            }
        }
    }
    IconButton {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: Theme.tiny
        width: 24
        height: 24
        overPicture: true
        focusPolicy: Qt.NoFocus
        visible: hover.hovered && root.asset > 0
        iconName: "pin"
        text: qsTr("Use as a reference")
        shortcut: "P"
        onClicked: root.pinRequested()
    }

    Menu {
        id: menu

        MenuItem {
            text: qsTr("Use as a reference")
            iconName: "pin"
            shortcut: "P"
            onTriggered: root.pinRequested()
        }
        MenuItem {
            text: qsTr("Remove from the library")
            iconName: "trash"
            shortcut: "Del"
            onTriggered: root.removeRequested()
        }
    }

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
        shown: root.current && root.hasKeyboard
    }
}
