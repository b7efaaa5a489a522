import QtQuick
import QtQuick.Templates as T
import Moodloom.Controls

// The tip of a control, made only while the pointer rests on it or Tab has come to it. It is a component of its own file,
// not one that is bound to the control's context: a control that is being taken away may still be
// under the pointer.
Loader {
    id: root

    required property T.AbstractButton control
    property string text
    property string shortcut

    readonly property bool wanted: control.hovered || control.visualFocus

    anchors.fill: parent
    active: wanted && text.length > 0
    source: Qt.resolvedUrl("Tip.qml") // beside this file, wherever it is used
    onLoaded: {
        const tip = item as Tip
        tip.text = Qt.binding(() => root.text)
        tip.shortcut = Qt.binding(() => root.shortcut)
        tip.visible = Qt.binding(() => root.wanted)
    }
}
