pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// One line of text, with an icon in front where it helps.
T.TextField {
    id: root

    property string iconName

    // Chinese stands in a taller line; Qt keeps the baseline where Latin has it, which is too high, and
    // leaves the cursor behind.
    readonly property real taller: Math.max(0, contentHeight - metrics.height)

    implicitWidth: 200
    implicitHeight: Theme.controlHeight
    leftPadding: iconName.length > 0 ? Theme.icon + 2 * Theme.small : Theme.small
    rightPadding: Theme.small
    topPadding: taller
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    color: enabled ? Theme.text : Theme.textSecondary
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.selectionText
    font: Theme.font(Theme.bodySize)
    selectByMouse: true
    clip: true
    Accessible.name: placeholderText
    cursorDelegate: Item {
        id: cursor

        property bool lit: true

        visible: root.cursorVisible && lit
        width: 1

        Rectangle {
            y: -Math.round(root.taller * 0.8)
            width: 1
            height: parent.height
            color: root.color
        }
        Timer {
            interval: Math.max(1, Theme.cursorFlashTime / 2)
            running: root.cursorVisible && Theme.cursorFlashTime > 0
            repeat: true
            onTriggered: cursor.lit = !cursor.lit
            onRunningChanged: cursor.lit = true
        }
        Connections {
            target: root
            function onCursorPositionChanged() { cursor.lit = true }
        }
    }

    FontMetrics {
        id: metrics

        font: root.font
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.line

        Icon {
            x: Theme.small
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            color: Theme.textSecondary
            visible: root.iconName.length > 0
        }
        FocusRing {
            anchors.margins: 0
            radius: Theme.radius
            shown: root.activeFocus
            border.width: 1
        }
    }

    Label {
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        anchors.verticalCenter: parent.verticalCenter
        text: root.placeholderText
        dim: true
        visible: root.length === 0 && root.preeditText.length === 0
    }
}
