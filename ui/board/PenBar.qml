pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// The pen's color and width, while one draws or erases.
Rectangle {
    id: root

    required property BoardCanvas canvas

    readonly property bool drawing: canvas.tool === BoardCanvas.Pen

    implicitWidth: row.implicitWidth + 2 * Theme.small
    implicitHeight: row.implicitHeight + 2 * Theme.tiny
    color: Theme.panel
    border.color: Theme.line
    radius: Theme.radius
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Drawing")
    Keys.onEscapePressed: {
        canvas.tool = BoardCanvas.Select
        canvas.forceActiveFocus()
    }

    // Presses beside the buttons are not the canvas's.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.AllButtons
        onWheel: (wheel) => wheel.accepted = true
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.tiny

        ChoiceButton {
            objectName: "penTool"
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Pen")
            checked: root.drawing
            onClicked: root.canvas.tool = BoardCanvas.Pen
        }
        ChoiceButton {
            objectName: "eraserTool"
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Eraser")
            checked: !root.drawing
            onClicked: root.canvas.tool = BoardCanvas.Eraser
        }
        Item {
            width: Theme.tiny
            height: 1
        }
        Repeater {
            model: [
                { "ink": "#e5484d", "name": qsTr("Red") },
                { "ink": "#f0b040", "name": qsTr("Amber") },
                { "ink": "#46a758", "name": qsTr("Green") },
                { "ink": "#3e8ef7", "name": qsTr("Blue") },
                { "ink": "#f4f4f6", "name": qsTr("White") },
                { "ink": "#111113", "name": qsTr("Black") }
            ]

            Rectangle {
                id: swatch

                required property var modelData
                required property int index
                readonly property bool chosen: Qt.colorEqual(root.canvas.penColor, modelData.ink)

                objectName: "penColor" + index
                anchors.verticalCenter: parent.verticalCenter
                width: 22
                height: 22
                radius: 11
                enabled: root.drawing
                opacity: enabled ? 1 : 0.4
                color: modelData.ink
                border.width: 1
                border.color: Theme.textSecondary
                activeFocusOnTab: true
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData.name
                Accessible.checked: chosen
                Keys.onPressed: (event) => {
                    event.accepted = event.key === Qt.Key_Space || event.key === Qt.Key_Return
                    if (event.accepted)
                        root.canvas.penColor = modelData.ink
                }

                // A dot marks the chosen one, a ring the one with the keyboard.
                Rectangle {
                    anchors.centerIn: parent
                    width: 8
                    height: 8
                    radius: 4
                    visible: swatch.chosen
                    color: swatch.color.hslLightness > 0.6 ? "#111113" : "#ffffff"
                }
                FocusRing {
                    anchors.margins: -3
                    radius: 14
                    shown: swatch.activeFocus
                }
                TapHandler { onTapped: root.canvas.penColor = swatch.modelData.ink }
                HoverHandler { id: over }
                Tip {
                    visible: over.hovered
                    text: swatch.modelData.name
                }
            }
        }
        Item {
            width: Theme.tiny
            height: 1
        }
        Slider {
            objectName: "penWidth"
            anchors.verticalCenter: parent.verticalCenter
            width: 120
            enabled: root.drawing
            from: 1
            to: 60
            stepSize: 1
            name: qsTr("Width of the pen")
            value: root.canvas.penWidth
            onMoved: root.canvas.penWidth = value
            onResetRequested: root.canvas.penWidth = 4
        }
        IconButton {
            iconName: "close"
            text: qsTr("End drawing")
            shortcut: "Esc"
            onClicked: {
                root.canvas.tool = BoardCanvas.Select
                root.canvas.forceActiveFocus()
            }
        }
    }
}
