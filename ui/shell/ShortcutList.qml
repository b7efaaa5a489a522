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
    property string told      // the action whose last change had something to tell
    property string telling

    function tell(id: string, text: string) {
        told = text.length > 0 ? id : ""
        telling = text
    }

    Repeater {
        model: root.actions

        ColumnLayout {
            id: row

            required property string actionId
            required property string text
            required property string shortcut
            required property bool changed
            required property bool assignable
            required property string place

            readonly property bool waiting: root.recording === actionId

            width: root.width
            spacing: 0

            RowLayout {
                Layout.preferredHeight: 30
                spacing: Theme.small

                Label {
                    Layout.fillWidth: true
                    Layout.maximumWidth: Math.ceil(implicitWidth)
                    text: row.text
                }
                Label {
                    Layout.fillWidth: true
                    small: true
                    dim: true
                    text: row.place
                }
                IconButton {
                    opacity: row.changed ? 1 : 0 // its place is kept: nothing moves when it comes
                    enabled: row.changed
                    iconName: "undo"
                    text: qsTr("Back to the original shortcut")
                    onClicked: root.tell(row.actionId, root.actions.resetShortcut(row.actionId))
                }
                Button {
                    id: button

                    objectName: "shortcut:" + row.actionId
                    implicitWidth: 150
                    implicitHeight: 24
                    enabled: row.assignable
                    text: row.waiting ? qsTr("Press the keys") : row.shortcut.length > 0 ? Format.keys(row.shortcut) : "–"
                    Accessible.name: qsTr("Shortcut for: %1").arg(row.text)
                    onClicked: root.recording = row.waiting ? "" : row.actionId
                    onActiveFocusChanged: {
                        if (!activeFocus && row.waiting)
                            root.recording = ""
                    }
                    Keys.onShortcutOverride: (event) => event.accepted = row.waiting
                    Keys.forwardTo: [recorder]

                    // Before the button, which Return would press.
                    Item {
                        id: recorder

                        Keys.onPressed: (event) => {
                            event.accepted = row.waiting
                            if (!row.waiting)
                                return
                            if (event.key === Qt.Key_Escape) {
                                root.recording = ""
                                return
                            }
                            const keys = Format.sequence(event.key, event.modifiers)
                            if (keys.length === 0)
                                return
                            root.tell(row.actionId, root.actions.setShortcut(row.actionId, event.key === Qt.Key_Backspace ? "" : keys))
                            root.recording = ""
                        }
                    }
                }
            }
            Label {
                objectName: "shortcutTold"
                Layout.fillWidth: true
                Layout.bottomMargin: Theme.tiny
                visible: root.told === row.actionId
                small: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignRight
                wrapMode: Text.Wrap
                text: root.telling
            }
        }
    }
}
