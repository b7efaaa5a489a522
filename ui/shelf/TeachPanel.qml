pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shelf

// Teaches the model in use the user's own pictures: which, under which name, for how long; then how
// it goes, with its loss and samples.
ColumnLayout {
    id: root

    required property TeachModel model

    signal folderRequested()

    function focusFolder() {
        const first = model.busy ? stopButton : chooseFolder
        first.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    spacing: Theme.small

    Label {
        Layout.fillWidth: true
        text: qsTr("Teach it your pictures")
        font.weight: Font.DemiBold
    }
    Label {
        Layout.fillWidth: true
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: qsTr("Teaches %1 your own pictures, as a LoRA. Captions come from a text file beside each picture, else from the picture itself, else from its name.").arg(root.model.modelName)
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.small

        Label {
            objectName: "teachFolder"
            Layout.fillWidth: true
            dim: root.model.folder.length === 0
            elide: Text.ElideMiddle
            text: root.model.folder.length > 0 ? Format.path(root.model.folder) : qsTr("No pictures chosen")
        }
        IconButton {
            id: chooseFolder

            objectName: "chooseTeachFolder"
            enabled: !root.model.busy
            iconName: "folder"
            text: qsTr("Choose a folder of pictures")
            onClicked: root.folderRequested()
        }
    }
    TextField {
        objectName: "teachName"
        Layout.fillWidth: true
        enabled: !root.model.busy
        placeholderText: qsTr("Name of what it learns")
        Accessible.name: qsTr("Name of what it learns")
        text: root.model.name
        onTextEdited: root.model.name = text
        onAccepted: root.model.start()
    }
    Label {
        objectName: "teachNameProblem"
        Layout.fillWidth: true
        visible: text.length > 0
        small: true
        color: Theme.dangerInk
        wrapMode: Text.Wrap
        text: root.model.nameProblem
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.tiny

        Repeater {
            model: root.model.lengths

            ChoiceButton {
                required property int index
                required property var modelData

                objectName: "teachLength" + index
                enabled: !root.model.busy
                text: modelData.text
                checked: root.model.minutes === modelData.value
                onClicked: root.model.minutes = modelData.value
            }
        }
    }
    Switch {
        objectName: "teachAdapter"
        Layout.fillWidth: true
        enabled: !root.model.busy
        text: qsTr("Also how it sees references")
        checked: root.model.adapter
        onToggled: root.model.adapter = checked
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.small

        Button {
            objectName: "startTeaching"
            visible: !root.model.busy
            enabled: root.model.ready
            primary: true
            text: root.model.goesOn ? qsTr("Go on teaching") : qsTr("Teach")
            onClicked: root.model.start()
        }
        Button {
            id: stopButton

            objectName: "stopTeaching"
            visible: root.model.busy
            text: root.model.stopping ? qsTr("Stopping…") : qsTr("Stop") // keeps the keyboard until then
            tip: qsTr("Saves what was learnt; it can go on later")
            iconName: "stop"
            onClicked: {
                if (!root.model.stopping)
                    root.model.stop()
            }
        }
        ProgressBar {
            Layout.fillWidth: true
            visible: root.model.busy
            name: qsTr("Teaching %1").arg(root.model.name)
            indeterminate: root.model.indeterminate
            value: root.model.share
        }
    }
    Label {
        objectName: "teachState"
        Layout.fillWidth: true
        visible: text.length > 0
        small: true
        wrapMode: Text.Wrap
        text: root.model.stateText
    }
    ErrorBanner {
        objectName: "teachError"
        Layout.fillWidth: true
        message: root.model.error
        serious: true
        onDismissed: root.model.clearError()
    }
    LossCurve {
        objectName: "teachCurve"
        Layout.fillWidth: true
        Layout.preferredHeight: 72
        visible: points.length > 1
        points: root.model.curve
        lineColor: Theme.text
        gridColor: Theme.line
        Accessible.role: Accessible.Chart
        Accessible.name: root.model.curveText
    }
    Label {
        Layout.fillWidth: true
        visible: root.model.curve.length > 1
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: root.model.curveText
    }
    Flow {
        Layout.fillWidth: true
        visible: root.model.samples.length > 0
        spacing: Theme.tiny

        Repeater {
            model: root.model.samples

            Image {
                required property int index
                required property var modelData

                objectName: "teachSample" + index
                width: 68
                height: 68
                asynchronous: true
                fillMode: Image.PreserveAspectCrop
                sourceSize.width: 136
                sourceSize.height: 136
                source: modelData
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Sample %1 of what it has learnt").arg(index + 1)
            }
        }
    }
}
