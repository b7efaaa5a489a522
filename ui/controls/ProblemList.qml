pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// What went wrong at a place, one below the other; nothing where nothing did.
ColumnLayout {
    id: root

    required property ProblemModel problems
    property string action // what can be done about it here, or empty

    signal actionRequested()

    spacing: Theme.tiny
    visible: problems.count > 0

    Repeater {
        model: root.problems

        ErrorBanner {
            required property int index

            objectName: "problem"
            Layout.fillWidth: true
            serious: true
            action: root.action
            onActionRequested: root.actionRequested()
            onDismissed: root.problems.dismiss(index)
        }
    }
}
