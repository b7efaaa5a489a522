import QtQuick
import Moodloom.Board
import Moodloom.Controls

// What can be done here: with the selection, or with nothing selected on the board.
Menu {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    readonly property var keys: canvas.shortcuts
    readonly property bool some: controller.selectedCount > 0
    readonly property bool pictures: controller.kind === BoardController.Picture
    readonly property bool changeable: !controller.readOnly

    signal addFilesRequested()

    MenuItem {
        enabled: root.changeable
        iconName: "image"
        text: qsTr("Add pictures…")
        onTriggered: root.addFilesRequested()
    }
    MenuItem {
        enabled: root.changeable
        iconName: "frame"
        text: qsTr("New frame")
        shortcut: root.keys["board-frame"]
        onTriggered: root.canvas.addFrameHere()
    }
    MenuItem {
        enabled: root.changeable
        iconName: "edit"
        text: qsTr("New note")
        shortcut: root.keys["board-note"]
        onTriggered: root.canvas.addNoteHere()
    }
    MenuItem {
        enabled: root.changeable
        text: qsTr("Paste")
        shortcut: root.keys["board-paste"]
        onTriggered: root.canvas.paste()
    }
    MenuItem {
        enabled: root.some
        iconName: "copy"
        text: qsTr("Copy")
        shortcut: root.keys["board-copy"]
        onTriggered: root.canvas.copy()
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Duplicate")
        shortcut: root.keys["board-duplicate"]
        onTriggered: root.controller.duplicate()
    }
    MenuItem {
        enabled: root.pictures && root.changeable
        iconName: "pin"
        text: root.controller.pinned ? qsTr("Unpin") : qsTr("Pin")
        shortcut: root.keys["board-pin"]
        onTriggered: root.controller.togglePin()
    }
    MenuItem {
        enabled: root.pictures && root.changeable && root.controller.activeFrame.length > 0
        text: root.controller.onShelf ? qsTr("Take from the frame's shelf") : qsTr("Put on the frame's shelf")
        shortcut: root.keys["board-shelf"]
        onTriggered: root.controller.toggleShelf()
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Flip left and right")
        shortcut: root.keys["board-flip-horizontally"]
        onTriggered: root.controller.flipHorizontally()
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Flip top and bottom")
        shortcut: root.keys["board-flip-vertically"]
        onTriggered: root.controller.flipVertically()
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Bring to front")
        shortcut: root.keys["board-front"]
        onTriggered: root.controller.raise()
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Send to back")
        shortcut: root.keys["board-back"]
        onTriggered: root.controller.lower()
    }
    MenuItem {
        enabled: root.some && root.changeable
        iconName: root.controller.locked ? "unlock" : "lock"
        text: root.controller.locked ? qsTr("Unlock") : qsTr("Lock")
        shortcut: root.keys["board-lock"]
        onTriggered: root.controller.toggleLock()
    }
    MenuItem {
        enabled: root.changeable && !root.controller.empty
        text: qsTr("Arrange in rows")
        shortcut: root.keys["board-rows"]
        onTriggered: root.controller.arrangeRows()
    }
    MenuItem {
        enabled: root.changeable && !root.controller.empty
        text: qsTr("Arrange in columns")
        shortcut: root.keys["board-columns"]
        onTriggered: root.controller.arrangeMasonry()
    }
    MenuItem {
        enabled: root.some && root.changeable
        iconName: root.pictures ? "exclude" : "trash"
        text: root.pictures ? qsTr("Drop") : qsTr("Remove")
        shortcut: root.keys["board-remove"]
        onTriggered: root.controller.dropOrRemove()
    }
}
