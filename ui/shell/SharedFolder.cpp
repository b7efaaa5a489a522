#include "ui/shell/SharedFolder.h"

#include <QFileInfo>
#include <QSettings>

namespace moodloom::ui {

static const auto folderKey = QStringLiteral("exchange/folder");
static const auto boardKey = QStringLiteral("exchange/ontoBoard");
static const auto takesKey = QStringLiteral("exchange/savesTakes");

SharedFolder::SharedFolder(session::Session *session, QObject *parent)
    : QObject(parent), m_exchange(session)
{
    const QSettings kept;
    m_exchange.set({kept.value(folderKey).toString(), kept.value(boardKey, true).toBool(),
                    kept.value(takesKey, false).toBool()});
    connect(&m_exchange, &session::ExchangeFolder::came, this,
            [this](const QString &path, const QUuid &item) {
                Q_EMIT came(QFileInfo(path).fileName(), !item.isNull());
            });
}

bool SharedFolder::isThere() const
{
    return QFileInfo(folder()).isDir();
}

void SharedFolder::set(const session::ExchangeSettings &settings)
{
    if (settings == m_exchange.settings())
        return;
    QSettings kept;
    kept.setValue(folderKey, settings.folder);
    kept.setValue(boardKey, settings.ontoBoard);
    kept.setValue(takesKey, settings.savesTakes);
    m_exchange.set(settings);
    Q_EMIT changed();
}

void SharedFolder::setFolder(const QUrl &folder)
{
    session::ExchangeSettings settings = m_exchange.settings();
    settings.folder = folder.toLocalFile();
    set(settings);
}

void SharedFolder::setOntoBoard(bool onto)
{
    session::ExchangeSettings settings = m_exchange.settings();
    settings.ontoBoard = onto;
    set(settings);
}

void SharedFolder::setSavesTakes(bool saves)
{
    session::ExchangeSettings settings = m_exchange.settings();
    settings.savesTakes = saves;
    set(settings);
}

} // namespace moodloom::ui
