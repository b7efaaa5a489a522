import QtQuick
import Moodloom.Theme
import Moodloom.Controls

// What an empty place says: one line on what it is, and below it what can be done.
Column {
    id: root

    required property string iconName
    required property string title
    property string text
    default property alias actions: row.data

    spacing: Theme.medium

    Icon {
        name: root.iconName
        size: 24
        color: Theme.textSecondary
        anchors.horizontalCenter: parent.horizontalCenter
    }
    Label {
        text: root.title
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(implicitWidth, root.width)
    }
    Label {
        text: root.text
        dim: true
        visible: text.length > 0
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1.25
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(implicitWidth, root.width)
    }
    Row {
        id: row

        spacing: Theme.small
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
