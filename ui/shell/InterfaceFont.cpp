#include "ui/shell/InterfaceFont.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>

namespace moodloom::ui {

// Where people read the same characters in shapes of their own.
static bool hasOtherShapes(const QLocale &locale)
{
    return locale.language() == QLocale::Japanese || locale.language() == QLocale::Korean ||
           (locale.language() == QLocale::Chinese &&
            locale.script() == QLocale::TraditionalChineseScript);
}

QFont interfaceFont(QFont system, bool chinese)
{
    system.setPixelSize(13);
    const QString own = QFontInfo(system).family();
    if ((!chinese && hasOtherShapes(QLocale::system())) ||
        QFontDatabase::writingSystems(own).contains(QFontDatabase::SimplifiedChinese))
        return system;
    QStringList families{own};
    for (const char *family : {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
                               "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"})
        if (QFontDatabase::hasFamily(QLatin1String(family))) {
            families.insert(chinese ? 0 : 1, QLatin1String(family));
            break;
        }
    system.setFamilies(families);
    return system;
}

} // namespace moodloom::ui
