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
    readonly property bool notes: controller.kind === BoardController.Note
    readonly property WebPictures web: controller.web
    readonly property bool changeable: !controller.readOnly

    // When it was opened.
    property bool someHidden: false
    property string undoText
    property string redoText

    signal addFilesRequested()

    onAboutToShow: {
        someHidden = controller.hasHidden()
        undoText = controller.undoText
        redoText = controller.redoText
        controller.askStorage()
    }

    MenuItem {
        objectName: "boardUndo"
        enabled: root.controller.canUndo
        iconName: "undo"
        text: root.undoText
        shortcut: root.keys["undo"]
        onTriggered: root.controller.undo()
    }
    MenuItem {
        objectName: "boardRedo"
        visible: root.controller.canRedo
        height: visible ? implicitHeight : 0
        text: root.redoText
        shortcut: root.keys["redo"]
        onTriggered: root.controller.redo()
    }
    MenuItem {
        objectName: "boardLocate"
        visible: root.controller.lost && root.changeable
        height: visible ? implicitHeight : 0
        iconName: "search"
        text: qsTr("Locate…")
        onTriggered: root.canvas.perform("board-locate")
    }
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
    MenuSeparator {}
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
    ActionMenu {
        title: qsTr("Copy as")
        enabled: root.some
        canvas: root.canvas
        actions: ["board-copy-file", "board-copy-pixels", "board-copy-recipe"]
    }
    MenuItem {
        enabled: root.some && root.changeable
        text: qsTr("Duplicate")
        shortcut: root.keys["board-duplicate"]
        onTriggered: root.controller.duplicate()
    }
    MenuSeparator {}
    MenuItem {
        visible: !root.notes
        height: visible ? implicitHeight : 0
        enabled: root.pictures && root.changeable
        iconName: "pin"
        text: root.controller.pinned ? qsTr("Unpin") : qsTr("Pin")
        shortcut: root.keys["board-pin"]
        onTriggered: root.controller.togglePin()
    }
    MenuItem {
        visible: !root.notes
        height: visible ? implicitHeight : 0
        enabled: root.pictures && root.changeable && root.controller.activeFrame.length > 0
        text: root.controller.onShelf ? qsTr("Take from the frame's shelf") : qsTr("Put on the frame's shelf")
        shortcut: root.keys["board-shelf"]
        onTriggered: root.controller.toggleShelf()
    }
    MenuItem {
        objectName: "menuFetch"
        visible: root.web.cards > 0
        height: visible ? implicitHeight : 0
        enabled: root.changeable
        iconName: root.web.fetching ? "stop" : "image"
        text: root.web.fetching ? qsTr("Stop fetching from %1").arg(root.web.hosts) : qsTr("Fetch from %1").arg(root.web.hosts)
        shortcut: root.web.fetching ? "" : root.keys["board-edit"]
        onTriggered: root.web.fetching ? root.web.stop() : root.web.fetch()
    }
    MenuItem {
        visible: root.web.cards > 0
        height: visible ? implicitHeight : 0
        enabled: root.changeable && root.controller.selectedCount === 1
        iconName: "edit"
        text: qsTr("Edit the text")
        shortcut: root.keys["board-fetch-edit"]
        onTriggered: root.canvas.perform("board-fetch-edit")
    }
    MenuItem {
        visible: root.notes
        height: visible ? implicitHeight : 0
        enabled: root.changeable
        text: root.controller.noteActs ? qsTr("Make it a comment") : qsTr("Let it act in the picture")
        shortcut: root.keys["board-note-acts"]
        onTriggered: root.controller.toggleNoteActs()
    }
    ActionMenu {
        title: qsTr("Picture")
        enabled: root.pictures && root.changeable
        canvas: root.canvas
        actions: ["board-crop", "board-uncrop", "board-greyscale", "board-embed", "board-link",
            "board-role-content", "board-role-style", "board-role-layout",
            "board-steps-all", "board-steps-early", "board-steps-late"]
    }
    MenuSeparator {}
    ActionMenu {
        title: qsTr("Turn and size")
        enabled: root.some && root.changeable
        canvas: root.canvas
        actions: ["board-flip-horizontally", "board-flip-vertically", "board-turn-left", "board-turn-right",
            "board-quarter-left", "board-quarter-right", "board-upright", "board-larger", "board-smaller",
            "board-original-size"]
    }
    ActionMenu {
        title: qsTr("Arrange")
        enabled: root.changeable && !root.controller.empty
        canvas: root.canvas
        actions: ["board-rows", "board-columns", "board-pack", "board-grid", "board-by-name",
            "board-by-color", "board-by-date"]
    }
    ActionMenu {
        title: qsTr("Align")
        enabled: root.controller.selectedCount > 1 && root.changeable
        canvas: root.canvas
        actions: ["board-align-left", "board-align-center", "board-align-right", "board-align-top",
            "board-align-middle", "board-align-bottom", "board-distribute-horizontally",
            "board-distribute-vertically", "board-same-height", "board-same-width", "board-same-area"]
    }
    ActionMenu {
        title: qsTr("Order")
        enabled: root.some && root.changeable
        canvas: root.canvas
        actions: ["board-front", "board-forward", "board-backward", "board-back"]
    }
    MenuItem {
        enabled: root.changeable && (root.controller.grouped || root.controller.selectedCount > 1)
        text: root.controller.grouped ? qsTr("Ungroup") : qsTr("Group")
        shortcut: root.keys[root.controller.grouped ? "board-ungroup" : "board-group"]
        onTriggered: root.canvas.perform(root.controller.grouped ? "board-ungroup" : "board-group")
    }
    MenuSeparator {}
    MenuItem {
        enabled: root.changeable && (root.some || root.someHidden)
        text: root.some ? qsTr("Hide") : qsTr("Show what is hidden")
        shortcut: root.keys[root.some ? "board-hide" : "board-show-hidden"]
        onTriggered: root.canvas.perform(root.some ? "board-hide" : "board-show-hidden")
    }
    MenuItem {
        enabled: root.some && root.changeable
        iconName: root.controller.locked ? "unlock" : "lock"
        text: root.controller.locked ? qsTr("Unlock") : qsTr("Lock")
        shortcut: root.keys["board-lock"]
        onTriggered: root.controller.toggleLock()
    }
    MenuItem {
        enabled: root.some && root.changeable
        iconName: root.pictures ? "exclude" : "trash"
        text: root.pictures ? qsTr("Drop") : qsTr("Remove")
        shortcut: root.keys["board-remove"]
        onTriggered: root.controller.dropOrRemove()
    }
    MenuSeparator {}
    ActionMenu {
        title: qsTr("Draw")
        enabled: root.changeable
        canvas: root.canvas
        actions: ["board-pen", "board-eraser", "board-pen-thinner", "board-pen-thicker"]
    }
    ActionMenu {
        title: qsTr("View")
        canvas: root.canvas
        actions: ["board-present", "board-model-view", "board-outline", "board-minimap", "board-rulers", "board-guide-upright", "board-guide-level", "board-guides-remove", "board-snapping", "board-play", "board-lasso", "board-compare", "board-sample", "board-fit-all",
            "board-fit-selection", "board-zoom-one"]
    }
    ActionMenu {
        title: qsTr("Board's file")
        enabled: !root.controller.empty
        canvas: root.canvas
        actions: ["board-link-new", "board-collect", "board-check", "board-forget-undo", "board-compact"]
    }
}
