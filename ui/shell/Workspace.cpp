#include "ui/shell/Workspace.h"

#include "core/base/Machine.h"
#include "core/session/BoardSet.h"
#include "core/session/Session.h"
#include "ui/board/BoardActions.h"
#include "ui/theme/Theme.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QUuid>

namespace moodloom::ui {

using session::Session;

Workspace::Workspace(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_boards(session), m_prompt(session), m_references(session->finder()),
      m_takes(session), m_variations(session), m_options(session), m_origin(session), m_library(session->library()), m_shelf(session), m_exporter(session), m_shared(session)
{
    // A board without frames, as a new one is, goes on with what was chosen last.
    if (m_session->activeFrame().isNull())
        m_session->setSettings(Preferences::withMaterial(m_session->settings()));
    addActions();
    connect(&m_preferences, &Preferences::changed, this,
            [this] { m_session->setWildcardFolder(Preferences::wildcardFolder()); });
    connect(session, &Session::failed, this, [this](const Error &error) { m_notices.add(error); });
    connect(&m_takes, &TakeModel::failed, this,
            [this](const Error &error) { m_notices.add(error); });
    connect(&m_library, &LibraryModel::located, this,
            [this](const QString &message, bool failed) { m_notices.add(message, failed); });
    // Drives come and go while another window is in front.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, &m_library,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive)
                    m_library.lookForFiles();
            });
    connect(session, &Session::boardChanged, this, &Workspace::boardChanged);
    connect(session, &Session::boardChanged, this, &Workspace::rememberBoards);
    connect(session->boards(), &session::BoardSet::changed, this, &Workspace::rememberBoards);
    connect(session, &Session::activeFrameChanged, this, &Workspace::activeFrameChanged);
    connect(session, &Session::settingsChanged, this, &Workspace::rememberMaterial);
    connect(&m_language, &Language::changed, this, &Workspace::retranslate);
    if (!blasAdvice().empty())
        m_notices.add(tr("Painting is much slower than it could be, because a slow arithmetic "
                         "library (BLAS) is in use. Install libopenblas0-pthread and start "
                         "Moodloom again."),
                      false);
}

void Workspace::setPage(Page page)
{
    if (m_page == page)
        return;
    m_page = page;
    Q_EMIT pageChanged();
}

board::Board *Workspace::board() const
{
    return m_session->board();
}

QString Workspace::activeFrame() const
{
    const QUuid frame = m_session->activeFrame();
    return frame.isNull() ? QString() : frame.toString();
}

void Workspace::setActiveFrame(const QString &frame)
{
    const QUuid id = QUuid::fromString(frame);
    if (!id.isNull() && id != m_session->activeFrame())
        m_session->setActiveFrame(id);
}

void Workspace::openBoard(const QUrl &file)
{
    setPage(Page::Studio);
    if (file.isLocalFile())
        m_session->openBoard(file.toLocalFile());
}

static QString boardPath(const QUrl &file)
{
    const QString path = file.toLocalFile();
    return path.isEmpty() || !QFileInfo(path).suffix().isEmpty() ? path
                                                                 : path + QStringLiteral(".moodloom");
}

void Workspace::saveBoardAs(const QUrl &file)
{
    if (const QString path = boardPath(file); !path.isEmpty())
        m_session->saveBoardAs(path);
}

bool Workspace::replacesFile(const QUrl &file) const
{
    const QFileInfo there(boardPath(file));
    return there.exists() && there != QFileInfo(board()->path());
}

void Workspace::rememberBoards()
{
    QStringList paths;
    for (board::Board *board : m_session->boards()->boards()) {
        paths.append(board->path());
        connect(board, &board::Board::saved, this, &Workspace::rememberBoards, Qt::UniqueConnection);
    }
    Preferences::setOpenBoards(paths, board()->path());
}

void Workspace::rememberMaterial()
{
    Preferences::setMaterial(m_session->settings());
}

