import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.References

// The chosen reference in the inspector: why it is there and how much it counts.
ColumnLayout {
    id: root

    required property ReferencesModel model

    spacing: Theme.small

    RowLayout {
        Label {
            Layout.fillWidth: true
            text: qsTr("Reference")
            font.weight: Font.DemiBold
        }
        IconButton {
            iconName: root.model.selectedPinned ? "pin-filled" : "pin"
            ink: root.model.selectedPinned ? Theme.accentInk : Theme.text
            text: root.model.selectedPinned ? qsTr("Unpin") : qsTr("Pin")
            onClicked: root.model.setPinned(root.model.selected, !root.model.selectedPinned)
        }
        IconButton {
            iconName: "close"
            text: qsTr("Drop")
            onClicked: root.model.drop(root.model.selected)
        }
    }
    Image {
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(140, width * 0.6)
        source: root.model.selectedHash.length > 0 ? "image://asset/" + root.model.selectedHash : ""
        sourceSize.width: 320
        fillMode: Image.PreserveAspectFit
        horizontalAlignment: Image.AlignLeft
        asynchronous: true
    }
    Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        maximumLineCount: 3
        text: root.model.selectedName
    }
    Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        small: true
        dim: true
        text: Format.unbroken(root.model.selectedWhy)
    }
    Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        small: true
        dim: true
        text: qsTr("Weight: how strongly it shapes the picture")
    }
    Slider {
        objectName: "weightSlider"
        Layout.fillWidth: true
        Layout.topMargin: -Theme.tiny // to its caption, as elsewhere
        name: qsTr("Weight")
        from: 0
        to: 2
        stepSize: 0.05
        decimals: 2
        value: root.model.selectedWeight
        onMoved: root.model.setWeight(root.model.selected, value)
        onResetRequested: root.model.setWeight(root.model.selected, 1)
    }
}
