import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A push button with text and, where it helps, an icon. `primary` is the one main action of a place.
T.Button {
    id: root

    property bool primary: false
    property bool danger: false
    property string iconName
    property string shortcut // shown in the tip
    property string tip

    readonly property color ink: !enabled ? Theme.textSecondary
                                          : primary ? Theme.accentText
                                                    : danger ? Theme.dangerInk : Theme.text

    implicitWidth: Math.max(implicitHeight, row.implicitWidth + 2 * Theme.medium)
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.description: tip
    Keys.onReturnPressed: (event) => { if (event.modifiers === Qt.NoModifier) clicked(); else event.accepted = false }
    Keys.onEnterPressed: (event) => { if (event.modifiers === Qt.KeypadModifier) clicked(); else event.accepted = false }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.tiny + 2

            Icon {
                name: root.iconName
                color: root.ink
                visible: root.iconName.length > 0
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: root.text
                color: root.ink
                font.weight: root.primary ? Font.DemiBold : Font.Normal
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.primary && root.enabled
               ? (root.down ? Qt.darker(Theme.accent, 1.15) : root.hovered ? Qt.lighter(Theme.accent, 1.08) : Theme.accent)
               : root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.raised
        border.color: Theme.line
        border.width: root.primary && root.enabled ? 0 : 1

        FocusRing { shown: root.visualFocus }
    }

    TipLoader {
        control: root
        text: root.tip
        shortcut: root.shortcut
    }
}
