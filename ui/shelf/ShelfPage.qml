pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shelf

// All models on this machine: which one paints, what is put on it, and where they are looked for.
FocusScope {
    id: root

    required property ShelfModel model

    function addFolder() { folderDialog.open() }
    function getModel() { get.focusName() }
    function teachModel() { teach.focusFolder() }

    Connections {
        target: root.model
        function onPictureWanted(path: string) {
            pictureDialog.network = path
            pictureDialog.open()
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        ColumnLayout {
            Layout.margins: Theme.large
            spacing: Theme.medium

            RowLayout {
                spacing: Theme.medium

                Label {
                    text: qsTr("Models")
                    font.pixelSize: 18
                    font.weight: Font.DemiBold
                }
                Label {
                    objectName: "shelfProgress"
                    Layout.fillWidth: true
                    dim: true
                    elide: Text.ElideMiddle
                    text: root.model.scanning ? root.model.progressText
                                              : qsTr("%1 on this machine").arg(Format.number(root.model.total + 1)) // the built-in one, too
                }
                TextField {
                    id: search

                    objectName: "shelfSearch"
                    Layout.preferredWidth: 280
                    Layout.minimumWidth: 120
                    iconName: "search"
                    focus: true
                    placeholderText: qsTr("Search names, kinds, trigger words")
                    onTextEdited: root.model.words = text
                    Keys.onDownPressed: {
                        list.currentIndex = Math.max(0, list.currentIndex)
                        list.forceActiveFocus(Qt.TabFocusReason)
                    }
                }
                ComboBox {
                    objectName: "familyBox"
                    name: qsTr("Family")
                    model: root.model.families
                    currentIndex: root.model.family
                    onActivated: (index) => root.model.family = index
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.tiny

                Repeater {
                    model: root.model.groups

                    ChoiceButton {
                        required property int index
                        required property var modelData

                        objectName: "shelfGroup" + modelData.value
                        text: modelData.text + "  " + Format.number(root.model.groupCounts[index])
                        checked: root.model.group === modelData.value
                        onClicked: root.model.group = modelData.value
                    }
                }
            }

            ProblemList {
                Layout.fillWidth: true
                problems: root.model.problems
            }
            ListView {
                id: list

                objectName: "shelfList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                spacing: 2
                model: root.model
                Accessible.role: Accessible.List
                // Where the keys are: the list has the keyboard, not the model.
                Accessible.name: activeFocus && currentItem ? currentItem.Accessible.name : qsTr("Models")
                Accessible.description: activeFocus && currentItem ? currentItem.Accessible.description : ""
                Keys.onPressed: (event) => {
                    const row = currentItem as ShelfRow
                    if (!row || (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)))
                        return
                    event.accepted = true
                    switch (event.key) {
                    case Qt.Key_Return:
                    case Qt.Key_Enter:
                    case Qt.Key_Space: root.model.use(row.path); break
                    case Qt.Key_Equal:
                    case Qt.Key_Plus: root.model.setScale(row.path, row.scale + 0.05); break
                    case Qt.Key_Minus: root.model.setScale(row.path, row.scale - 0.05); break
                    case Qt.Key_W: row.triggerWords.forEach((word) => root.model.addWord(word)); break
                    default: event.accepted = false
                    }
                }
                delegate: ShelfRow {
                    width: Math.min(list.width - Theme.medium, 1280) // the buttons stay near the names
                    current: ListView.isCurrentItem
                    hasKeyboard: list.activeFocus
                    onChosen: {
                        list.forceActiveFocus(Qt.MouseFocusReason)
                        list.currentIndex = index
                    }
                    onUseRequested: root.model.use(path)
                    onScaleRequested: (scale) => root.model.setScale(path, scale)
                    onWordRequested: (word) => root.model.addWord(word)
                }

                ScrollBar {
                    parent: list
                    anchors.right: parent.right
                    anchors.top: parent.top
                    anchors.bottom: parent.bottom
                    orientation: Qt.Vertical
                    size: list.visibleArea.heightRatio
                    position: list.visibleArea.yPosition
                    onPositionChanged: {
                        if (pressed)
                            list.contentY = position * list.contentHeight
                    }
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, 400)
                    visible: list.count === 0
                    iconName: "search"
                    title: qsTr("Nothing found")
                    text: qsTr("No model has all of these words in its name, kind, family or trigger words.")
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, 460)
                    visible: root.model.total === 0 && list.count > 0 && !root.model.scanning
                    iconName: "models"
                    title: qsTr("Bring your own models")
                    text: qsTr("Checkpoints, LoRAs and ControlNets of Stable Diffusion 1.x, 2.x and SDXL, recognised by what is in them. The folders of ComfyUI, A1111, Forge and Hugging Face's cache are found automatically in their usual places.")

                    Button {
                        objectName: "emptyAddModelFolder"
                        primary: true
                        text: qsTr("Add a folder")
                        iconName: "folder-add"
                        onClicked: root.addFolder()
                    }
                }
            }
        }
        Rectangle {
            Layout.fillHeight: true
            implicitWidth: 1
            color: Theme.line
        }
        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: 320
            color: Theme.panel

            Flickable {
                id: side

                // What has the keyboard is in view.
                readonly property Item focused: Window.activeFocusItem

                anchors.fill: parent
                contentHeight: panels.implicitHeight + 2 * Theme.large

                onFocusedChanged: {
                    let item = focused
                    while (item && item !== panels)
                        item = item.parent
                    if (!item || !focused)
                        return
                    const top = focused.mapToItem(panels, 0, 0).y + Theme.large
                    contentY = Math.max(0, Math.min(top - Theme.medium, Math.max(contentY, top + focused.height + Theme.medium - height)))
                }
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                ColumnLayout {
                    id: panels

                    x: Theme.large
                    y: Theme.large
                    width: side.width - 2 * Theme.large
                    spacing: Theme.large

                    PlacesPanel {
                        Layout.fillWidth: true
                        model: root.model
                        onAddRequested: root.addFolder()
                        onAddListRequested: listDialog.open()
                    }
                    Rectangle {
                        Layout.fillWidth: true
                        implicitHeight: 1
                        color: Theme.line
                    }
                    GetModelPanel {
                        id: get

                        Layout.fillWidth: true
                        model: root.model.download
                        onFolderRequested: targetDialog.open()
                    }
                    Rectangle {
                        Layout.fillWidth: true
                        implicitHeight: 1
                        color: Theme.line
                    }
                    TeachPanel {
                        id: teach

                        Layout.fillWidth: true
                        model: root.model.teach
                        onFolderRequested: picturesDialog.open()
                    }
                }
            }
        }
    }

    FolderPicker {
        id: folderDialog

        title: qsTr("Add a folder of models")
        onAccepted: root.model.addFolder(selectedFolder)
    }
    FilePicker {
        id: listDialog

        title: qsTr("Add the folders that ComfyUI's extra_model_paths.yaml names")
        nameFilters: [qsTr("Lists of folders (*.yaml *.yml)")]
        onAccepted: root.model.addFolder(selectedFile)
    }
    FolderPicker {
        id: targetDialog

        title: qsTr("Choose where the model goes")
        onAccepted: root.model.download.setFolder(selectedFolder)
    }
    FolderPicker {
        id: picturesDialog

        title: qsTr("Choose the pictures that it is taught")
        onAccepted: root.model.teach.setFolder(selectedFolder)
    }
    FilePicker {
        id: pictureDialog

        property string network

        title: qsTr("Choose the picture that it follows")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)"),
                      qsTr("All files (*)")]
        onAccepted: root.model.follow(network, selectedFile)
    }
}
