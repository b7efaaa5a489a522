import QtQuick
import Moodloom.Theme

// Text in the theme's colours; `small` for labels, `dim` for what is secondary. What does not fit is
// told whole by a tip. Screen readers read it, but not inside what has a name of its own, as buttons.
Text {
    id: root

    property bool small: false
    property bool dim: false

    color: dim ? Theme.textSecondary : Theme.text
    font.pixelSize: small ? Theme.labelSize : Theme.bodySize
    elide: Text.ElideRight
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Loader {
        anchors.fill: parent
        active: root.truncated
        source: "LabelTip.qml"
    }
}
