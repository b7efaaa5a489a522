pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// One or two things varied into a grid of takes that is laid onto the board.
T.Popup {
    id: root

    required property VariationsModel model

    component Axis: ColumnLayout {
        id: axis

        required property VariationAxisModel axisModel
        required property string name
        readonly property alias first: target

        signal accepted()

        spacing: Theme.tiny

        Label {
            text: axis.name
            small: true
            dim: true
        }
        ComboBox {
            id: target

            objectName: "axisTarget"
            Layout.fillWidth: true
            name: axis.name
            model: axis.axisModel.targets
            currentIndex: axis.axisModel.target
            onActivated: (index) => axis.axisModel.target = index
        }
        TextField {
            objectName: "axisValues"
            Layout.fillWidth: true
            visible: axis.axisModel.written
            text: axis.axisModel.text
            placeholderText: qsTr("Values, with commas between them")
            Accessible.name: qsTr("Values")
            onTextEdited: axis.axisModel.text = text
            Keys.onReturnPressed: axis.accepted()
            Keys.onEnterPressed: axis.accepted()
        }
        Flickable {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(options.implicitHeight, 5 * 26)
            visible: axis.axisModel.listed
            contentHeight: options.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Column {
                id: options

                width: parent.width

                Repeater {
                    model: axis.axisModel.options

                    Switch {
                        required property int index
                        required property var modelData

                        objectName: "axisOption"
                        height: 26
                        width: options.width
                        text: modelData.text
                        checked: modelData.chosen
                        onToggled: axis.axisModel.choose(index, checked)
                    }
                }
            }
        }
    }

    function start() {
        if (model.paint())
            close()
    }

    width: 340
    padding: Theme.large
    margins: Theme.small
    implicitHeight: contentItem.implicitHeight + 2 * padding
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: model.refresh()
    onOpened: across.first.forceActiveFocus(Qt.PopupFocusReason)

    contentItem: ColumnLayout {
        spacing: Theme.small

        Label {
            text: qsTr("Variations")
            font.weight: Font.DemiBold
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            wrapMode: Text.Wrap
            text: qsTr("A grid of takes with labels, laid onto the board in one step when it is painted.")
        }
        Axis {
            id: across

            objectName: "axisAcross"
            Layout.fillWidth: true
            axisModel: root.model.across
            name: qsTr("From left to right")
            onAccepted: root.start()
        }
        Axis {
            objectName: "axisDown"
            Layout.fillWidth: true
            axisModel: root.model.down
            name: qsTr("From top to bottom")
            onAccepted: root.start()
        }
        Warning {
            objectName: "variationsProblem"
            Layout.fillWidth: true
            text: root.model.problem
        }
        RowLayout {
            spacing: Theme.small

            Label {
                objectName: "variationsSize"
                Layout.fillWidth: true
                small: true
                dim: true
                wrapMode: Text.Wrap
                text: root.model.painting ? root.model.progress : root.model.size
            }
            Button {
                objectName: "stopVariations"
                visible: root.model.painting
                iconName: "stop"
                text: qsTr("Stop")
                onClicked: root.model.cancel()
            }
            Button {
                objectName: "paintVariations"
                primary: true
                enabled: root.model.cells > 0 && !root.model.painting
                iconName: "paint"
                text: qsTr("Paint")
                onClicked: root.start()
            }
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }
}
