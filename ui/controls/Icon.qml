import QtQuick
import Moodloom.Theme

// One of our line icons in a colour of the theme.
Image {
    id: root

    required property string name
    property color color: Theme.text

    source: name.length > 0 ? "image://icon/" + name + "/" + color : ""
    sourceSize.width: Theme.icon
    sourceSize.height: Theme.icon
    width: Theme.icon
    height: Theme.icon
    smooth: false
}
