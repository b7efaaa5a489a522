pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Library

// The files that could not be imported and why; folded away until asked for.
Rectangle {
    id: root

    required property FailureModel failures
    property bool open: false

    implicitHeight: header.height + (open ? Math.min(list.contentHeight, 180) + Theme.small : 0)
    visible: failures.count > 0
    color: Theme.raised
    radius: Theme.radius
    border.color: Theme.line
    clip: true

    RowLayout {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        height: 40
        spacing: Theme.small

        Icon {
            name: "warning"
            color: Theme.textSecondary
        }
        Label {
            Layout.fillWidth: true
            text: qsTr("%n picture(s) could not be read", "", root.failures.count)
        }
        IconButton {
            visible: root.open
            iconName: "copy"
            text: qsTr("Copy the list")
            onClicked: Clipboard.copy(root.failures.asText())
        }
        Button {
            objectName: "showFailures"
            text: root.open ? qsTr("Hide") : qsTr("Show why")
            onClicked: root.open = !root.open
        }
    }
    ListView {
        id: list

        anchors.top: header.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.medium
        anchors.bottomMargin: Theme.small
        visible: root.open
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.failures
        delegate: RowLayout {
            id: row

            required property string name
            required property string reason

            width: list.width
            height: 24
            spacing: Theme.medium

            Label {
                Layout.preferredWidth: Math.min(220, list.width / 3)
                visible: !row.reason.includes(row.name) // most reasons begin with it
                elide: Text.ElideMiddle
                text: row.name
            }
            Label {
                Layout.fillWidth: true
                text: row.reason
            }
        }
    }
}
