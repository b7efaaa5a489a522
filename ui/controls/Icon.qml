import QtQuick
import Moodloom.Theme

// One of our line icons in a colour of the theme.
Image {
    id: root

    required property string name
    property color color: Theme.text
    property int size: Theme.icon

    source: name.length > 0 ? "image://icon/" + name + "/" + color : ""
    sourceSize.width: size
    sourceSize.height: size
    width: size
    height: size
    smooth: false
}
