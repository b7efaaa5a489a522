pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// Every action with its shortcut; a click waits for another one.
Column {
    id: root

    required property ActionRegistry actions
    property string recording // the action that waits for its keys

    Repeater {
        model: root.actions

        RowLayout {
            id: row

            required property string actionId
            required property string text
            required property string shortcut
            required property bool changed
            required property bool global

            readonly property bool waiting: root.recording === actionId

            width: root.width
            height: 30
            spacing: Theme.small

            Label {
                Layout.fillWidth: true
                text: row.text
            }
            IconButton {
                visible: row.changed
                iconName: "undo"
                text: qsTr("Back to the original shortcut")
                onClicked: root.actions.resetShortcut(row.actionId)
            }
            Button {
                id: button

                implicitWidth: 150
                implicitHeight: 24
                enabled: row.global
                text: row.waiting ? qsTr("Press the keys") : row.shortcut.length > 0 ? Format.keys(row.shortcut) : "–"
                Accessible.name: qsTr("Shortcut for: %1").arg(row.text)
                onClicked: root.recording = row.waiting ? "" : row.actionId
                onActiveFocusChanged: {
                    if (!activeFocus && row.waiting)
                        root.recording = ""
                }
                Keys.onShortcutOverride: (event) => event.accepted = row.waiting
                Keys.onPressed: (event) => {
                    if (!row.waiting)
                        return
                    event.accepted = true
                    if (event.key === Qt.Key_Escape) {
                        root.recording = ""
                        return
                    }
                    const keys = root.actions.sequenceOf(event.key, event.modifiers)
                    if (keys.length === 0)
                        return
                    root.actions.setShortcut(row.actionId, event.key === Qt.Key_Backspace ? "" : keys)
                    root.recording = ""
                }
            }
        }
    }
}
