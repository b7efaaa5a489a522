import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Export

// Where a take goes: PNG for looking, PSD for working on. It stays open until the file is written, so
// that another folder can be chosen when one cannot be written to.
T.Popup {
    id: root

    required property Exporter exporter
    property string take
    property string prompt
    property int format: Exporter.Format.Png

    readonly property string path: exporter.pathFor(exporter.folder, name.text, format)
    property string refused // the file that is there already and was not to be lost without a word

    function save() {
        if (path.length === 0)
            return
        if (exporter.exists(path) && refused !== path) {
            refused = path
            return
        }
        refused = ""
        exporter.write(take, path, format)
    }

    width: 320
    padding: Theme.large
    margins: Theme.small
    implicitHeight: contentItem.implicitHeight + 2 * padding
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        refused = ""
        exporter.dismissProblem()
        name.text = exporter.nameFor(prompt)
    }
    onOpened: {
        name.forceActiveFocus(Qt.PopupFocusReason)
        name.selectAll()
    }
    onPathChanged: {
        refused = ""
        exporter.dismissProblem()
    }

    Connections {
        target: root.exporter
        function onExported() { root.close() }
    }

    contentItem: ColumnLayout {
        spacing: Theme.small

        Label {
            text: qsTr("Export this take")
            font.weight: Font.DemiBold
        }
        Row {
            spacing: Theme.tiny

            ChoiceButton {
                objectName: "exportPng"
                text: qsTr("PNG")
                checked: root.format === Exporter.Format.Png
                onClicked: root.format = Exporter.Format.Png
            }
            ChoiceButton {
                objectName: "exportPsd"
                text: qsTr("PSD")
                checked: root.format === Exporter.Format.Psd
                onClicked: root.format = Exporter.Format.Psd
            }
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            wrapMode: Text.Wrap
            text: root.format === Exporter.Format.Psd ? qsTr("Layers: the take, the references hidden, the notes.")
                                                      : qsTr("The picture in sRGB, with its recipe inside.")
        }
        TextField {
            id: name

            objectName: "exportName"
            Layout.fillWidth: true
            focus: true
            placeholderText: qsTr("File name")
            Accessible.name: qsTr("File name")
            Keys.onReturnPressed: root.save()
            Keys.onEnterPressed: root.save()
        }
        RowLayout {
            spacing: Theme.small

            Label {
                Layout.fillWidth: true
                small: true
                dim: true
                elide: Text.ElideMiddle
                text: Format.path(root.exporter.folder)
            }
            IconButton {
                objectName: "exportFolder"
                iconName: "folder"
                text: qsTr("Choose another folder")
                onClicked: dialog.open()
            }
        }
        Label {
            objectName: "exportQuestion"
            Layout.fillWidth: true
            visible: root.refused.length > 0
            wrapMode: Text.Wrap
            color: Theme.dangerInk
            text: qsTr("There is already a file of this name.")
        }
        ErrorBanner {
            objectName: "exportProblem"
            Layout.fillWidth: true
            serious: true
            message: root.exporter.problem
            onDismissed: {
                root.exporter.dismissProblem()
                name.forceActiveFocus(Qt.OtherFocusReason)
            }
        }
        Button {
            objectName: "exportSave"
            Layout.fillWidth: true
            primary: root.refused.length === 0
            danger: root.refused.length > 0
            enabled: root.path.length > 0 && !root.exporter.busy
            iconName: "export"
            text: root.exporter.busy ? qsTr("Saving…") : root.refused.length > 0 ? qsTr("Replace") : qsTr("Save")
            onClicked: root.save()
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }

    FolderPicker {
        id: dialog

        title: qsTr("Choose another folder")
        onAccepted: root.exporter.setFolder(selectedFolder)
    }
}
