import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// A short word about what just happened, with the way back; it leaves by itself, but not while it is
// pointed at or has the keyboard. takeKeyboard() brings the keys to its button; Esc and the button give
// them back.
Rectangle {
    id: root

    property string message
    property string action // the button's text; empty = no button

    readonly property bool offers: open && action.length > 0 && !passed
    property bool passed: false // the keys were there and went on
    readonly property bool hasKeyboard: button.activeFocus || dismiss.activeFocus
    property bool open: false
    property Item before // had the keyboard

    signal activated()

    function show(text: string, actionText: string) {
        open = false // its time begins anew
        passed = false
        message = text
        action = actionText
        open = true
    }
    function hide() {
        giveBack()
        open = false
    }
    function takeKeyboard() {
        before = Window.activeFocusItem
        button.forceActiveFocus(Qt.TabFocusReason)
    }
    function giveBack() {
        if (hasKeyboard && before)
            before.forceActiveFocus(Qt.TabFocusReason)
        before = null
        passed = true
    }

    implicitWidth: row.implicitWidth + 2 * Theme.medium
    implicitHeight: Math.max(40, row.implicitHeight + Theme.small)
    color: Theme.raised
    border.color: Theme.line
    radius: Theme.radius
    visible: open
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message
    Keys.onEscapePressed: hide()

    Timer {
        interval: root.action.length > 0 ? 10000 : 6000 // there is something to be reached
        running: root.open && !hover.hovered && !root.hasKeyboard
        onTriggered: root.open = false
    }

    HoverHandler {
        id: hover
    }

    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: Theme.medium

        Label {
            text: root.message
            wrapMode: Text.Wrap
            maximumLineCount: 2
            Layout.maximumWidth: 420
        }
        Button {
            id: button

            objectName: "toastAction"
            visible: root.action.length > 0
            text: root.action
            onClicked: {
                root.hide()
                root.activated()
            }
        }
        IconButton {
            id: dismiss

            iconName: "close"
            text: qsTr("Dismiss")
            onClicked: root.hide()
        }
    }
}
