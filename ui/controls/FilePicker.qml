pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Moodloom.Theme

// Asks for a file or files, with the desktop's own dialog where there is one. It is made anew each time:
// Qt's own keeps the colours that it was made with, whatever the theme is by then.
QtObject {
    id: root

    property string title
    property string acceptLabel // empty = the usual one
    property int fileMode: FileDialog.OpenFile
    property var nameFilters: []
    property url selectedFile
    property var selectedFiles: []
    property url folder // where it was left
    property FileDialog dialog: null
    readonly property bool dark: Theme.dark

    property Component form: FileDialog {
        title: root.title
        fileMode: root.fileMode
        nameFilters: root.nameFilters
        onAccepted: {
            root.folder = currentFolder
            root.selectedFile = selectedFile
            root.selectedFiles = selectedFiles
            root.accepted()
        }
        onRejected: root.folder = currentFolder
    }

    signal accepted()

    function open() {
        dialog?.destroy()
        dialog = form.createObject(root) as FileDialog
        if (acceptLabel.length > 0)
            dialog.acceptLabel = acceptLabel
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
