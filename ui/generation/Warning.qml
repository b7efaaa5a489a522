import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// Why something will not work, beside what it is about.
RowLayout {
    id: root

    property string text
    property bool singleLine: false

    spacing: Theme.tiny
    visible: text.length > 0

    Icon {
        Layout.alignment: Qt.AlignTop
        name: "warning"
        color: Theme.accentInk
    }
    Label {
        id: label

        objectName: "warningText"
        Layout.fillWidth: true
        small: true
        text: root.singleLine ? root.text : Format.unbroken(root.text)
        wrapMode: root.singleLine ? Text.NoWrap : Text.Wrap
        elide: root.singleLine ? Text.ElideRight : Text.ElideNone
    }
}
