import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// The folder that other programs write into and read from.
ColumnLayout {
    id: root

    required property SharedFolder shared
    readonly property bool chosen: shared.folder.length > 0

    spacing: Theme.tiny

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.small

        Label {
            objectName: "sharedFolder"
            Layout.fillWidth: true
            dim: !root.chosen
            text: root.chosen ? Format.path(root.shared.folder) : qsTr("None")
            elide: Text.ElideMiddle
        }
        IconButton {
            objectName: "sharedFolderReset"
            enabled: root.chosen
            iconName: "close"
            text: qsTr("Share no folder any more; its files stay")
            onClicked: root.shared.setFolder("")
        }
        Button {
            objectName: "sharedFolderChoose"
            text: qsTr("Choose…")
            iconName: "folder"
            Accessible.name: qsTr("Choose a folder to share with other programs")
            onClicked: dialog.open()
        }
    }
    Label {
        objectName: "sharedFolderGone"
        Layout.fillWidth: true
        visible: root.chosen && !root.shared.there
        wrapMode: Text.Wrap
        color: Theme.dangerInk
        text: qsTr("The folder is not there; it is watched again when it comes back.")
    }
    Switch {
        objectName: "sharedOntoBoard"
        enabled: root.chosen
        text: qsTr("Put new pictures on the board, too")
        checked: root.shared.ontoBoard
        onToggled: root.shared.ontoBoard = checked
    }
    Switch {
        objectName: "sharedSavesTakes"
        enabled: root.chosen
        text: qsTr("Save every take there, with its recipe")
        checked: root.shared.savesTakes
        onToggled: root.shared.savesTakes = checked
    }
    Label {
        Layout.fillWidth: true
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: qsTr("What Krita, GIMP or a browser saves into this folder comes into the library automatically. A take that was changed there lands beside its frame.")
    }

    FolderPicker {
        id: dialog

        title: qsTr("Choose a folder to share with other programs")
        onAccepted: root.shared.setFolder(selectedFolder)
    }
}
