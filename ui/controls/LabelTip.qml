import QtQuick
import Moodloom.Controls

// The whole text of a label that does not fit, while the pointer rests on it. Label loads it.
Item {
    id: root

    readonly property Text label: parent?.parent as Text

    HoverHandler { id: hover }

    Loader {
        anchors.fill: parent
        active: hover.hovered && root.label !== null
        source: "Tip.qml"
        onLoaded: {
            const tip = item as Tip
            tip.text = Qt.binding(() => root.label ? root.label.text : "")
            tip.visible = Qt.binding(() => hover.hovered)
        }
    }
}
