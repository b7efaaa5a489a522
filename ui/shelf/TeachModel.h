// "Teach it yours" on the models page: which pictures, under which name, for how long, and how it
// goes.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "core/session/Teacher.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QUrl>
#include <QVariantList>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class TeachModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ShelfModel owns it")
    Q_PROPERTY(
        QString folder READ folder NOTIFY requestChanged) // of the pictures; empty = none yet
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY requestChanged)
    Q_PROPERTY(QString nameProblem READ nameProblem NOTIFY requestChanged) // or empty
    Q_PROPERTY(double minutes READ minutes WRITE setMinutes NOTIFY requestChanged)
    Q_PROPERTY(QVariantList lengths READ lengths NOTIFY textsChanged) // {text, value: minutes}
    Q_PROPERTY(bool adapter READ withAdapter WRITE setWithAdapter NOTIFY requestChanged)
    Q_PROPERTY(QString modelName READ modelName NOTIFY modelChanged) // that is taught
    Q_PROPERTY(bool ready READ isReady NOTIFY changed)               // start() has what it needs
    Q_PROPERTY(bool goesOn READ goesOn NOTIFY changed)               // with what was begun before
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool stopping READ isStopping NOTIFY changed)
    Q_PROPERTY(bool indeterminate READ isIndeterminate NOTIFY changed)
    Q_PROPERTY(double share READ share NOTIFY changed)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed)
    Q_PROPERTY(QList<QPointF> curve READ curve NOTIFY changed) // step, loss
    Q_PROPERTY(QString curveText READ curveText NOTIFY changed)
    Q_PROPERTY(QVariantList samples READ samples NOTIFY samplesChanged) // URLs
    Q_PROPERTY(QString error READ error NOTIFY changed)
public:
    explicit TeachModel(session::Session *session, QObject *parent = nullptr);

    QString folder() const { return m_folder; }
    QString name() const { return m_name; }
    void setName(const QString &name);
    QString nameProblem() const;
    double minutes() const { return m_minutes; }
    void setMinutes(double minutes);
    QVariantList lengths() const;
    bool withAdapter() const { return m_adapter; }
    void setWithAdapter(bool adapter);
    QString modelName() const;
    bool isReady() const;
    bool goesOn() const { return m_goesOn; }
    bool isBusy() const { return m_teacher.isBusy(); }
    bool isStopping() const;
    bool isIndeterminate() const;
    double share() const { return m_teacher.state().share; }
    QString stateText() const;
    QList<QPointF> curve() const { return m_teacher.state().curve; }
    QString curveText() const;
    QVariantList samples() const;
    QString error() const;

    Q_INVOKABLE void setFolder(const QUrl &folder); // also names the run after it
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void clearError();

    void retranslate();

Q_SIGNALS:
    void requestChanged();
    void modelChanged();
    void textsChanged();
    void changed();
    void samplesChanged();
    void taught(const QString &path); // a LoRA

private:
    QString out() const; // the LoRA's file
    void lookForRun();
    void take();

    session::Session *m_session;
    session::Teacher m_teacher;
    QString m_folder, m_name;
    double m_minutes = 15;
    bool m_adapter = true;
    bool m_goesOn = false;
    bool m_errorSeen = false;
    QStringList m_samples;
};

} // namespace moodloom::ui
