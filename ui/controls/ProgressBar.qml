import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme

T.ProgressBar {
    id: root

    property string name

    implicitWidth: 120
    implicitHeight: 4
    Accessible.name: name

    background: Rectangle {
        radius: 2
        color: Theme.line
    }
    contentItem: Item {
        Rectangle {
            id: bar

            width: (root.indeterminate ? 0.3 : root.visualPosition) * parent.width
            height: parent.height
            radius: 2
            color: Theme.textSecondary

            NumberAnimation on x {
                running: root.indeterminate && root.visible && Theme.motion > 0
                loops: Animation.Infinite
                from: 0
                to: root.width * 0.7
                duration: 900
                easing.type: Easing.InOutSine
                onStopped: bar.x = 0
            }
        }
    }
}
