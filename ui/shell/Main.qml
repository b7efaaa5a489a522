pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Export
import Moodloom.Generation
import Moodloom.Library
import Moodloom.Shelf
import Moodloom.Shell

// The window: the rail, the pages, and what lies over them.
Window {
    id: root

    required property Workspace workspace
    property string droppedReference // what the toast's undo brings back
    property string exportedFile     // what the toast's button shows
    property bool onTop: false       // over the windows of all programs
    property int visibilityBefore    // presenting
    property bool boardClosed        // the toast's button opens it again
    property url boardToReplace      // what the toast's button saves over
    property bool settingsTaken: false // what the toast's undo gives back
    property bool pictureRemoved: false // from the library; likewise

    // Where the keys go when what had them is gone and nothing beside it is left (FocusKeeper).
    readonly property Item page: [studio, library, shelf, settings][workspace.page] ?? null

    function forget() {
        droppedReference = ""
        exportedFile = ""
        boardToReplace = ""
        boardClosed = false
        settingsTaken = false
        pictureRemoved = false
    }

    function tell(message: string) {
        forget()
        toast.show(message, "")
    }
    // A picture that was dropped on the prompt goes onto the board when it tells nothing.
    property var dropped

    function addDropped(content: dropContent) {
        root.workspace.library.take(content)
        studio.add(content)
    }
    // What a message offers comes first: it is there for a short time.
    function goToPart(by: int) {
        for (const message of [toast, studio.message]) {
            if (message.hasKeyboard) {
                message.giveBack()
            } else if (message.offers && message.visible) {
                message.takeKeyboard()
                return
            }
        }
        studio.goToPart(by)
    }
    function exportTake() {
        if (workspace.takes.current.length === 0)
            workspace.takes.moveBy(0)
        if (workspace.takes.current.length === 0) {
            toast.show(qsTr("There is no take to export yet."), "")
            return
        }
        exportPanel.take = workspace.takes.current
        exportPanel.prompt = workspace.takes.currentPrompt
        exportPanel.open()
    }

    width: 1440
    height: 900
    minimumWidth: 900
    minimumHeight: 600
    visible: true
    color: Theme.window
    title: "Moodloom"
    // What our controls do not cover takes its colours from here: file dialogs, where the desktop has none.
    palette {
        window: Theme.panel
        windowText: Theme.text
        base: Theme.raised
        alternateBase: Theme.hover
        text: Theme.text
        placeholderText: Theme.textSecondary
        button: Theme.raised
        buttonText: Theme.text
        brightText: Theme.text
        light: Theme.raised
        midlight: Theme.hover
        mid: Theme.line
        dark: Theme.textSecondary
        shadow: "#000000"
        highlight: Theme.selection
        highlightedText: Theme.selectionText
        toolTipBase: Theme.raised
        toolTipText: Theme.text
    }
    flags: onTop ? Qt.Window | Qt.WindowStaysOnTopHint : Qt.Window

    WindowMemory {
        window: root
    }

    Instantiator {
        model: root.workspace.actions
        asynchronous: false
        delegate: Shortcut {
            required property string actionId
            required property string shortcut
            required property bool global

            sequences: shortcut === "Ctrl+Return" ? [shortcut, "Ctrl+Enter"]
                       : shortcut === "Ctrl+T" && actionId === "new-board" ? [shortcut, "Ctrl+N"] : [shortcut]
            enabled: global && shortcut.length > 0
            context: Qt.ApplicationShortcut
            onActivated: root.workspace.actions.trigger(actionId)
        }
    }
    Shortcut {
        sequences: [root.workspace.actions.shortcut("stop")]
        enabled: root.workspace.prompt.painting && !commandPalette.opened && !exportPanel.opened && !studio.viewing
        context: Qt.ApplicationShortcut
        onActivated: root.workspace.prompt.stop()
    }

    Connections {
        target: root.workspace.actions
        function onTriggered(id: string) {
            switch (id) {
            case "palette": commandPalette.open(); break
            case "prompt": studio.focusPrompt(); break
            case "prompt-history": studio.showHistory(); break
            case "describe": studio.describe(); break
            case "variations": variationsPanel.open(); break
            case "view-take": studio.viewTake(); break
            case "export": root.exportTake(); break
            case "open-board": openDialog.open(); break
            case "save-board": saveDialog.open(); break
            case "add-folder": library.addFolder(); break
            case "add-model-folder": shelf.addFolder(); break
            case "get-model": shelf.getModel(); break
            case "teach-model": shelf.teachModel(); break
            case "reuse-picture": originDialog.open(); break
            case "paint-over": studio.paintOver(); break
            case "search-library": library.focusSearch(); break
            case "next-part": root.goToPart(1); break
            case "previous-part": root.goToPart(-1); break
            case "toggle-references": studio.referencesShown = !studio.referencesShown; break
            case "toggle-inspector": studio.inspectorShown = !studio.inspectorShown; break
            case "full-screen":
                root.visibility = root.visibility === Window.FullScreen ? Window.AutomaticVisibility : Window.FullScreen
                break
            case "always-on-top": root.onTop = !root.onTop; break
            case "quit": root.close(); break
            default:
                if (id.startsWith("board-"))
                    studio.performOnBoard(id)
            }
        }
    }
    Connections {
        target: root.workspace.references
        function onDropped(asset: real, name: string) {
            root.forget()
            root.droppedReference = String(asset)
            toast.show(qsTr("Dropped “%1”").arg(name.split("\n")[0]), qsTr("Undo"))
        }
    }
    Connections {
        target: root.workspace.boards
        function onClosed(title: string) {
            root.forget()
            root.boardClosed = true
            toast.show(qsTr("Closed “%1”; it is kept").arg(title), qsTr("Open again"))
        }
    }
    Connections {
        target: root.workspace.exporter
        // Its sheet tells it where it is still open.
        function onFailed() {
            if (!exportPanel.visible)
                root.workspace.notices.add(root.workspace.exporter.problem, true)
        }
        function onExported(path: string) {
            root.forget()
            root.exportedFile = path
            toast.show(qsTr("Saved %1").arg(path.split("/").pop()), qsTr("Show in folder"))
        }
    }
    Connections {
        target: root.workspace.library
        function onImportFinished(added: int, failed: int) {
            root.forget()
            toast.show(failed > 0 ? qsTr("%1 added, %2 could not be read").arg(Format.number(added)).arg(Format.number(failed))
                                  : qsTr("%1 added to the library").arg(Format.number(added)), "")
        }
        function onRemoved(name: string) {
            root.forget()
            root.pictureRemoved = true
            toast.show(qsTr("“%1” is no longer in the library; its file stays").arg(name.split("\n")[0]), qsTr("Undo"))
        }
        function onWasPutBack(name: string) {
            root.tell(qsTr("“%1” is in the library again").arg(name.split("\n")[0]))
        }
    }

    Connections {
        target: root.workspace.variations
        function onFinished(painted: int, cells: int) {
            root.forget()
            toast.show(painted === 0 ? qsTr("No picture of the grid was painted.")
                     : painted < cells ? qsTr("%1 of %2 pictures of the grid are on the board").arg(painted).arg(cells)
                                       : qsTr("The grid is on the board"), "")
        }
    }
    Connections {
        target: root.workspace.takes
        function onCopied(message: string) { root.tell(message) }
    }
    Connections {
        target: root.workspace.takes.grounding
        function onTold(message: string) { root.tell(message) }
    }
    Connections {
        target: root.workspace.shared
        function onCame(fileName: string, ontoBoard: bool) {
            root.forget()
            toast.show(ontoBoard ? qsTr("“%1” came from the shared folder onto the board").arg(fileName)
                                 : qsTr("“%1” came from the shared folder into the library").arg(fileName), "")
        }
    }
    Connections {
        target: root.workspace.origin
        function onFound() { originPanel.open() }
        function onSilent(file: string, reason: string) {
            root.forget()
            if (root.dropped !== undefined)
                root.addDropped(root.dropped)
            toast.show(root.dropped !== undefined ? qsTr("%1 It was added to the board.").arg(reason) : reason, "")
            root.dropped = undefined
        }
        function onUsed(fileName: string) {
            root.forget()
            root.settingsTaken = true
            toast.show(qsTr("The settings of “%1” are in use").arg(fileName), qsTr("Undo"))
        }
    }

    DropTarget {
        id: drop

        anchors.fill: parent
        acceptsText: false
        acceptsAssets: false // a card that is dragged inside the window is in the library already
        onReceived: (content) => {
            if (root.workspace.page === Workspace.Page.Models) {
                root.workspace.shelf.take(content)
                return
            }
            if (root.workspace.page === Workspace.Page.Studio)
                root.addDropped(content)
            else
                root.workspace.library.take(content)
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rail {
            Layout.fillHeight: true
            visible: !studio.presenting
            workspace: root.workspace
            onPaletteRequested: commandPalette.open()
        }
        Rectangle {
            Layout.fillHeight: true
            visible: !studio.presenting
            implicitWidth: 1
            color: Theme.line
        }
        ColumnLayout {
            spacing: 0

            NoticeStack {
                Layout.fillWidth: true
                Layout.margins: Theme.tiny
                visible: root.workspace.notices.count > 0 && !studio.presenting
                notices: root.workspace.notices
            }
            StackLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                currentIndex: root.workspace.page

                StudioPage {
                    id: studio

                    focus: root.workspace.page === Workspace.Page.Studio
                    workspace: root.workspace
                    onExportRequested: root.exportTake()
                    onVariationsRequested: variationsPanel.open()
                    onTold: (text) => root.tell(text)
                    onPictureForPrompt: (content) => {
                        if (content.files.length === 0) {
                            root.addDropped(content)
                            return
                        }
                        root.dropped = content
                        root.workspace.origin.read(Format.fileUrl(content.files[0]))
                    }
                    onPresentingChanged: {
                        if (presenting) {
                            root.visibilityBefore = root.visibility
                            root.visibility = Window.FullScreen
                        } else {
                            root.visibility = root.visibilityBefore
                        }
                    }
                }
                LibraryPage {
                    id: library

                    objectName: "libraryPage"
                    focus: root.workspace.page === Workspace.Page.Library
                    model: root.workspace.library
                    onPinRequested: (asset, name) => {
                        root.workspace.prompt.bindAsset(asset, -1)
                        root.tell(qsTr("Pinned as a reference: %1").arg(name.split("\n")[0]))
                    }
                }
                ShelfPage {
                    id: shelf

                    objectName: "shelfPage"
                    focus: root.workspace.page === Workspace.Page.Models
                    model: root.workspace.shelf
                }
                SettingsPage {
                    id: settings

                    objectName: "settingsPage"
                    focus: root.workspace.page === Workspace.Page.Settings
                    workspace: root.workspace
                }
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        visible: drop.containsDrag
        color: "transparent"
        border.color: Theme.accentInk
        border.width: 2
    }

    Toast {
        id: toast

        objectName: "toast"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        // Where the board's own stand, above the takes; above the board's, while it shows one.
        anchors.bottomMargin: root.workspace.page !== Workspace.Page.Studio ? Theme.huge
            : 124 + Theme.large + (studio.message.visible ? studio.message.height + Theme.small : 0)
        onActivated: {
            if (root.droppedReference.length > 0)
                root.workspace.references.restore(Number(root.droppedReference))
            else if (root.exportedFile.length > 0)
                root.workspace.exporter.showInFolder(root.exportedFile)
            else if (String(root.boardToReplace).length > 0)
                root.workspace.saveBoardAs(root.boardToReplace)
            else if (root.boardClosed)
                root.workspace.actions.trigger("reopen-board")
            else if (root.pictureRemoved)
                root.workspace.library.putBack()
            else if (root.settingsTaken) {
                root.workspace.page = Workspace.Page.Studio // which shows it
                root.workspace.actions.trigger("undo")
            }
            root.forget()
        }
    }
    FilePicker {
        id: openDialog

        title: qsTr("Open a board")
        nameFilters: [qsTr("Moodloom board (*.moodloom)")]
        onAccepted: root.workspace.openBoard(selectedFile)
    }
    FilePicker {
        id: saveDialog

        title: qsTr("Save the board as")
        acceptLabel: qsTr("Save")
        fileMode: FileDialog.SaveFile
        nameFilters: [qsTr("Moodloom board (*.moodloom)")]
        onAccepted: {
            if (!root.workspace.replacesFile(selectedFile)) {
                root.workspace.saveBoardAs(selectedFile)
                return
            }
            root.forget()
            root.boardToReplace = selectedFile
            toast.show(qsTr("Not saved yet: “%1” is there already").arg(Format.localPath(selectedFile).split("/").pop()), qsTr("Replace"))
        }
    }
    FilePicker {
        id: originDialog

        title: qsTr("Use the prompt and settings of a picture")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff)"), qsTr("All files (*)")]
        onAccepted: {
            root.dropped = undefined
            root.workspace.origin.read(selectedFile)
        }
    }
    OriginPanel {
        id: originPanel

        objectName: "originPanel"
        parent: root.contentItem
        x: 64
        y: studio.promptHeight + Theme.small
        model: root.workspace.origin
    }
    CommandPalette {
        id: commandPalette

        objectName: "palette"
        actions: root.workspace.actions
    }
    VariationsPanel {
        id: variationsPanel

        objectName: "variationsPanel"
        parent: root.contentItem
        x: root.width - width - Theme.large
        y: root.height - height - Theme.large - 124
        model: root.workspace.variations
    }
    ExportPanel {
        id: exportPanel

        objectName: "exportPanel"
        parent: root.contentItem
        x: root.width - width - Theme.large
        y: 64
        exporter: root.workspace.exporter
    }
}
