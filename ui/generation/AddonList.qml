pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// What is put on the model, each with its scale; the cross takes it off.
ColumnLayout {
    id: root

    required property AddonModel model

    spacing: Theme.tiny
    visible: model.count > 0

    Repeater {
        model: root.model

        ColumnLayout {
            id: row

            required property int index
            required property string name
            required property string detail
            required property bool scaled
            required property real scale
            required property real least
            required property real most
            required property string reason

            Layout.fillWidth: true
            spacing: 0

            RowLayout {
                spacing: Theme.tiny

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Label {
                        objectName: "addonName"
                        Layout.fillWidth: true
                        text: row.name
                        dim: row.reason.length > 0
                        elide: Text.ElideMiddle
                    }
                    Label {
                        Layout.fillWidth: true
                        small: true
                        dim: true
                        text: row.detail
                        elide: Text.ElideMiddle
                    }
                }
                IconButton {
                    objectName: "removeAddon"
                    iconName: "close"
                    text: qsTr("Take off")
                    Accessible.name: qsTr("Take %1 off").arg(row.name)
                    onClicked: root.model.remove(row.index)
                }
            }
            Slider {
                objectName: "addonScale"
                Layout.fillWidth: true
                visible: row.scaled
                name: qsTr("Scale of %1").arg(row.name)
                from: row.least
                to: row.most
                stepSize: 0.05
                decimals: 2
                value: row.scale
                onMoved: root.model.setScale(row.index, value)
                onResetRequested: root.model.setScale(row.index, 1)
            }
            Warning {
                objectName: "addonReason"
                Layout.fillWidth: true
                text: row.reason
            }
        }
    }
}
