import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// The chosen take in the inspector: what made it, and what can be done with it.
ColumnLayout {
    id: root

    required property TakeModel model
    property var shortcuts: ({}) // of the program's actions, by their ids: told by tips

    signal exportRequested()

    spacing: Theme.small

    RowLayout {
        Label {
            Layout.fillWidth: true
            text: qsTr("Take")
            font.weight: Font.DemiBold
        }
        IconButton {
            iconName: root.model.currentStarred ? "star-filled" : "star"
            text: root.model.currentStarred ? qsTr("Remove the star") : qsTr("Star this take")
            onClicked: root.model.star(root.model.current, !root.model.currentStarred)
        }
        IconButton {
            iconName: "trash"
            text: qsTr("Delete this take")
            onClicked: root.model.remove(root.model.current)
        }
    }
    Label {
        Layout.fillWidth: true
        visible: text.length > 0
        wrapMode: Text.Wrap
        maximumLineCount: 4
        text: root.model.currentPrompt
    }
    Label {
        objectName: "takeTemplate"
        Layout.fillWidth: true
        visible: root.model.currentTemplate.length > 0
        wrapMode: Text.Wrap
        maximumLineCount: 4
        small: true
        dim: true
        text: qsTr("Chosen from: %1").arg(root.model.currentTemplate)
    }
    Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        small: true
        dim: true
        text: Format.unbroken(root.model.currentRecipe)
    }
    Warning {
        objectName: "takeMemory"
        Layout.fillWidth: true
        text: Format.sentence(root.model.currentMemory)
    }
    GroundingList {
        Layout.fillWidth: true
        model: root.model.grounding
        shortcut: root.shortcuts["look-up-missing"] ?? ""
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.tiny

        Button {
            objectName: "exportButton"
            text: qsTr("Export…")
            iconName: "export"
            tip: qsTr("Save as PNG or layered PSD")
            shortcut: root.shortcuts["export"] ?? ""
            onClicked: root.exportRequested()
        }
        Button {
            objectName: "paintOverTake"
            text: qsTr("Paint over it")
            iconName: "paint"
            tip: qsTr("The next takes begin with this picture instead of noise")
            onClicked: root.model.paintOver(root.model.current)
        }
        Button {
            text: qsTr("Use its settings")
            iconName: "copy"
            tip: qsTr("Seed, size and the rest become those of this take")
            onClicked: root.model.useSettings(root.model.current)
        }
    }
}
