import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme

T.ScrollBar {
    id: root

    implicitWidth: 8
    implicitHeight: 8
    padding: 2
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1
    minimumSize: 0.08

    contentItem: Rectangle {
        implicitWidth: 4
        implicitHeight: 4
        radius: 2
        color: root.pressed ? Theme.text : Theme.textSecondary
        opacity: root.active || root.hovered ? 0.8 : 0.35
    }
}
