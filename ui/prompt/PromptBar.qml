pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Prompt

// What the picture should be, in words: grows to five lines, its facets as chips below.
// Enter finds, Ctrl+Enter paints, Shift+Enter starts a new line, Esc stops.
FocusScope {
    id: root

    required property PromptModel model
    readonly property int lineHeight: Math.ceil(metrics.lineSpacing)

    function focusInput() {
        input.forceActiveFocus(Qt.ShortcutFocusReason)
        input.selectAll()
    }

    implicitHeight: column.implicitHeight

    FontMetrics {
        id: metrics

        font: input.font
    }

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.small

        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true

            Flickable {
                id: flick

                Layout.fillWidth: true
                Layout.preferredHeight: Math.min(Math.max(input.implicitHeight, 34),
                                                 5 * root.lineHeight + input.topPadding + input.bottomPadding)
                contentWidth: width
                contentHeight: input.height
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                function reveal(box: rect) {
                    if (contentY > box.y)
                        contentY = Math.max(0, box.y - input.topPadding)
                    else if (contentY + height < box.y + box.height)
                        contentY = box.y + box.height + input.bottomPadding - height
                }

                TextArea {
                    id: input

                    objectName: "promptInput"
                    width: flick.width
                    height: Math.max(implicitHeight, flick.height)
                    focus: true
                    font.pixelSize: 15
                    topPadding: Math.max(6, Math.round((34 - root.lineHeight) / 2))
                    bottomPadding: topPadding
                    leftPadding: Theme.medium
                    placeholderText: qsTr("Describe the picture, for example: a red car leaping over the Great Wall at sunset")
                    Accessible.name: qsTr("Prompt")
                    onTextChanged: root.model.text = text
                    onCursorRectangleChanged: flick.reveal(cursorRectangle)
                    Component.onCompleted: text = root.model.text

                    function submit(event: var) {
                        // While an input method composes, Enter belongs to it.
                        if (inputMethodComposing || event.modifiers & Qt.ShiftModifier) {
                            event.accepted = false
                            return
                        }
                        event.accepted = true
                        if (event.modifiers & Qt.ControlModifier)
                            root.model.paint()
                        else
                            root.model.find()
                    }
                    Keys.onReturnPressed: (event) => submit(event)
                    Keys.onEnterPressed: (event) => submit(event)
                    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                }

                Connections {
                    target: root.model
                    function onTextChanged() {
                        if (input.text !== root.model.text)
                            input.text = root.model.text
                    }
                }
            }
            Button {
                objectName: "findButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                text: qsTr("Find")
                iconName: "search"
                tip: qsTr("Find references for this prompt")
                shortcut: "Return"
                enabled: !root.model.empty
                onClicked: root.model.find()
            }
            Button {
                objectName: "paintButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                primary: true
                text: qsTr("Paint")
                iconName: "paint"
                tip: qsTr("Paint the picture")
                shortcut: "Ctrl+Return"
                enabled: !root.model.empty
                onClicked: root.model.paint()
            }
            Button {
                objectName: "stopButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                visible: root.model.painting
                text: qsTr("Stop")
                iconName: "stop"
                tip: qsTr("Stop painting")
                shortcut: "Esc"
                onClicked: root.model.stop()
            }
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.tiny + 2
            visible: root.model.facets.count > 0

            Repeater {
                model: root.model.facets

                FacetChip {
                    objectName: "facetChip"
                    onExcludeToggled: root.model.setExcluded(index, !excluded)
                    onEditRequested: {
                        input.forceActiveFocus()
                        input.select(start, start + length)
                    }
                    onReceived: (content) => root.model.bind(content, index)
                }
            }
        }
    }
}
