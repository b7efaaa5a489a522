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
        id: advice

        // The narrowest that takes no more lines: a last word or character does not stand alone.
        function balance() {
            const widest = Math.min(implicitWidth, root.width)
            width = widest
            if (lineCount < 2)
                return
            const lines = lineCount
            let cut = 0
            for (let step = widest / 4; step >= 2; step /= 2) {
                width = widest - cut - step
                if (lineCount === lines)
                    cut += step
            }
            width = Math.ceil(widest - cut)
        }

        objectName: "advice"
        text: root.text
        dim: true
        visible: text.length > 0
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1.25
        anchors.horizontalCenter: parent.horizontalCenter
        onImplicitWidthChanged: balance()
        Component.onCompleted: balance()

        Connections {
            target: root
            function onWidthChanged() { advice.balance() }
        }
    }
    Row {
        id: row

        spacing: Theme.small
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
