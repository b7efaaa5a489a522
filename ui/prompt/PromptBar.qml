pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Prompt

// What the picture should be, in words: grows to five lines, its facets as chips below.
// Enter finds and Ctrl+Enter paints, unless other keys were chosen; Shift+Enter starts a new line, Esc stops,
// Ctrl+Up and Ctrl+Down bring prompts of before, Alt+Up and Alt+Down weigh words.
FocusScope {
    id: root

    required property PromptModel model
    property alias pictureAsset: chips.pictureAsset // what is bound to a chip by keys
    property alias pictureHash: chips.pictureHash
    property alias picturePath: chips.picturePath
    property var shortcuts: ({}) // of the program's actions, by their ids
    property var selectedItems: [] // of the board: what "describe what is here" is about
    readonly property int lineHeight: Math.ceil(metrics.lineSpacing)

    function focusInput() {
        input.forceActiveFocus(Qt.ShortcutFocusReason)
        input.selectAll()
    }

    function showHistory() {
        historyPopup.open()
    }
    // In one step that Ctrl+Z in the field takes back.
    function write(words: string) {
        root.model.overwrite(input.textDocument, words)
        input.forceActiveFocus(Qt.OtherFocusReason)
        input.cursorPosition = input.length
    }
    function describe() {
        const words = root.model.described(root.selectedItems)
        if (words.length > 0)
            write(words)
        else
            nothingTold()
    }

    signal nothingTold() // there is nothing to describe

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
                    font: Theme.font(15)
                    verticalAlignment: TextEdit.AlignVCenter
                    leftPadding: Theme.medium
                    placeholderText: qsTr("Describe the picture, for example: a red car at the Great Wall")
                    Accessible.name: qsTr("Prompt")
                    onTextChanged: root.model.text = text
                    onCursorRectangleChanged: flick.reveal(cursorRectangle)
                    Component.onCompleted: text = root.model.text

                    function walk(words: string) {
                        if (words !== text)
                            root.write(words)
                    }
                    // The selected words, else the one at the cursor.
                    function weigh(steps: int) {
                        if (selectionStart === selectionEnd)
                            selectWord()
                        const words = root.model.weighed(text, selectionStart, selectionEnd - selectionStart, steps)
                        if (!words)
                            return
                        root.write(words.text)
                        select(words.start, words.start + words.length)
                    }
                    function isFor(event: var, action: string): bool {
                        // While an input method composes, Enter belongs to it; what writes, writes.
                        const writes = /[^\x00-\x1f\x7f]/.test(event.text)
                                       && !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
                        const keys = root.shortcuts[action] ?? ""
                        return !inputMethodComposing && !writes && keys.length > 0
                                && keys === Format.sequence(event.key, event.modifiers)
                    }
                    Keys.onPressed: (event) => {
                        event.accepted = true
                        if (isFor(event, "find"))
                            root.model.find()
                        else if (isFor(event, "paint"))
                            root.model.paint()
                        else if (event.modifiers === Qt.ControlModifier && event.key === Qt.Key_Up)
                            walk(root.model.history.older(text))
                        else if (event.modifiers === Qt.ControlModifier && event.key === Qt.Key_Down)
                            walk(root.model.history.newer(text))
                        else if (event.modifiers === Qt.AltModifier && event.key === Qt.Key_Up)
                            weigh(1)
                        else if (event.modifiers === Qt.AltModifier && event.key === Qt.Key_Down)
                            weigh(-1)
                        else if (event.matches(StandardKey.Undo) && !canUndo)
                            root.model.undo() // what chips did, and what was done on the board
                        else if (event.matches(StandardKey.Redo) && !canRedo)
                            root.model.redo()
                        else
                            event.accepted = false
                    }
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
            IconButton {
                id: historyButton

                objectName: "historyButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                iconName: "history"
                text: qsTr("Earlier prompts")
                shortcut: root.shortcuts["prompt-history"] ?? ""
                onClicked: root.showHistory()
            }
            IconButton {
                objectName: "describeButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                iconName: "describe"
                text: qsTr("Describe what is here: the prompt from what the selected, else the pinned pictures are called")
                shortcut: root.shortcuts["describe"] ?? ""
                onClicked: root.describe()
            }
            Button {
                objectName: "findButton"
                Layout.alignment: Qt.AlignTop
                implicitHeight: 34
                text: qsTr("Find")
                iconName: "search"
                tip: qsTr("Find references for this prompt")
                shortcut: root.shortcuts["find"] ?? ""
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
                shortcut: root.shortcuts["paint"] ?? ""
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

        ChipRow {
            id: chips

            Layout.fillWidth: true
            visible: root.model.facets.count > 0
            model: root.model
            onEditRequested: (start, length) => {
                input.forceActiveFocus()
                input.select(start, start + length)
            }
        }
    }

    HistoryPopup {
        id: historyPopup

        objectName: "historyPopup"
        parent: historyButton
        x: parent.width - width
        y: parent.height + Theme.tiny
        width: Math.min(560, root.width)
        history: root.model.history
        onChosen: (words) => root.write(words)
    }
}
