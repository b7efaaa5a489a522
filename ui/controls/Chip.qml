import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A small label that can be pressed: its text, a sign, a word about it, up to three small pictures, and
// up to five dots that count.
T.AbstractButton {
    id: root

    property string note     // after the text, dimmed
    property var pictures: [] // hashes of the library
    property int dots: 0
    property bool struck: false // switched off
    property string sign        // an icon that says that something is the matter with it ...
    property string tip         // ... and what

    implicitWidth: row.implicitWidth + 2 * Theme.small + 2
    implicitHeight: 24
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: note.length > 0 ? text + ", " + note : text
    Keys.onReturnPressed: (event) => { if (event.modifiers === Qt.NoModifier) clicked(); else event.accepted = false }

    TipLoader {
        control: root
        text: root.tip
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.tiny + 2

            Label {
                text: root.text
                dim: root.struck
                font.strikeout: root.struck
            }
            Icon {
                objectName: "chipSign"
                name: root.sign
                color: Theme.textSecondary
                visible: root.sign.length > 0
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: root.note
                small: true
                dim: true
                visible: text.length > 0
                anchors.verticalCenter: parent.verticalCenter
            }
            Row {
                spacing: 2
                visible: root.pictures.length > 0 && !root.struck
                anchors.verticalCenter: parent.verticalCenter

                Repeater {
                    model: root.pictures.slice(0, 3)

                    Image {
                        required property string modelData

                        objectName: "chipPicture"
                        width: 16
                        height: 16
                        source: modelData.length > 0 ? "image://asset/" + modelData : ""
                        sourceSize.width: 48
                        fillMode: Image.PreserveAspectCrop
                        asynchronous: true
                    }
                }
            }
            Row {
                spacing: 2
                visible: root.dots > 0 && !root.struck
                anchors.verticalCenter: parent.verticalCenter

                Repeater {
                    model: Math.min(5, root.dots)

                    Rectangle {
                        width: 4
                        height: 4
                        radius: 2
                        color: Theme.textSecondary
                    }
                }
            }
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : root.struck ? "transparent" : Theme.raised
        border.color: Theme.line

        FocusRing {
            radius: height / 2
            shown: root.visualFocus
        }
    }
}
