import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

T.MenuItem {
    id: root

    property string iconName
    property string shortcut

    implicitWidth: row.implicitWidth + keys.implicitWidth + 5 * Theme.small
    implicitHeight: Theme.controlHeight
    Accessible.name: text
    activeFocusOnTab: visible && enabled // the keys pass over the others

    contentItem: Item {
        Row {
            id: row

            x: Theme.tiny
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.small

            // Its place is kept where there is none, so that all texts begin below each other.
            Item {
                width: icon.width
                height: icon.height
                anchors.verticalCenter: parent.verticalCenter

                Icon {
                    id: icon

                    name: root.iconName
                    color: label.color
                    visible: root.iconName.length > 0
                }
            }
            Label {
                id: label

                text: root.text
                color: root.enabled ? Theme.text : Theme.textSecondary
            }
        }
        Label {
            id: keys

            anchors.right: parent.right
            anchors.rightMargin: Theme.tiny
            anchors.verticalCenter: parent.verticalCenter
            small: true
            dim: true
            text: root.subMenu ? "›" : Format.keys(root.shortcut)
        }
    }
    background: Rectangle {
        radius: Theme.tiny
        color: root.highlighted ? Theme.hover : "transparent"
    }
}
