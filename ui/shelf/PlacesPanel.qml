pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shelf

// The folders that the shelf looks in.
ColumnLayout {
    id: root

    required property ShelfModel model

    signal addRequested()
    signal addListRequested()

    spacing: Theme.small

    RowLayout {
        Label {
            Layout.fillWidth: true
            text: qsTr("Folders")
            font.weight: Font.DemiBold
        }
        IconButton {
            objectName: "rescan"
            iconName: "redo"
            text: qsTr("Look again")
            onClicked: root.model.rescan()
        }
    }
    Repeater {
        model: root.model.places

        RowLayout {
            id: place

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.tiny

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                Label {
                    objectName: "placePath"
                    Layout.fillWidth: true
                    text: Format.path(place.modelData.path)
                    dim: !place.modelData.there
                    elide: Text.ElideMiddle
                }
                Label {
                    objectName: "placeState"
                    Layout.fillWidth: true
                    visible: text.length > 0
                    small: true
                    dim: true
                    wrapMode: Text.Wrap
                    maximumLineCount: 4
                    text: !place.modelData.there ? qsTr("not there now")
                          : place.modelData.problem.length > 0 ? place.modelData.problem
                          : place.modelData.own ? place.modelData.kind
                                                : qsTr("%1, found automatically").arg(place.modelData.kind)
                }
            }
            IconButton {
                objectName: "removePlace"
                iconName: "close"
                text: qsTr("Look in this folder no more; its files stay where they are")
                Accessible.name: qsTr("Look in %1 no more").arg(place.modelData.path)
                onClicked: root.model.removeFolder(place.modelData.path)
            }
        }
    }
    RowLayout {
        spacing: Theme.small

        Button {
            objectName: "addModelFolder"
            text: qsTr("Add a folder")
            iconName: "folder-add"
            onClicked: root.addRequested()
        }
        Button {
            objectName: "addModelList"
            text: qsTr("Add a list…")
            tip: qsTr("A file by which ComfyUI finds folders: extra_model_paths.yaml")
            onClicked: root.addListRequested()
        }
    }
    Label {
        Layout.fillWidth: true
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: qsTr("Models are used where they are and never copied. What is added, changed or removed there shows up automatically.")
    }
}
