pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// Errors and notices, one below the other.
Column {
    id: root

    required property Notices notices

    spacing: Theme.tiny

    Repeater {
        model: root.notices

        ErrorBanner {
            required property int index

            width: root.width
            onDismissed: root.notices.dismiss(index)
        }
    }
}
