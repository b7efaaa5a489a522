import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme

// A line between the parts of a menu.
T.MenuSeparator {
    implicitHeight: 8

    contentItem: Item {
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: 1
            color: Theme.line
        }
    }
}
