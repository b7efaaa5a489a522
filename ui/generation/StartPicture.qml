import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// The picture that is painted over instead of noise, and how much of it may change.
ColumnLayout {
    id: root

    required property PaintOptions options

    signal fileRequested()

    readonly property bool present: options.startName.length > 0

    spacing: Theme.tiny

    RowLayout {
        spacing: Theme.small

        Rectangle {
            implicitWidth: 48
            implicitHeight: 48
            visible: root.present
            radius: 3
            color: Theme.raised

            Image {
                anchors.fill: parent
                source: root.options.startUrl
                sourceSize.width: 96
                fillMode: Image.PreserveAspectCrop
                asynchronous: true
            }
        }
        Label {
            Layout.fillWidth: true
            dim: !root.present
            text: root.present ? root.options.startName : qsTr("Nothing: from noise")
            elide: Text.ElideMiddle
        }
        IconButton {
            objectName: "clearStart"
            visible: root.present
            iconName: "close"
            text: qsTr("Paint from noise again")
            onClicked: root.options.paintFromNoise()
        }
        IconButton {
            objectName: "chooseStart"
            iconName: "image"
            text: qsTr("Choose a picture to paint over")
            onClicked: root.fileRequested()
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.present
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: qsTr("How much may change")
    }
    Slider {
        objectName: "startStrength"
        Layout.fillWidth: true
        visible: root.present
        name: qsTr("How much may change")
        from: 0.05 // with nothing there is nothing to paint
        to: 1
        stepSize: 0.05
        decimals: 2
        value: root.options.startStrength
        onMoved: root.options.startStrength = value
        onResetRequested: root.options.startStrength = 0.75
    }
}
