pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Board
import Moodloom.Prompt
import Moodloom.References
import Moodloom.Generation
import Moodloom.Shell

// The place where a picture is made: prompt, references, board, takes, inspector.
FocusScope {
    id: root

    required property Workspace workspace
    property bool referencesShown: true
    property bool inspectorShown: true
    readonly property Toast message: board.message // of what was done on the board
    readonly property real promptHeight: promptArea.height
    readonly property bool viewing: viewer.visible
    readonly property bool presenting: board.presenting // nothing but the board is shown

    signal exportRequested()
    signal told(text: string)
    signal variationsRequested()
    signal pictureForPrompt(content: dropContent) // dropped where the prompt is written

    // From prompt to references, board, takes, inspector, and on to the prompt; -1: the other way.
    function goToPart(by: int) {
        const parts = [prompt, references, viewer.visible ? viewer : board, takes, inspector]
        let at = by > 0 ? -1 : 0 // from elsewhere: to the first or the last
        for (let item = Window.activeFocusItem; item; item = item.parent) {
            if (parts.includes(item)) {
                at = parts.indexOf(item)
                break
            }
        }
        for (let i = 0; i < parts.length; ++i) {
            at = (at + by + parts.length) % parts.length
            const part = parts[at]
            if (!part.visible || part === references && root.workspace.references.count === 0)
                continue
            if (part === prompt)
                focusPrompt()
            else if (part === board)
                board.canvas.forceActiveFocus(Qt.TabFocusReason)
            else if (part === viewer)
                viewer.forceActiveFocus(Qt.TabFocusReason)
            else if (part !== takes || !takes.focusTake())
                part.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            return
        }
    }
    function focusPrompt() {
        prompt.focusInput()
    }
    function showHistory() {
        prompt.showHistory()
    }
    function describe() {
        prompt.describe()
    }
    // Pictures that were dropped beside the board.
    function add(content: dropContent) {
        board.canvas.add(content)
    }
    // The picture that is selected on the board, else the take in the inspector.
    function paintOver() {
        if (board.controller.hash.length > 0)
            workspace.options.paintOver(board.controller.hash, board.controller.path)
        else if (workspace.takes.current.length > 0)
            workspace.takes.paintOver(workspace.takes.current)
    }
    // One of the board's actions, chosen by its name.
    function performOnBoard(action: string) {
        if (viewer.visible)
            closeViewer()
        board.canvas.forceActiveFocus(Qt.ShortcutFocusReason)
        board.canvas.perform(action)
    }
    function viewTake() {
        if (workspace.takes.current.length === 0)
            workspace.takes.moveBy(0)
        if (workspace.takes.current.length === 0)
            return
        viewer.visible = true
        viewer.forceActiveFocus(Qt.OtherFocusReason)
    }
    function closeViewer() {
        viewer.visible = false
        takes.forceActiveFocus(Qt.OtherFocusReason)
    }

    // From wherever the keys are, unless Esc means something there.
    Keys.onEscapePressed: (event) => {
        event.accepted = viewer.visible
        if (viewer.visible)
            closeViewer()
    }

    component VerticalLine: Rectangle {
        Layout.fillHeight: true
        implicitWidth: 1
        color: Theme.line
    }
    component HorizontalLine: Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.line
    }

    FilePicker {
        id: picturesDialog

        title: qsTr("Add pictures")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)"),
                      qsTr("All files (*)")]
        onAccepted: board.canvas.addFiles(selectedFiles)
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        ColumnLayout {
            spacing: 0

            BoardTabBar {
                objectName: "boardTabs"
                Layout.fillWidth: true
                visible: root.workspace.boards.count > 1 && !root.presenting
                workspace: root.workspace
                onItemsDropped: (json) => board.canvas.addItems(json)
            }
            Rectangle {
                id: promptArea

                Layout.fillWidth: true
                visible: !root.presenting
                implicitHeight: prompt.implicitHeight + 2 * Theme.medium
                color: Theme.panel

                // Below the prompt, so that its chips take what is dropped on them.
                DropTarget {
                    id: promptDrop

                    objectName: "promptDrop"
                    anchors.fill: parent
                    acceptsText: false
                    acceptsAssets: false // are meant for a chip, which the hint would hide
                    onReceived: (content) => root.pictureForPrompt(content)
                }
                PromptBar {
                    id: prompt

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.margins: Theme.medium
                    y: Theme.medium
                    focus: true
                    model: root.workspace.prompt
                    shortcuts: root.workspace.actions.shortcuts
                    pictureAsset: root.workspace.references.selected
                    pictureHash: board.controller.hash
                    picturePath: board.controller.path
                    selectedItems: board.controller.selection
                    onNothingTold: root.told(qsTr("No picture here has words to describe it."))
                }
                Rectangle {
                    objectName: "promptDropHint"
                    anchors.fill: parent
                    visible: promptDrop.containsDrag
                    color: Theme.panel
                    border.color: Theme.accentInk
                    border.width: 2

                    Label {
                        anchors.centerIn: parent
                        text: qsTr("Drop the picture here to use its prompt and settings")
                    }
                }
            }
            HorizontalLine { visible: !root.presenting }
            RowLayout {
                spacing: 0

                Rectangle {
                    Layout.fillHeight: true
                    Layout.preferredWidth: Math.max(240, Math.min(400, Math.round(root.width * 0.22)))
                    visible: root.referencesShown && !root.presenting
                    color: Theme.panel

                    ReferencesPanel {
                        id: references

                        objectName: "referencesPanel"
                        anchors.fill: parent
                        model: root.workspace.references
                        libraryEmpty: root.workspace.library.empty
                        shortcuts: root.workspace.actions.shortcuts
                        awayFolders: root.workspace.library.awayFolders
                        locating: root.workspace.library.locating
                        onLocateRequested: (folder, to) => root.workspace.library.locate(folder, to)
                        onLibraryRequested: root.workspace.page = Workspace.Page.Library
                    }
                }
                VerticalLine { visible: root.referencesShown && !root.presenting }
                Item {
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    BoardView {
                        id: board

                        objectName: "boardView"
                        anchors.fill: parent
                        visible: !viewer.visible
                        board: root.workspace.board
                        shortcuts: root.workspace.boardShortcuts
                        latentFactor: root.workspace.options.granularity
                        onAddFilesRequested: picturesDialog.open()

                        Binding {
                            target: root.workspace
                            property: "activeFrame"
                            value: board.controller.activeFrame
                        }
                        Binding {
                            target: board.canvas
                            property: "troubles"
                            value: root.workspace.takes.failures.byFrame
                        }
                        Connections {
                            target: root.workspace.takes
                            function onPreviewChanged() {
                                board.canvas.setPreview(root.workspace.activeFrame, root.workspace.takes.preview)
                            }
                        }
                    }
                    TakeViewer {
                        id: viewer

                        objectName: "takeViewer"
                        anchors.fill: parent
                        visible: false
                        model: root.workspace.takes
                        onClosed: root.closeViewer()
                    }
                }
            }
            HorizontalLine { visible: !root.presenting }
            Rectangle {
                Layout.fillWidth: true
                visible: !root.presenting
                implicitHeight: takes.implicitHeight
                color: Theme.panel

                TakesStrip {
                    id: takes

                    objectName: "takesStrip"
                    anchors.fill: parent
                    model: root.workspace.takes
                    shortcuts: root.workspace.actions.shortcuts
                    gridProgress: root.workspace.variations.progress
                    onOpened: root.viewTake()
                    onVariationsRequested: root.variationsRequested()
                }
            }
        }
        VerticalLine { visible: root.inspectorShown && !root.presenting }
        Inspector {
            id: inspector

            objectName: "inspector"
            Layout.fillHeight: true
            Layout.preferredWidth: Math.max(236, Math.min(300, Math.round(root.width * 0.19)))
            visible: root.inspectorShown && !root.presenting
            workspace: root.workspace
            board: board.controller
            canvas: board.canvas
            onExportRequested: root.exportRequested()
        }
    }
}
