import QtQuick
import QtQuick.Templates as T
import Moodloom.Controls

// The tip of a control, made only while the pointer rests on it. It is a component of its own file,
// not one that is bound to the control's context: a control that is being taken away may still be
// under the pointer.
Loader {
    id: root

    required property T.AbstractButton control
    property string text
    property string shortcut

    anchors.fill: parent
    active: control.hovered && text.length > 0
    source: "Tip.qml"
    onLoaded: {
        const tip = item as Tip
        tip.text = Qt.binding(() => root.text)
        tip.shortcut = Qt.binding(() => root.shortcut)
        tip.visible = Qt.binding(() => root.control.hovered)
    }
}
