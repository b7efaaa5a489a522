import QtQuick
import Moodloom.Controls
import Moodloom.Theme

// An item of the board in the outline.
Rectangle {
    id: root

    required property string itemId
    required property string name
    required property string iconName
    required property bool itemHidden
    required property bool itemSelected
    required property string itemTags

    signal chosen(id: string)
    signal toggled(id: string) // beside what is selected

    height: Theme.controlHeight
    radius: Theme.tiny
    color: hover.hovered || ListView.isCurrentItem ? Theme.hover : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.selected: itemSelected
    Accessible.name: itemHidden ? qsTr("%1, hidden").arg(name) : name
    Accessible.description: itemTags
    Accessible.onPressAction: chosen(itemId)

    // What is selected has a bar: the row that the keys are at looks like it otherwise.
    Rectangle {
        y: Theme.tiny
        width: 3
        height: parent.height - 2 * y
        radius: 1.5
        visible: root.itemSelected
        color: Theme.selection
    }
    HoverHandler { id: hover }
    TapHandler {
        acceptedModifiers: Qt.NoModifier
        onTapped: root.chosen(root.itemId)
    }
    TapHandler {
        acceptedModifiers: Qt.ShiftModifier
        onTapped: root.toggled(root.itemId)
    }

    Icon {
        id: icon

        x: Theme.small
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        color: label.color
    }
    Label {
        id: label

        anchors.left: icon.right
        anchors.leftMargin: Theme.small
        anchors.right: tags.visible ? tags.left : parent.right
        anchors.rightMargin: Theme.small
        anchors.verticalCenter: parent.verticalCenter
        elide: Text.ElideRight
        text: root.name
        color: root.itemHidden ? Theme.textSecondary : Theme.text
        font.italic: root.itemHidden
        font.weight: root.itemSelected ? Font.DemiBold : Font.Normal
    }
    Label {
        id: tags

        anchors.right: parent.right
        anchors.rightMargin: Theme.small
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, parent.width * 0.4)
        visible: text.length > 0
        elide: Text.ElideRight
        small: true
        dim: true
        text: root.itemTags
    }
}
