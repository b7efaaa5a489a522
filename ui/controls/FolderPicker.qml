pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Moodloom.Theme

// Asks for a folder, as FilePicker does for files.
QtObject {
    id: root

    property string title
    property url selectedFolder
    property url folder // where it was left
    property FolderDialog dialog: null
    readonly property bool dark: Theme.dark

    property Component form: FolderDialog {
        title: root.title
        onAccepted: {
            root.folder = currentFolder
            root.selectedFolder = selectedFolder
            root.accepted()
        }
        onRejected: root.folder = currentFolder
    }

    signal accepted()

    function open() {
        dialog?.destroy()
        dialog = form.createObject(root) as FolderDialog
        if (String(folder).length > 0)
            dialog.currentFolder = folder
        dialog.open()
    }

    function close() {
        dialog?.close()
    }

    onDarkChanged: {
        if (!dialog?.visible)
            return
        dialog.close()
        open()
    }
}
