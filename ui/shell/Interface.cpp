#include "ui/shell/Interface.h"

#include "ui/controls/IconProvider.h"
#include "ui/controls/PictureFileProvider.h"
#include "ui/library/AssetImageProvider.h"
#include "ui/shell/FocusKeeper.h"
#include "ui/shell/InterfaceFont.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QQuickWindow>

namespace moodloom::ui {

Interface::Interface(session::Session *session, QObject *parent)
    : QObject(parent), m_workspace(session)
{
    QGuiApplication::setFont(
        interfaceFont(QFontDatabase::systemFont(QFontDatabase::GeneralFont),
                      m_workspace.language()->current() == QLatin1String("zh_CN")));
    // Of what our controls do not cover, file dialogs: this one takes all of its colours from the palette.
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);

    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
    m_engine.addImageProvider(QStringLiteral("asset"), new AssetImageProvider);
    m_engine.addImageProvider(QStringLiteral("file"), new PictureFileProvider);
    connect(m_workspace.language(), &Language::changed, &m_engine, &QQmlEngine::retranslate);
}

Interface::~Interface() = default;

bool Interface::show()
{
    m_engine.setInitialProperties({{QStringLiteral("workspace"), QVariant::fromValue(&m_workspace)}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Moodloom/Shell/Main.qml")));
    const QObjectList roots = m_engine.rootObjects();
    if (auto *window = roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.constFirst()))
        new FocusKeeper(window); // which owns it
    return !roots.isEmpty();
}

} // namespace moodloom::ui
