pragma ComponentBehavior: Bound

import QtQuick
import QtQml
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Prompt

// One facet under the prompt, with the pictures that are bound to it. A click opens what can be done with
// it; a picture dropped on it becomes its reference, words dropped on it are added to it.
Chip {
    id: root

    required property string words
    required property int index
    required property string kind
    required property bool excluded
    required property int references
    required property bool lacking // the library shows nothing of it
    required property var bound // {asset, name, hash} of each pinned reference
    required property int start
    required property int length
    required property real weight // 1 = neutral
    required property PromptModel prompt
    property bool bindable: false // there is a picture chosen to be bound
    property bool target: false   // another chip is held over it

    signal excludeToggled()
    signal editRequested()
    signal received(content: dropContent)
    signal bindRequested()
    signal moveRequested(by: int)
    signal weighRequested(steps: int)
    signal dragStarted()
    signal draggedTo(x: real, y: real)
    signal dragEnded()
    signal dragCanceled()

    function openSplit() {
        const places = prompt.splitPlaces(index)
        if (places.length === 1)
            prompt.splitChip(index, places[0].place)
        else if (places.length > 1)
            splitMenu.openWith(places)
    }

    readonly property string weightText: "× " + Number(weight.toFixed(2)).toLocaleString(Qt.locale(), "g", 3)

    text: words
    note: weight === 1 ? kind : kind.length > 0 ? kind + " " + weightText : weightText
    pictures: bound.map((one) => one.hash)
    dots: Math.max(0, references - bound.length)
    struck: excluded
    sign: lacking && !excluded ? "weak" : ""
    tip: lacking && !excluded ? qsTr("Nothing in your library shows “%1”. Pin a picture for it, or it is painted from the words alone.").arg(words)
                              : ""
    Accessible.description: excluded ? qsTr("Left out of the search")
                          : (lacking ? tip + " " : "") + qsTr("%n reference(s)", "", references)
                            + bound.map((one) => "; " + qsTr("bound: %1").arg(one.name)).join("")
    onClicked: {
        menu.splittable = prompt.splitPlaces(index).length > 0
        menu.mergeable = prompt.canMerge(index, index + 1)
        menu.open()
    }
    Keys.onPressed: (event) => {
        event.accepted = true
        if (event.modifiers === Qt.ControlModifier && event.key === Qt.Key_Left)
            root.moveRequested(-1)
        else if (event.modifiers === Qt.ControlModifier && event.key === Qt.Key_Right)
            root.moveRequested(1)
        else if (event.modifiers === Qt.AltModifier && event.key === Qt.Key_Up)
            root.weighRequested(1)
        else if (event.modifiers === Qt.AltModifier && event.key === Qt.Key_Down)
            root.weighRequested(-1)
        else if (event.modifiers !== Qt.NoModifier)
            event.accepted = false
        else if (event.key === Qt.Key_S)
            root.openSplit()
        else if (event.key === Qt.Key_M)
            root.prompt.mergeChips(root.index, root.index + 1)
        else if (event.key === Qt.Key_B && root.bindable)
            root.bindRequested()
        else if (event.key === Qt.Key_U && root.bound.length > 0)
            root.prompt.unbind(root.bound[root.bound.length - 1].asset)
        else
            event.accepted = false
    }

    DropTarget {
        id: drop

        anchors.fill: parent
        onReceived: (content) => root.received(content)
    }
    FocusRing {
        radius: height / 2
        shown: drop.containsDrag || root.target
        border.color: Theme.accentInk
    }
    DragHandler {
        id: drag

        target: null
        onActiveChanged: {
            if (active)
                root.dragStarted()
            else
                root.dragEnded()
        }
        onCanceled: root.dragCanceled()
        onCentroidChanged: {
            if (active)
                root.draggedTo(centroid.position.x, centroid.position.y)
        }
    }

    WheelHandler {
        property real turned: 0 // since the last step, in eighths of a degree

        acceptedModifiers: Qt.AltModifier
        // Some systems scroll sideways while Alt is held.
        onWheel: (event) => {
            turned += event.angleDelta.y !== 0 ? event.angleDelta.y : event.angleDelta.x
            const steps = Math.trunc(turned / 120)
            turned -= steps * 120
            if (steps !== 0)
                root.weighRequested(steps)
        }
    }

    Menu {
        id: menu

        property bool splittable: false
        property bool mergeable: false

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
        MenuItem {
            text: qsTr("Bind the chosen picture")
            iconName: "pin"
            shortcut: "B"
            enabled: root.bindable
            onTriggered: root.bindRequested()
        }
        MenuItem {
            text: qsTr("Split…")
            shortcut: "S"
            enabled: menu.splittable
            onTriggered: root.openSplit()
        }
        MenuItem {
            text: qsTr("Merge with the next")
            shortcut: "M"
            enabled: menu.mergeable
            onTriggered: root.prompt.mergeChips(root.index, root.index + 1)
        }
        MenuItem {
            text: qsTr("Move to the left")
            shortcut: "Ctrl+Left"
            enabled: root.index > 0
            onTriggered: root.moveRequested(-1)
        }
        MenuItem {
            text: qsTr("Move to the right")
            shortcut: "Ctrl+Right"
            onTriggered: root.moveRequested(1)
        }
        MenuItem {
            text: qsTr("Weigh more")
            shortcut: "Alt+Up"
            enabled: root.weight < 2
            onTriggered: root.weighRequested(1)
        }
        MenuItem {
            text: qsTr("Weigh less")
            shortcut: "Alt+Down"
            enabled: root.weight > 0
            onTriggered: root.weighRequested(-1)
        }
        // After those above: a Repeater would put them in between.
        Instantiator {
            model: root.bound
            delegate: MenuItem {
                id: item

                required property int index
                required property var modelData

                text: qsTr("Unbind “%1”").arg(item.modelData.name.length > 32
                                              ? item.modelData.name.slice(0, 31) + "…" : item.modelData.name)
                iconName: "close"
                shortcut: index === root.bound.length - 1 ? "U" : ""
                onTriggered: root.prompt.unbind(item.modelData.asset)
            }
            onObjectAdded: (index, object) => menu.insertItem(menu.count, object as MenuItem)
            onObjectRemoved: (index, object) => menu.removeItem(object as MenuItem)
        }
    }
    Menu {
        id: splitMenu

        property var places: []

        function openWith(found: var) {
            places = found
            open()
        }

        y: root.height + Theme.tiny

        Repeater {
            model: splitMenu.places

            MenuItem {
                id: gap

                required property var modelData

                text: gap.modelData.left + "  |  " + gap.modelData.right
                onTriggered: root.prompt.splitChip(root.index, gap.modelData.place)
            }
        }
    }
}