void Workspace::addActions()
{
    using Reach = ActionRegistry::Reach;
    const auto add = [this](const char *id, const char *text, const char *shortcut,
                            std::function<void()> run = {}, Reach reach = Reach::Everywhere) {
        m_actions.add({QLatin1String(id), text, QLatin1String(shortcut), std::move(run), reach});
    };
    add(
        "find", QT_TRANSLATE_NOOP("Actions", "Find references"), "Return",
        [this] { m_prompt.find(); }, Reach::Prompt);
    add("paint", QT_TRANSLATE_NOOP("Actions", "Paint the picture"), "Ctrl+Return",
        [this] { m_prompt.paint(); });
    // Esc means other things, too; the palette lists it all the same.
    add(
        "stop", QT_TRANSLATE_NOOP("Actions", "Stop painting"), "Esc", [this] { m_prompt.stop(); },
        Reach::Fixed);
    add("prompt", QT_TRANSLATE_NOOP("Actions", "Write the prompt"), "Ctrl+P",
        [this] { setPage(Page::Studio); });
    add("prompt-history", QT_TRANSLATE_NOOP("Actions", "Earlier prompts"), "Ctrl+H",
        [this] { setPage(Page::Studio); });
    add("describe", QT_TRANSLATE_NOOP("Actions", "Describe what is here as a prompt"),
        "Ctrl+Shift+E", [this] { setPage(Page::Studio); });
    // On the page that is shown: nobody undoes what is out of sight.
    add("undo", QT_TRANSLATE_NOOP("Actions", "Undo on the board or in the library"), "Ctrl+Z", [this] {
        if (m_page == Page::Library)
            m_library.putBack();
        else
            board()->undo();
    });
    add("redo", QT_TRANSLATE_NOOP("Actions", "Redo on the board"), "Ctrl+Shift+Z", [this] {
        if (m_page != Page::Library)
            board()->redo();
    });
    add("new-board", QT_TRANSLATE_NOOP("Actions", "New board"), "Ctrl+T", [this] {
        setPage(Page::Studio);
        m_session->newBoard();
    });
    add("close-board", QT_TRANSLATE_NOOP("Actions", "Close the board"), "Ctrl+W", [this] {
        setPage(Page::Studio);
        m_boards.close(m_boards.current());
    });
    add("reopen-board", QT_TRANSLATE_NOOP("Actions", "Reopen the board that was closed last"),
        "Ctrl+Shift+W", [this] {
            setPage(Page::Studio);
            m_session->reopenBoard();
        });
    add("next-board", QT_TRANSLATE_NOOP("Actions", "Next board"), "Ctrl+Tab", [this] {
        setPage(Page::Studio);
        m_boards.showNext(1);
    });
    add("previous-board", QT_TRANSLATE_NOOP("Actions", "Previous board"), "Ctrl+Shift+Tab", [this] {
        setPage(Page::Studio);
        m_boards.showNext(-1);
    });
    add("tab-left", QT_TRANSLATE_NOOP("Actions", "Move the board's tab to the left"),
        "Ctrl+Shift+PgUp", [this] { m_boards.move(m_boards.current(), m_boards.current() - 1); });
    add("tab-right", QT_TRANSLATE_NOOP("Actions", "Move the board's tab to the right"),
        "Ctrl+Shift+PgDown", [this] { m_boards.move(m_boards.current(), m_boards.current() + 1); });
    add("open-board", QT_TRANSLATE_NOOP("Actions", "Open a board"), "Ctrl+O");
    add("save-board", QT_TRANSLATE_NOOP("Actions", "Save the board as"), "Ctrl+Shift+S");
    add("seed", QT_TRANSLATE_NOOP("Actions", "Roll a new seed"), "Ctrl+R",
        [this] { m_options.rollSeed(); });
    add("variations", QT_TRANSLATE_NOOP("Actions", "Paint variations in a grid"), "Ctrl+Shift+R",
        [this] { setPage(Page::Studio); });
    add("view-take", QT_TRANSLATE_NOOP("Actions", "Show the take large"), "F3",
        [this] { setPage(Page::Studio); });
    add("export", QT_TRANSLATE_NOOP("Actions", "Export the take"), "Ctrl+E",
        [this] { setPage(Page::Studio); });
    add("add-folder", QT_TRANSLATE_NOOP("Actions", "Add a folder to the library"), "Ctrl+Shift+A",
        [this] { setPage(Page::Library); });
    add("sample-library", QT_TRANSLATE_NOOP("Actions", "Make the sample library"), "", [this] {
        setPage(Page::Library);
        m_library.makeSampleLibrary();
    });
    add("add-model-folder", QT_TRANSLATE_NOOP("Actions", "Add a folder of models"), "",
        [this] { setPage(Page::Models); });
    add("get-model", QT_TRANSLATE_NOOP("Actions", "Get a model"), "",
        [this] { setPage(Page::Models); });
    add("teach-model", QT_TRANSLATE_NOOP("Actions", "Teach the model your pictures"), "",
        [this] { setPage(Page::Models); });
    add("look-up-missing",
        QT_TRANSLATE_NOOP("Actions", "Look up what the take does not show, and paint again"),
        "Ctrl+Shift+L", [this] {
            setPage(Page::Studio);
            m_takes.grounding()->lookUpMissing();
        });
    add("paint-over",
        QT_TRANSLATE_NOOP("Actions", "Paint over the selected picture, else over the take"),
        "Ctrl+Shift+P", [this] { setPage(Page::Studio); });
    add("reuse-picture",
        QT_TRANSLATE_NOOP("Actions", "Use the prompt and settings of a picture file"),
        "Ctrl+Shift+O", [this] { setPage(Page::Studio); });
    add("search-library", QT_TRANSLATE_NOOP("Actions", "Search the library"), "Ctrl+F",
        [this] { setPage(Page::Library); });
    add("page-studio", QT_TRANSLATE_NOOP("Actions", "Go to the board"), "Alt+1",
        [this] { setPage(Page::Studio); });
    add("page-library", QT_TRANSLATE_NOOP("Actions", "Go to the library"), "Alt+2",
        [this] { setPage(Page::Library); });
    add("page-models", QT_TRANSLATE_NOOP("Actions", "Go to the models"), "Alt+3",
        [this] { setPage(Page::Models); });
    add("page-settings", QT_TRANSLATE_NOOP("Actions", "Go to the settings"), "Ctrl+,",
        [this] { setPage(Page::Settings); });
    add("theme", QT_TRANSLATE_NOOP("Actions", "Switch between dark and light"), "Ctrl+Shift+D", [] {
        Theme *theme = Theme::instance();
        theme->setMode(theme->isDark() ? Theme::Mode::Light : Theme::Mode::Dark);
    });
    add("language", QT_TRANSLATE_NOOP("Actions", "Switch between English and Chinese"), "", [this] {
        m_language.setSetting(m_language.current() == QLatin1String("zh_CN")
                                  ? QStringLiteral("en")
                                  : QStringLiteral("zh_CN"));
    });
    add("next-part", QT_TRANSLATE_NOOP("Actions", "Go to the next part of the window"), "F6",
        [this] { setPage(Page::Studio); });
    add("previous-part", QT_TRANSLATE_NOOP("Actions", "Go to the previous part of the window"),
        "Shift+F6", [this] { setPage(Page::Studio); });
    add("toggle-references", QT_TRANSLATE_NOOP("Actions", "Show or hide the references"), "Ctrl+B");
    add("toggle-inspector", QT_TRANSLATE_NOOP("Actions", "Show or hide the inspector"), "Ctrl+I");
    add("palette", QT_TRANSLATE_NOOP("Actions", "Show all actions"), "Ctrl+K");
    add("full-screen", QT_TRANSLATE_NOOP("Actions", "Full screen"), "F11");
    add("always-on-top", QT_TRANSLATE_NOOP("Actions", "Keep the window over all others, or do not"), "Ctrl+Shift+T");
    add("quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q");
    // Undo and redo are above: they work everywhere. The canvas does the others.
    for (const BoardAction &action : boardActions())
        if (!m_actions.contains(QLatin1String(action.id)))
            add(
                action.id, action.text, action.shortcut, [this] { setPage(Page::Studio); },
                Reach::Board);
    connect(&m_actions, &ActionRegistry::shortcutsChanged, this, &Workspace::boardShortcutsChanged);
}

QVariantMap Workspace::boardShortcuts() const
{
    QVariantMap shortcuts;
    for (const BoardAction &action : boardActions()) {
        const QString id = QLatin1String(action.id);
        shortcuts.insert(id, m_actions.shortcut(id));
    }
    return shortcuts;
}

void Workspace::retranslate()
{
    m_actions.retranslate();
    m_boards.retranslate();
    m_prompt.facets()->retranslate();
    m_references.retranslate();
    m_takes.retranslate();
    m_variations.refresh();
    m_options.retranslate();
    m_origin.retranslate();
    m_library.retranslate();
    m_shelf.retranslate();
}

} // namespace moodloom::ui
