pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// One of several; the list opens below. The model's rows have `text` and `value`.
T.ComboBox {
    id: root

    property string name

    textRole: "text"
    valueRole: "value"
    implicitWidth: 160
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.small
    rightPadding: Theme.icon + 2 * Theme.tiny
    focusPolicy: Qt.StrongFocus
    Accessible.name: name
    Accessible.description: displayText

    contentItem: Label {
        text: root.displayText
        verticalAlignment: Text.AlignVCenter
        dim: !root.enabled
    }
    indicator: Icon {
        x: root.width - width - Theme.tiny
        y: Math.round((root.height - height) / 2)
        name: "chevron-down"
        color: Theme.textSecondary
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.hovered ? Theme.hover : Theme.raised
        border.color: Theme.line

        FocusRing { shown: root.visualFocus }
    }
    delegate: T.ItemDelegate {
        id: row

        required property int index
        required property var modelData

        width: ListView.view ? ListView.view.width : 0
        implicitHeight: Theme.controlHeight
        highlighted: root.highlightedIndex === index
        text: modelData.text
        Accessible.name: text
        contentItem: Label {
            text: row.modelData.text
            leftPadding: Theme.small
            verticalAlignment: Text.AlignVCenter
            font.weight: root.currentIndex === row.index ? Font.DemiBold : Font.Normal
        }
        background: Rectangle {
            radius: Theme.tiny
            color: row.highlighted ? Theme.hover : "transparent"
        }
    }
    popup: T.Popup {
        y: root.height + 2
        width: root.width
        height: Math.min(contentItem.implicitHeight + 2 * padding, 320)
        padding: Theme.tiny
        margins: Theme.tiny

        contentItem: ListView {
            implicitHeight: contentHeight
            clip: true
            model: root.delegateModel
            currentIndex: root.highlightedIndex
        }
        background: Rectangle {
            color: Theme.raised
            border.color: Theme.line
            radius: Theme.radius
        }
    }
}
