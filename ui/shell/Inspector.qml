import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Generation
import Moodloom.Shell

// What is chosen, and below it how the picture is painted.
Rectangle {
    id: root

    required property Workspace workspace
    required property BoardController board
    required property BoardCanvas canvas

    signal exportRequested()

    component Line: Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.line
    }

    color: Theme.panel

    Flickable {
        id: flick

        anchors.fill: parent
        contentHeight: column.implicitHeight + 2 * Theme.medium
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: column

            x: Theme.medium
            y: Theme.medium
            width: flick.width - 2 * Theme.medium
            spacing: Theme.medium

            BoardInspector {
                Layout.fillWidth: true
                controller: root.board
                canvas: root.canvas
                onPaintOverRequested: (hash, path) => root.workspace.options.paintOver(hash, path)
            }
            Line { visible: root.board.selectedCount > 0 }
            ReferenceDetails {
                Layout.fillWidth: true
                visible: root.workspace.references.selected !== 0
                model: root.workspace.references
            }
            Line { visible: root.workspace.references.selected !== 0 }
            TakeDetails {
                Layout.fillWidth: true
                visible: root.workspace.takes.current.length > 0
                model: root.workspace.takes
                shortcuts: root.workspace.actions.shortcuts
                onExportRequested: root.exportRequested()
            }
            Line { visible: root.workspace.takes.current.length > 0 }
            PaintSettingsPanel {
                Layout.fillWidth: true
                options: root.workspace.options
                onModelsRequested: root.workspace.page = Workspace.Page.Models
            }
        }

        ScrollBar {
            parent: flick
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            orientation: Qt.Vertical
            size: flick.visibleArea.heightRatio
            position: flick.visibleArea.yPosition
            onPositionChanged: {
                if (pressed)
                    flick.contentY = position * flick.contentHeight
            }
        }
    }
}
