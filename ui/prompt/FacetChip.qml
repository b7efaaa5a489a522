import QtQuick
import Moodloom.Theme
import Moodloom.Controls

// One facet under the prompt. A click opens what can be done with it; a picture dropped on it becomes
// its reference, words dropped on it are added to it.
Chip {
    id: root

    required property string words
    required property int index
    required property string kind
    required property bool excluded
    required property int references
    required property int start
    required property int length

    signal excludeToggled()
    signal editRequested()
    signal received(content: dropContent)

    text: words
    note: kind
    dots: references
    struck: excluded
    Accessible.description: excluded ? qsTr("Left out of the search")
                                     : qsTr("%n reference(s)", "", references)
    onClicked: menu.open()

    DropTarget {
        id: drop

        anchors.fill: parent
        onReceived: (content) => root.received(content)
    }
    FocusRing {
        radius: height / 2
        shown: drop.containsDrag
        border.color: Theme.accent
    }

    Menu {
        id: menu

        y: root.height + Theme.tiny

        MenuItem {
            text: root.excluded ? qsTr("Search for it again") : qsTr("Leave it out of the search")
            iconName: "exclude"
            onTriggered: root.excludeToggled()
        }
        MenuItem {
            text: qsTr("Edit it in the prompt")
            iconName: "edit"
            onTriggered: root.editRequested()
        }
    }
}
