pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Library

// Everything in the library as a grid, with search and import.
FocusScope {
    id: root

    required property LibraryModel model

    signal pinRequested(asset: real, name: string)

    function addFolder() { folderDialog.open() }
    function focusSearch() { search.forceActiveFocus(Qt.ShortcutFocusReason) }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.large
        spacing: Theme.medium

        RowLayout {
            Layout.minimumHeight: Theme.controlHeight
            spacing: Theme.medium

            Label {
                text: qsTr("Library")
                font.pixelSize: 18
                font.weight: Font.DemiBold
            }
            Label {
                Layout.fillWidth: true
                dim: true
                text: root.model.assets.words.length > 0
                      ? qsTr("%1 of %2 pictures").arg(Format.number(root.model.assets.count)).arg(Format.number(root.model.total))
                      : qsTr("%1 pictures").arg(Format.number(root.model.total))
                visible: !root.model.empty
            }
            Item {
                Layout.fillWidth: true
                visible: root.model.empty
            }
            TextField {
                id: search

                objectName: "librarySearch"
                Layout.preferredWidth: 260
                iconName: "search"
                focus: true
                visible: !root.model.empty
                placeholderText: qsTr("Search names and keywords")
                onTextEdited: root.model.assets.words = text
                Keys.onDownPressed: grid.forceActiveFocus(Qt.TabFocusReason)
            }
            Button {
                objectName: "addFolder"
                visible: !root.model.empty
                text: qsTr("Add a folder")
                iconName: "folder-add"
                onClicked: root.addFolder()
            }
        }

        ProblemList {
            Layout.fillWidth: true
            problems: root.model.problems
        }
        AwayFolders {
            Layout.fillWidth: true
            folders: root.model.awayFolders
            locating: root.model.locating
            onLocateRequested: (folder, to) => root.model.locate(folder, to)
        }
        ImportBar {
            Layout.fillWidth: true
            progress: root.model.progress
        }
        FailureList {
            Layout.fillWidth: true
            failures: root.model.failures
        }

        GridView {
            id: grid

            readonly property int roomy: width - Theme.medium // beside the scroll bar
            readonly property int columns: Math.max(2, Math.floor(roomy / 176))

            objectName: "libraryGrid"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.model.empty
            activeFocusOnTab: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            cacheBuffer: 400
            cellWidth: Math.floor(roomy / columns)
            cellHeight: cellWidth
            model: root.model.assets
            Accessible.role: Accessible.List
            // Where the keys are: the grid has the keyboard, not the picture.
            Accessible.name: activeFocus && currentItem ? currentItem.Accessible.name : qsTr("Library")
            Accessible.description: activeFocus && currentItem ? currentItem.Accessible.description : ""
            Keys.onPressed: (event) => {
                const cell = currentItem as AssetCell
                if (cell && (event.key === Qt.Key_Menu || event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier)) {
                    cell.openMenu()
                    event.accepted = true
                    return
                }
                if (!cell || event.modifiers !== Qt.NoModifier)
                    return
                if (event.key === Qt.Key_P || event.key === Qt.Key_Return) {
                    root.pinRequested(cell.asset, cell.name)
                    event.accepted = true
                } else if (event.key === Qt.Key_Delete) {
                    root.model.remove(cell.asset, cell.name)
                    event.accepted = true
                }
            }
            delegate: AssetCell {
                width: grid.cellWidth - Theme.tiny
                height: grid.cellHeight - Theme.tiny
                current: GridView.isCurrentItem && grid.activeFocus
                hasKeyboard: grid.activeFocus
                onChosen: {
                    grid.forceActiveFocus(Qt.MouseFocusReason)
                    grid.currentIndex = index
                }
                onPinRequested: root.pinRequested(asset, name)
                onRemoveRequested: root.model.remove(asset, name)
            }

            ScrollBar {
                parent: grid
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.bottom: parent.bottom
                orientation: Qt.Vertical
                size: grid.visibleArea.heightRatio
                position: grid.visibleArea.yPosition
                onPositionChanged: {
                    if (pressed)
                        grid.contentY = position * grid.contentHeight
                }
            }

            EmptyState {
                anchors.centerIn: parent
                width: Math.min(parent.width, 320)
                visible: grid.count === 0 && root.model.assets.loaded && !root.model.progress.running
                iconName: "search"
                title: qsTr("Nothing found")
                text: qsTr("No picture has all of these words in its name, description or keywords. Try fewer or other words.")
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.model.empty

            EmptyState {
                anchors.centerIn: parent
                width: Math.min(parent.width, 520)
                iconName: "library"
                title: qsTr("Your pictures are the material")
                text: qsTr("Moodloom looks up references in a library of your own pictures. They stay where they are and never leave this machine.\nAdd a folder, drop pictures here, or start with drawn samples.")

                Button {
                    objectName: "emptyAddFolder"
                    primary: true
                    text: qsTr("Add a folder")
                    iconName: "folder-add"
                    onClicked: root.addFolder()
                }
                Button {
                    objectName: "makeSamples"
                    text: qsTr("Make the sample library")
                    iconName: "sample"
                    onClicked: root.model.makeSampleLibrary()
                }
            }
        }
    }

    FolderPicker {
        id: folderDialog

        title: qsTr("Add a folder to the library")
        onAccepted: root.model.import([selectedFolder])
    }
}
