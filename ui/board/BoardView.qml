import QtQuick
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// The board as the window shows it: the canvas, and what stands over it for a moment.
FocusScope {
    id: root

    required property Board board
    property int latentFactor: 8 // pixels for each cell of the model's grid
    property var shortcuts: ({}) // of boardActions(), by their ids; else their own

    readonly property alias controller: boardController
    readonly property alias canvas: boardCanvas
    readonly property alias message: toast
    readonly property var keys: boardCanvas.shortcuts
    property bool minimapShown: false
    property bool rulersShown: false
    readonly property bool presenting: boardCanvas.presenting
    property string trouble // what could not be added, until it is dismissed
    property Board noticed // the board whose notice of being read-only was dismissed
    property bool byKeys: false // the keyboard came here by keys: seen by a ring

    // The user asks to choose files; the shell owns the dialog.
    signal addFilesRequested()

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Board")
    Keys.onPressed: (event) => {
        if (event.key !== Qt.Key_Menu && !(event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier))
            return
        event.accepted = true
        const at = boardCanvas.menuPlace()
        menu.popup(at.x, at.y)
    }

    BoardController {
        id: boardController

        board: root.board
        onDropped: (count) => toast.show(qsTr("%n reference(s) dropped", "", count), qsTr("Undo"))
        onProblem: (text) => root.trouble = text
        onNotice: (text) => toast.show(text, "")
        onLocateRequested: (name) => {
            locateDialog.name = name
            locateDialog.open()
        }
    }
    FilePicker {
        id: locateDialog

        property string name

        objectName: "locateDialog"
        title: qsTr("Where is %1 now?").arg(name)
        onAccepted: boardController.locate(selectedFile)
    }

    BoardCanvas {
        id: boardCanvas

        objectName: "boardCanvas"
        anchors.fill: parent
        focus: true
        controller: boardController
        shortcuts: root.shortcuts
        latentFactor: root.latentFactor
        guidesShown: root.rulersShown
        reducedMotion: Theme.reducedMotion
        backgroundColor: Theme.canvas
        raisedColor: Theme.raised
        lineColor: Theme.line
        textColor: Theme.text
        secondaryTextColor: Theme.textSecondary
        selectionColor: Theme.selection
        accentColor: Theme.accent
        accentInkColor: Theme.accentInk
        dangerColor: Theme.danger
        Accessible.role: Accessible.Canvas
        Accessible.focusable: true
        Accessible.name: presenting ? slideText : boardController.selectedCount > 0 ? boardController.name : qsTr("Board")
        Accessible.description: qsTr("Tab goes through the items, arrows move them.")
        onActiveFocusChanged: {
            if (activeFocus)
                root.byKeys = !pressed.active
            if (activeFocus && comparePanel.visible) // which covers it
                comparePanel.forceActiveFocus(Qt.TabFocusReason)
        }
        onTold: (message) => toast.show(message, "")
        onColorSampled: (color) => toast.show(qsTr("%1 is on the clipboard").arg(color.toString()), "")
        onOutlineRequested: outlinePanel.visible ? outlinePanel.close() : outlinePanel.open()
        onRulersRequested: root.rulersShown = !root.rulersShown
        onCompareRequested: (first, second) => comparePanel.open(first, second)
        onMinimapRequested: root.minimapShown = !root.minimapShown
        onContextMenuRequested: (position) => menu.popup(position.x, position.y)
    }

    PointHandler {
        id: pressed

        acceptedButtons: Qt.AllButtons
        onActiveChanged: {
            if (active)
                root.byKeys = false
        }
    }
    BoardRuler {
        objectName: "boardTopRuler"
        width: parent.width
        height: 18
        visible: root.rulersShown && !root.presenting
        canvas: boardCanvas
        orientation: Qt.Horizontal
        groundColor: Theme.panel
        lineColor: Theme.line
        textColor: Theme.textSecondary
        markColor: Theme.accent
    }
    BoardRuler {
        objectName: "boardLeftRuler"
        width: 18
        height: parent.height
        visible: root.rulersShown && !root.presenting
        canvas: boardCanvas
        orientation: Qt.Vertical
        groundColor: Theme.panel
        lineColor: Theme.line
        textColor: Theme.textSecondary
        markColor: Theme.accent
    }
    Rectangle {
        width: 18
        height: 18
        visible: root.rulersShown && !root.presenting
        color: Theme.panel
    }

    // Over the rulers, which would hide two sides of it.
    FocusRing {
        objectName: "boardFocusRing"
        anchors.margins: 1
        radius: 2
        border.width: 1
        shown: root.byKeys && boardCanvas.activeFocus && !root.presenting
    }

    BoardMenu {
        id: menu

        objectName: "boardMenu"
        controller: boardController
        canvas: boardCanvas
        onAddFilesRequested: root.addFilesRequested()
    }

    // An empty board says what one can do.
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(520, parent.width - 2 * Theme.huge)
        visible: boardController.empty && boardCanvas.tool === BoardCanvas.Select
                 && boardCanvas.editing.length === 0 && !boardCanvas.dropHovering
        iconName: "board"
        title: qsTr("An empty board")
        text: qsTr("Write a prompt above to find references.\n"
                   + "Drop or paste pictures from anywhere.\n"
                   + "Double-click here to make a frame: what you place in it is what you get there.")

        Row {
            spacing: Theme.small

            Button {
                iconName: "image"
                text: qsTr("Add pictures")
                onClicked: root.addFilesRequested()
            }
            Button {
                iconName: "frame"
                text: qsTr("New frame")
                tip: qsTr("Or double-click on the board")
                shortcut: root.keys["board-frame"]
                onClicked: {
                    boardCanvas.addFrameHere()
                    boardCanvas.forceActiveFocus()
                }
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.small
        visible: boardCanvas.dropHovering
        color: "transparent"
        border.color: Theme.accentInk
        border.width: 2
        radius: Theme.radius

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.large
            width: dropText.implicitWidth + 2 * Theme.medium
            height: 32
            radius: Theme.radius
            color: Theme.raised
            border.color: Theme.line

            Label {
                id: dropText

                anchors.centerIn: parent
                text: qsTr("Drop here to put it on the board")
            }
        }
    }

    BoardTextEditor {
        x: boardCanvas.editingRect.x
        y: boardCanvas.editingRect.y
        width: Math.max(120, boardCanvas.editingRect.width)
        // What is being written is seen, however small or far down the note is.
        height: Math.max(Theme.controlHeight, boardCanvas.editingRect.height,
                         Math.min(contentHeight + topPadding + bottomPadding, root.height - y - Theme.small))
        controller: boardController
        canvas: boardCanvas
    }

    WebCardBar {
        objectName: "webCardBar"
        readonly property rect at: boardCanvas.cardsRect
        // Below the cards, above them where that is out of sight; never beyond the edges.
        readonly property real below: at.y + at.height + Theme.small

        visible: controller.web.cards > 0 && at.width > 0 && !boardCanvas.presenting
        x: Math.max(Theme.small, Math.min(at.x, root.width - width - Theme.small))
        y: Math.max(Theme.small, below + height <= root.height - Theme.small ? below
                                 : Math.min(at.y - height - Theme.small, root.height - height - Theme.small))
        controller: boardController
        canvas: boardCanvas
    }

    PenBar {
        objectName: "penBar"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: Theme.small + (root.rulersShown ? 18 : 0)
        visible: boardCanvas.tool === BoardCanvas.Pen || boardCanvas.tool === BoardCanvas.Eraser
        canvas: boardCanvas
    }

    ErrorBanner {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: Theme.small
        width: Math.min(560, parent.width - 2 * Theme.large)
        serious: !boardController.readOnly
        message: root.trouble.length > 0 ? root.trouble
               : boardController.readOnly && root.noticed === root.board ? "" : boardController.saveText
        onDismissed: {
            if (root.trouble.length > 0)
                root.trouble = ""
            else if (boardController.readOnly)
                root.noticed = root.board
            else
                boardController.retrySaving()
        }
    }

    Toast {
        id: toast

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.large
        onActivated: boardController.undo()
    }

    OutlinePanel {
        id: outlinePanel

        objectName: "boardOutline"
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.small
        controller: boardController
        canvas: boardCanvas
    }

    Rectangle {
        id: minimapFrame

        objectName: "boardMinimapFrame"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.small
        anchors.bottomMargin: Theme.controlHeight + 2 * Theme.small
        width: 200
        height: 130
        visible: root.minimapShown && !root.presenting
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius

        BoardMinimap {
            id: minimap

            objectName: "boardMinimap"
            anchors.fill: parent
            anchors.margins: 1
            canvas: boardCanvas
            pictureColor: Qt.alpha(Theme.textSecondary, 0.5)
            frameColor: Theme.line
            selectionColor: Theme.selection
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Minimap")

            Rectangle {
                x: minimap.viewRect.x
                y: minimap.viewRect.y
                width: Math.max(2, minimap.viewRect.width)
                height: Math.max(2, minimap.viewRect.height)
                color: "transparent"
                border.color: Theme.selection
            }
        }
    }

    // How near the board is, and the way back to all of it.
    Row {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.small
        spacing: 0
        visible: !boardController.empty && !boardCanvas.presenting

        IconButton {
            iconName: "minus"
            text: qsTr("Zoom out")
            shortcut: root.keys["board-zoom-out"]
            onClicked: boardCanvas.zoomOut()
        }
        Label {
            width: 44
            height: Theme.controlHeight
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            small: true
            dim: true
            text: qsTr("%1 %").arg(Math.round(boardCanvas.zoom * 100))
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Zoom %1: show the whole board").arg(text)
            Accessible.onPressAction: boardCanvas.fitAll()

            TapHandler { onTapped: boardCanvas.fitAll() }
        }
        IconButton {
            iconName: "plus"
            text: qsTr("Zoom in")
            shortcut: root.keys["board-zoom-in"]
            onClicked: boardCanvas.zoomIn()
        }
    }

    ComparePanel {
        id: comparePanel

        objectName: "comparePanel"
        anchors.fill: parent
        controller: boardController
        canvas: boardCanvas
    }
}
