pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// How a picture was made, before it is put to use: what of it is taken is chosen here, and what
// cannot be is said.
T.Popup {
    id: root

    required property OriginModel model

    function use() {
        root.model.use(takePrompt.checked && takePrompt.visible, takeSettings.checked && takeSettings.visible,
                       takeSeed.checked && takeSeed.visible, takeReferences.checked && takeReferences.visible)
        root.close()
    }

    width: 440
    padding: Theme.large
    margins: Theme.small
    implicitHeight: contentItem.implicitHeight + 2 * padding
    height: Math.min(implicitHeight, (parent?.height ?? 0) - 2 * margins)
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: useButton.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: root.model.close()

    contentItem: ColumnLayout {
        spacing: Theme.small
        Keys.onReturnPressed: root.use()
        Keys.onEnterPressed: root.use()

        RowLayout {
            spacing: Theme.medium

            Rectangle {
                Layout.preferredWidth: 72
                Layout.preferredHeight: 72
                radius: 3
                color: Theme.raised

                Image {
                    anchors.fill: parent
                    source: root.model.picture
                    sourceSize.height: 144
                    asynchronous: true
                    fillMode: Image.PreserveAspectFit
                    Accessible.ignored: true
                }
            }
            ColumnLayout {
                spacing: 2

                Label {
                    Layout.fillWidth: true
                    text: root.model.fileName
                    font.weight: Font.DemiBold
                    elide: Text.ElideMiddle
                }
                Label {
                    objectName: "originProgram"
                    Layout.fillWidth: true
                    dim: true
                    wrapMode: Text.Wrap
                    text: root.model.own ? qsTr("Painted by %1: its whole recipe is inside.").arg(root.model.program)
                                         : qsTr("Painted by %1. Painted anew here it comes out alike, not the same.").arg(root.model.program)
                }
            }
        }

        Flickable {
            id: flick

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: body.implicitHeight
            Layout.minimumHeight: 80
            contentHeight: body.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: true

            ColumnLayout {
                id: body

                width: flick.width - (flick.interactive ? Theme.medium : 0)
                spacing: Theme.tiny

                Switch {
                    id: takePrompt

                    objectName: "takePrompt"
                    visible: root.model.prompt.length > 0
                    text: qsTr("Prompt")
                    checked: true
                }
                Label {
                    objectName: "originPrompt"
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.medium
                    visible: takePrompt.visible
                    wrapMode: Text.Wrap
                    maximumLineCount: 5
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                    text: root.model.prompt
                }
                Switch {
                    id: takeSettings

                    objectName: "takeSettings"
                    visible: root.model.settings.length > 0
                    text: qsTr("Settings")
                    checked: true
                }
                Repeater {
                    model: root.model.settings

                    RowLayout {
                        id: row

                        required property var modelData

                        Layout.leftMargin: Theme.medium
                        spacing: Theme.small

                        Label {
                            Layout.preferredWidth: 96
                            Layout.alignment: Qt.AlignTop
                            dim: true
                            text: row.modelData.name
                        }
                        Label {
                            Layout.fillWidth: true
                            wrapMode: Text.Wrap
                            maximumLineCount: 3
                            elide: Text.ElideRight
                            textFormat: Text.PlainText
                            text: row.modelData.value
                        }
                    }
                }
                Switch {
                    id: takeSeed

                    objectName: "takeSeed"
                    visible: root.model.seed.length > 0
                    text: qsTr("Seed %1").arg(root.model.seed)
                    checked: true
                }
                Switch {
                    id: takeReferences

                    objectName: "takeReferences"
                    visible: root.model.references.length > 0
                    text: qsTr("%n reference(s)", "", root.model.references.length)
                    checked: true
                }
                Flow {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.medium
                    visible: takeReferences.visible
                    spacing: Theme.tiny

                    Repeater {
                        model: root.model.references

                        Image {
                            required property string modelData

                            width: 48
                            height: 48
                            source: modelData
                            sourceSize.height: 96
                            asynchronous: true
                            fillMode: Image.PreserveAspectCrop
                            Accessible.ignored: true
                        }
                    }
                }
                Repeater {
                    model: root.model.notes

                    Warning {
                        required property string modelData

                        objectName: "originNote"
                        Layout.fillWidth: true
                        text: modelData
                    }
                }
            }
            ScrollBar {
                parent: flick
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.bottom: parent.bottom
                orientation: Qt.Vertical
                visible: flick.interactive
                size: flick.visibleArea.heightRatio
                position: flick.visibleArea.yPosition
                onPositionChanged: {
                    if (pressed)
                        flick.contentY = position * flick.contentHeight
                }
            }
        }

        RowLayout {
            Layout.topMargin: Theme.tiny
            spacing: Theme.small

            Button {
                id: useButton

                objectName: "useOrigin"
                primary: true
                text: qsTr("Use")
                enabled: (takePrompt.checked && takePrompt.visible) || (takeSettings.checked && takeSettings.visible)
                         || (takeSeed.checked && takeSeed.visible) || (takeReferences.checked && takeReferences.visible)
                onClicked: root.use()
            }
            Button {
                objectName: "cancelOrigin"
                text: qsTr("Cancel")
                onClicked: root.close()
            }
            Label {
                Layout.fillWidth: true
                small: true
                dim: true
                horizontalAlignment: Text.AlignRight
                text: qsTr("Undo brings back what was there.")
            }
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }
}
