// The language of the interface, switchable while running.
//
// One per process, on the UI thread. The choice is MOODLOOM_LANGUAGE, else the setting, else the
// system's. Installs the translators and the default locale (figures, dates).
#pragma once

#include <QObject>
#include <QTranslator>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class Language : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QString setting READ setting WRITE setSetting NOTIFY changed) // empty = the system's
    Q_PROPERTY(int choice READ choice WRITE setChoice NOTIFY changed) // index into choices
    Q_PROPERTY(QString current READ current NOTIFY changed)                  // "en", "zh_CN"
    Q_PROPERTY(QVariantList choices READ choices NOTIFY changed)             // {text, value}
public:
    explicit Language(QObject *parent = nullptr);
    ~Language() override;

    QString setting() const { return m_setting; }
    void setSetting(const QString &language);
    QString current() const { return m_current; }
    QVariantList choices() const;
    int choice() const;
    void setChoice(int index);

Q_SIGNALS:
    void changed();

private:
    void apply();

    QString m_setting;
    QString m_current;
    QTranslator m_own;
    QTranslator m_qt; // the system's dialogs
};

} // namespace moodloom::ui
