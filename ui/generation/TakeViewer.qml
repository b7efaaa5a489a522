pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// One take as large as it fits. Space or the mouse button held shows the take before; Esc closes.
FocusScope {
    id: root

    required property TakeModel model

    signal closed()

    activeFocusOnTab: true // Tab goes on from it, to its button
    Accessible.role: Accessible.Graphic
    Accessible.name: model.currentPrompt
    Keys.onPressed: (event) => {
        event.accepted = true
        switch (event.key) {
        case Qt.Key_Space: if (!event.isAutoRepeat) root.model.comparing = true; break
        case Qt.Key_Left: root.model.moveBy(-1); break
        case Qt.Key_Right: root.model.moveBy(1); break
        case Qt.Key_S: root.model.star(root.model.current, !root.model.currentStarred); break
        case Qt.Key_Escape: root.closed(); break
        default: event.accepted = false
        }
    }
    Keys.onReleased: (event) => {
        if (event.key === Qt.Key_Space && !event.isAutoRepeat) {
            root.model.comparing = false
            event.accepted = true
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.canvas
    }
    Picture {
        id: picture

        objectName: "viewerPicture"
        anchors.fill: parent
        anchors.margins: Theme.huge
        anchors.bottomMargin: Math.max(56, foot.height + 2 * Theme.large)
        image: root.model.currentImage
    }
    MouseArea {
        anchors.fill: picture
        acceptedButtons: Qt.LeftButton
        onPressed: root.model.comparing = true
        onReleased: root.model.comparing = false
        onCanceled: root.model.comparing = false
        onDoubleClicked: root.closed()
    }
    Column {
        id: foot

        readonly property real room: root.width - 2 * Theme.huge

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.large
        spacing: Theme.tiny

        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            small: true
            dim: true
            width: Math.min(implicitWidth, foot.room)
            text: root.model.comparing ? qsTr("The previous take") : qsTr("Hold Space to see the previous take")
        }
        // In the middle while they fit into one line; else as many lines as they take.
        Flow {
            id: facets

            property real wanted: 0

            function measure() {
                let sum = 0
                for (let i = 0; i < repeater.count; ++i) {
                    const facet = repeater.itemAt(i)
                    if (facet)
                        sum += Math.ceil(facet.implicitWidth) + (i > 0 ? spacing : 0)
                }
                wanted = sum
            }

            objectName: "viewerFacets"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(wanted, foot.room)
            visible: repeater.count > 0
            spacing: Theme.medium

            Repeater {
                id: repeater

                model: root.model.grounding
                onCountChanged: facets.measure()

                Row {
                    id: facetRow

                    required property string facet
                    required property string shown
                    required property string word

                    spacing: 2
                    Accessible.role: Accessible.StaticText
                    Accessible.name: facet + ": " + word
                    onImplicitWidthChanged: facets.measure()

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        size: 12
                        name: facetRow.shown === "found" ? "check" : facetRow.shown === "weak" ? "weak"
                            : facetRow.shown === "missing" ? "close" : "minus"
                        color: facetRow.shown === "missing" ? Theme.accentInk : Theme.textSecondary
                    }
                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        small: true
                        dim: facetRow.shown !== "missing"
                        width: Math.min(implicitWidth, foot.room - 16)
                        text: facetRow.facet + " · " + facetRow.word
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    IconButton {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.small
        iconName: "close"
        text: qsTr("Back to the board")
        shortcut: "Esc"
        onClicked: root.closed()
    }
    FocusRing {
        anchors.margins: 1
        radius: 2
        border.width: 1
        shown: root.Window.activeFocusItem === root
    }
}
