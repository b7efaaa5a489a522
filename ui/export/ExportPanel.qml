pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Export

// Where a take goes: PNG for looking, PSD for working on.
T.Popup {
    id: root

    required property Exporter exporter
    property string take
    property string prompt
    property int format: Exporter.Format.Png

    function choose(wanted: int) {
        format = wanted
        dialog.currentFile = exporter.suggestion(prompt, wanted)
        dialog.open()
        close()
    }

    width: 320
    padding: Theme.large
    margins: Theme.small
    implicitHeight: contentItem.implicitHeight + 2 * padding
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    contentItem: ColumnLayout {
        spacing: Theme.small

        Label {
            text: qsTr("Export this take")
            font.weight: Font.DemiBold
        }
        Button {
            objectName: "exportPng"
            Layout.fillWidth: true
            focus: true
            text: qsTr("PNG…")
            iconName: "image"
            onClicked: root.choose(Exporter.Format.Png)
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            wrapMode: Text.Wrap
            text: qsTr("The picture in sRGB, with its recipe inside.")
        }
        Button {
            objectName: "exportPsd"
            Layout.fillWidth: true
            text: qsTr("PSD…")
            iconName: "board"
            onClicked: root.choose(Exporter.Format.Psd)
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            wrapMode: Text.Wrap
            text: qsTr("Layers: the take, the references hidden, the notes.")
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }

    FileDialog {
        id: dialog

        title: qsTr("Export this take")
        fileMode: FileDialog.SaveFile
        nameFilters: root.format === Exporter.Format.Psd ? [qsTr("Photoshop document (*.psd)")]
                                                         : [qsTr("PNG picture (*.png)")]
        onAccepted: root.exporter.write(root.take, selectedFile, root.format)
    }
}
