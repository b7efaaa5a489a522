import QtQuick
import Moodloom.Board
import Moodloom.Controls

// Text edited where it stands: a frame's prompt above it, a note on its paper.
TextArea {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    readonly property bool isNote: controller.kind === BoardController.Note
    property string edited // the item whose text this is; empty once it is handed over

    function begin() {
        edited = canvas.editing
        text = controller.promptOf(edited)
        forceActiveFocus()
        selectAll()
    }
    function finish() {
        if (edited.length === 0)
            return
        edited = ""
        const words = text
        canvas.forceActiveFocus()
        canvas.finishEditing(words)
    }
    function cancel() {
        edited = ""
        canvas.forceActiveFocus()
        canvas.cancelEditing()
    }

    visible: canvas.editing.length > 0
    placeholderText: isNote ? qsTr("Write a note; Markdown is shown formatted") : qsTr("What should be seen in this frame?")
    onActiveFocusChanged: {
        if (!activeFocus)
            finish()
    }
    // In a note Return begins a line and Ctrl+Return ends; in a prompt Return ends. Tab ends both.
    function ends(event): bool {
        if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab)
            return true
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
        const plain = (event.modifiers & ~Qt.KeypadModifier) === Qt.NoModifier
        return enter && (isNote ? !plain : plain)
    }
    // The window's own Ctrl+Return paints: not while a note is written.
    Keys.onShortcutOverride: (event) => event.accepted = ends(event)
    Keys.onPressed: (event) => {
        if (ends(event)) {
            event.accepted = true
            finish()
        } else if (event.key === Qt.Key_Escape) {
            event.accepted = true
            cancel()
        }
    }

    Connections {
        target: root.controller
        function onBoardLeaving() { root.finish() }
    }
    Connections {
        target: root.canvas
        function onEditingChanged() {
            if (root.canvas.editing.length > 0)
                root.begin()
        }
    }
}
