// All view-models of one window and the actions that join them; what Main.qml gets.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "core/board/Board.h"
#include "ui/export/Exporter.h"
#include "ui/generation/OriginModel.h"
#include "ui/generation/PaintOptions.h"
#include "ui/generation/TakeModel.h"
#include "ui/generation/VariationsModel.h"
#include "ui/library/LibraryModel.h"
#include "ui/prompt/PromptModel.h"
#include "ui/references/ReferencesModel.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/BoardTabs.h"
#include "ui/shell/Language.h"
#include "ui/shell/Notices.h"
#include "ui/shell/Preferences.h"
#include "ui/shell/SharedFolder.h"
#include "ui/shelf/ShelfModel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QUrl>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class Workspace : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Interface makes it")
    Q_PROPERTY(Page page READ page WRITE setPage NOTIFY pageChanged)
    Q_PROPERTY(moodloom::board::Board *board READ board NOTIFY boardChanged)
    Q_PROPERTY(moodloom::ui::BoardTabs *boards READ boards CONSTANT) // all that are open
    // The frame that find and paint work on, as the board knows it; empty = none yet.
    Q_PROPERTY(QString activeFrame READ activeFrame WRITE setActiveFrame NOTIFY activeFrameChanged)
    Q_PROPERTY(moodloom::ui::PromptModel *prompt READ prompt CONSTANT)
    Q_PROPERTY(moodloom::ui::ReferencesModel *references READ references CONSTANT)
    Q_PROPERTY(moodloom::ui::TakeModel *takes READ takes CONSTANT)
    Q_PROPERTY(moodloom::ui::VariationsModel *variations READ variations CONSTANT)
    Q_PROPERTY(moodloom::ui::PaintOptions *options READ options CONSTANT)
    Q_PROPERTY(moodloom::ui::OriginModel *origin READ origin CONSTANT)
    Q_PROPERTY(moodloom::ui::LibraryModel *library READ library CONSTANT)
    Q_PROPERTY(moodloom::ui::ShelfModel *shelf READ shelf CONSTANT)
    Q_PROPERTY(moodloom::ui::Exporter *exporter READ exporter CONSTANT)
    Q_PROPERTY(moodloom::ui::ActionRegistry *actions READ actions CONSTANT)
    Q_PROPERTY(
        QVariantMap boardShortcuts READ boardShortcuts NOTIFY boardShortcutsChanged) // by action
    Q_PROPERTY(moodloom::ui::Notices *notices READ notices CONSTANT)
    Q_PROPERTY(moodloom::ui::Language *language READ language CONSTANT)
    Q_PROPERTY(moodloom::ui::Preferences *preferences READ preferences CONSTANT)
    Q_PROPERTY(moodloom::ui::SharedFolder *shared READ shared CONSTANT)
public:
    enum class Page { Studio, Library, Models, Settings };
    Q_ENUM(Page)

    explicit Workspace(session::Session *session, QObject *parent = nullptr);

    Page page() const { return m_page; }
    void setPage(Page page);
    board::Board *board() const;
    BoardTabs *boards() { return &m_boards; }
    QString activeFrame() const;
    void setActiveFrame(const QString &frame);
    PromptModel *prompt() { return &m_prompt; }
    ReferencesModel *references() { return &m_references; }
    TakeModel *takes() { return &m_takes; }
    VariationsModel *variations() { return &m_variations; }
    PaintOptions *options() { return &m_options; }
    OriginModel *origin() { return &m_origin; }
    LibraryModel *library() { return &m_library; }
    ShelfModel *shelf() { return &m_shelf; }
    Exporter *exporter() { return &m_exporter; }
    ActionRegistry *actions() { return &m_actions; }
    QVariantMap boardShortcuts() const;
    Notices *notices() { return &m_notices; }
    Language *language() { return &m_language; }
    Preferences *preferences() { return &m_preferences; }
    SharedFolder *shared() { return &m_shared; }

    Q_INVOKABLE void openBoard(const QUrl &file);
    Q_INVOKABLE void saveBoardAs(const QUrl &file); // a missing extension is added
    // Whether saveBoardAs() would replace a file that is not this board.
    Q_INVOKABLE bool replacesFile(const QUrl &file) const;

Q_SIGNALS:
    void pageChanged();
    void boardChanged();
    void activeFrameChanged();
    void boardShortcutsChanged();

private:
    void addActions();
    void rememberBoards();
    void rememberMaterial();
    void retranslate();

    session::Session *m_session;
    Language m_language; // first: the others' texts are in it
    Preferences m_preferences;
    Notices m_notices;
    ActionRegistry m_actions;
    BoardTabs m_boards;
    PromptModel m_prompt;
    ReferencesModel m_references;
    TakeModel m_takes;
    VariationsModel m_variations;
    PaintOptions m_options;
    OriginModel m_origin;
    LibraryModel m_library;
    ShelfModel m_shelf;
    Exporter m_exporter;
    SharedFolder m_shared;
    Page m_page = Page::Studio;
};

} // namespace moodloom::ui
