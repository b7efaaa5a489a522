import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Library

// The running import: how far, how fast, how long still; pause and cancel.
Rectangle {
    id: root

    required property ImportProgress progress

    implicitHeight: 44
    visible: progress.running
    color: Theme.raised
    radius: Theme.radius
    border.color: Theme.line

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        spacing: Theme.medium

        ProgressBar {
            Layout.preferredWidth: 140
            name: qsTr("Import")
            value: root.progress.share
        }
        Label {
            objectName: "importText"
            text: root.progress.text
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            elide: Text.ElideMiddle
            text: root.progress.current
        }
        Button {
            objectName: "pauseImport"
            text: root.progress.paused ? qsTr("Resume") : qsTr("Pause")
            iconName: root.progress.paused ? "play" : "pause"
            onClicked: root.progress.paused ? root.progress.resume() : root.progress.pause()
        }
        Button {
            objectName: "cancelImport"
            text: qsTr("Cancel")
            onClicked: root.progress.cancel()
        }
    }
}
