pragma ComponentBehavior: Bound

import QtQuick
import QtQml
import Moodloom.Board
import Moodloom.Controls

// Some of the board's actions as a menu, with their texts and keys.
Menu {
    id: root

    required property BoardCanvas canvas
    required property var actions // ids of boardActions()

    // Asked for anew whenever the menu opens: the language may have changed.
    property var texts: textsNow()

    function textsNow(): var {
        const now = {}
        for (const id of root.actions)
            now[id] = root.canvas.actionText(id)
        return now
    }

    onAboutToShow: texts = textsNow()

    Instantiator {
        model: root.actions
        delegate: MenuItem {
            required property string modelData

            text: root.texts[modelData] ?? ""
            shortcut: root.canvas.shortcuts[modelData] ?? ""
            onTriggered: root.canvas.perform(modelData)
        }
        onObjectAdded: (index, object) => root.insertItem(index, object as MenuItem)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuItem)
    }
}
