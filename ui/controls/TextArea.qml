import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// Several lines of text that wrap.
T.TextArea {
    id: root

    // The placeholder may take more lines, or be in a taller script, than the text.
    implicitHeight: Math.max(contentHeight, hint.visible ? hint.implicitHeight : 0) + topPadding + bottomPadding
    padding: Theme.small
    topPadding: 6
    bottomPadding: 6
    color: Theme.text
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.selectionText
    font: Theme.font(Theme.bodySize)
    selectByMouse: true
    wrapMode: TextEdit.Wrap
    textFormat: TextEdit.PlainText
    Accessible.name: placeholderText

    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.line

        FocusRing {
            anchors.margins: 0
            radius: Theme.radius
            shown: root.activeFocus
            border.width: 1
        }
    }

    Label {
        id: hint

        x: root.leftPadding
        y: root.verticalAlignment === TextEdit.AlignVCenter ? Math.round((root.height - implicitHeight) / 2) : root.topPadding
        width: root.width - root.leftPadding - root.rightPadding
        wrapMode: Text.Wrap
        text: root.placeholderText
        font: root.font
        dim: true
        visible: root.length === 0 && root.preeditText.length === 0
    }
}
