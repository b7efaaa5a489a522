pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shelf

// One model of the shelf: what it is, why it cannot be used, and the button that uses it.
FocusScope {
    id: root

    required property int index
    required property string path
    required property string title
    required property string facts
    required property string preview
    required property var triggerWords
    required property string reason
    required property int action
    required property bool inUse
    required property bool scaled
    required property real scale
    property bool current: false
    property bool hasKeyboard: false

    readonly property bool usable: reason.length === 0 && action !== ShelfModel.Action.None

    signal chosen()
    signal useRequested()
    signal scaleRequested(scale: real)
    signal wordRequested(word: string)

    implicitHeight: Math.max(72, column.implicitHeight + 2 * Theme.small)
    Accessible.role: Accessible.ListItem
    Accessible.name: title
    Accessible.selectable: true
    Accessible.selected: current && hasKeyboard
    Accessible.description: facts + (inUse ? ", " + qsTr("in use") : "") + (reason.length > 0 ? ", " + reason : "")

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.inUse ? Theme.raised : hover.hovered ? Theme.panel : "transparent"
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: root.chosen()
        onDoubleTapped: root.useRequested()
    }

    Rectangle {
        id: picture

        x: Theme.small
        y: Theme.small
        width: 56
        height: 56
        radius: 3
        color: root.inUse ? Theme.hover : Theme.raised // seen on the row's own ground
        opacity: root.usable || root.inUse ? 1 : 0.5

        Icon {
            anchors.centerIn: parent
            visible: image.status !== Image.Ready
            name: "models"
            color: Theme.textSecondary
        }
        Image {
            id: image

            anchors.fill: parent
            source: root.preview
            sourceSize.width: 168
            sourceSize.height: 168
            fillMode: Image.PreserveAspectCrop
            asynchronous: true
        }
    }
    ColumnLayout {
        id: column

        anchors.left: picture.right
        anchors.leftMargin: Theme.medium
        anchors.right: side.left
        anchors.rightMargin: Theme.medium
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        Label {
            Layout.fillWidth: true
            text: root.title
            dim: !root.usable && !root.inUse
            elide: Text.ElideMiddle
            font.weight: root.inUse ? Font.DemiBold : Font.Normal
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            text: root.facts
        }
        RowLayout {
            visible: root.reason.length > 0
            spacing: Theme.tiny

            // What is in use and does not fit wants to be seen; the rest is only told.
            Icon {
                Layout.alignment: Qt.AlignTop
                visible: root.inUse
                name: "warning"
                color: Theme.accentInk
            }
            Label {
                objectName: "shelfReason"
                Layout.fillWidth: true
                small: true
                dim: !root.inUse
                wrapMode: Text.Wrap
                maximumLineCount: 3
                text: root.reason
            }
        }
        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 2
            visible: root.triggerWords.length > 0
            spacing: Theme.tiny

            Repeater {
                model: root.triggerWords.slice(0, 8)

                Chip {
                    required property string modelData

                    objectName: "triggerWord"
                    focusPolicy: Qt.NoFocus
                    text: modelData
                    Accessible.description: qsTr("Add to the prompt")
                    onClicked: root.wordRequested(modelData)
                }
            }
        }
    }
    RowLayout {
        id: side

        anchors.right: parent.right
        anchors.rightMargin: Theme.medium
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.medium

        Slider {
            objectName: "shelfScale"
            Layout.preferredWidth: 160
            visible: root.inUse && root.scaled
            name: qsTr("Scale of %1").arg(root.title)
            from: -2
            to: 2
            stepSize: 0.05
            decimals: 2
            value: root.scale
            onMoved: root.scaleRequested(value)
            onResetRequested: root.scaleRequested(1)
        }
        // The model that paints is changed by choosing another one.
        Row {
            visible: root.action === ShelfModel.Action.Paint && root.inUse
            spacing: Theme.tiny

            Icon { name: "check" }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("In use")
            }
        }
        Button {
            objectName: "useModel"
            visible: root.action !== ShelfModel.Action.None
                     && !(root.action === ShelfModel.Action.Paint && root.inUse)
            enabled: root.usable || root.inUse
            text: root.action === ShelfModel.Action.Paint
                  ? qsTr("Paint with it")
                  : root.inUse ? qsTr("Take off")
                               : root.action === ShelfModel.Action.Follow ? qsTr("Choose a picture…") : qsTr("Put on")
            Accessible.description: root.title
            onClicked: root.useRequested()
        }
    }

    FocusRing {
        anchors.margins: 0
        radius: Theme.radius
        shown: root.current && root.hasKeyboard
    }
}
