#include "ui/shell/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>

namespace moodloom::ui {

static const auto languageKey = QStringLiteral("appearance/language");

// The translation that serves a locale best; English needs none.
static QString translationFor(const QLocale &locale)
{
    return locale.language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

Language::Language(QObject *parent) : QObject(parent)
{
    m_setting = qEnvironmentVariable("MOODLOOM_LANGUAGE",
                                     QSettings().value(languageKey).toString());
    apply();
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::setSetting(const QString &language)
{
    if (m_setting == language)
        return;
    m_setting = language;
    QSettings().setValue(languageKey, language);
    apply();
    Q_EMIT changed();
}

QVariantList Language::choices() const
{
    const auto choice = [](const QString &text, const QString &value) {
        return QVariantMap{{QStringLiteral("text"), text}, {QStringLiteral("value"), value}};
    };
    return {choice(tr("As the system"), QString()),
            choice(QStringLiteral("English"), QStringLiteral("en")),
            choice(QStringLiteral("简体中文"), QStringLiteral("zh_CN"))};
}

int Language::choice() const
{
    const QVariantList all = choices();
    for (int i = 0; i < all.size(); ++i)
        if (all[i].toMap().value(QStringLiteral("value")).toString() == m_setting)
            return i;
    return 0;
}

void Language::setChoice(int index)
{
    setSetting(choices().value(index).toMap().value(QStringLiteral("value")).toString());
}

void Language::apply()
{
    const QLocale locale = m_setting.isEmpty() ? QLocale::system() : QLocale(m_setting);
    m_current = translationFor(locale);
    QLocale::setDefault(m_setting.isEmpty() && m_current == translationFor(QLocale::system())
                            ? QLocale::system()
                            : QLocale(m_current));

    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    // English is in the sources, but its plural forms are in a translation.
    if (m_own.load(QStringLiteral(":/i18n/moodloom_%1.qm").arg(m_current)))
        QCoreApplication::installTranslator(&m_own);
    if (m_qt.load(QStringLiteral("qtbase_%1").arg(m_current),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

} // namespace moodloom::ui
