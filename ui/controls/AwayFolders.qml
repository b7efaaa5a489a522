pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// The library's folders that are not there, one below the other: how many pictures are out of reach
// by it, and what to do.
ColumnLayout {
    id: root

    required property var folders // {path, missing} of each
    property bool locating: false // one is being looked through

    signal locateRequested(folder: string, to: url)

    spacing: Theme.tiny
    visible: folders.length > 0

    Repeater {
        model: root.folders

        ErrorBanner {
            id: away

            required property var modelData

            objectName: "awayFolder"
            Layout.fillWidth: true
            serious: false
            warning: true
            dismissible: false
            message: (modelData.missing > 0
                      ? qsTr("%1 is not there: %n picture(s) are out of reach.", "", modelData.missing)
                      : qsTr("%1 is not there.")).arg(Format.path(modelData.path))
                     + " " + qsTr("Connect its drive, or locate the folder if it moved.")
            action: root.locating ? "" : qsTr("Locate folder…")
            onActionRequested: {
                dialog.sought = away.modelData.path
                dialog.open()
            }
        }
    }

    FolderPicker {
        id: dialog

        property string sought

        objectName: "locateFolderDialog"
        title: qsTr("Where is %1 now?").arg(Format.path(sought))
        onAccepted: root.locateRequested(sought, selectedFolder)
    }
}
