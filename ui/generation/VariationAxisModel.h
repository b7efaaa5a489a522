// One axis of a grid of takes: what varies along it, and through which values.
//
// UI thread; a part of VariationsModel, which tells it what can vary.
#pragma once

#include "core/session/Variations.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QVariantList>

#include <optional>

namespace moodloom::ui {

class VariationAxisModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("VariationsModel owns it")
    Q_PROPERTY(QVariantList targets READ targets NOTIFY targetsChanged) // {text, value}
    Q_PROPERTY(int target READ target WRITE setTarget NOTIFY changed)   // index into targets
    Q_PROPERTY(bool written READ isWritten NOTIFY changed)              // values are written
    Q_PROPERTY(bool listed READ isListed NOTIFY changed)         // values are chosen from options
    Q_PROPERTY(QVariantList options READ options NOTIFY changed) // {text, chosen}
    Q_PROPERTY(
        QString text READ text WRITE setText NOTIFY changed) // values that are written, with commas
    Q_PROPERTY(int count READ count NOTIFY changed)          // of values; 1 when nothing varies
public:
    struct Target
    {
        QString title;
        session::VariationAxis axis; // without values, but for those of a list
        QString wildcard;            // whose lines are the options, once they are read
        QString example;             // written values to begin with
    };

    using QObject::QObject;

    const QVector<Target> &all() const { return m_targets; }
    // Goes on with the same target, where there is one of its title.
    void setTargets(const QVector<Target> &targets);
    // As it was chosen at another time, as far as that can still vary.
    void setAxis(const session::VariationAxis &axis);
    bool isWaiting() const { return m_kept.has_value(); } // for the options of that axis
    void setOptions(int target, const QStringList &values, const QStringList &labels);

    QVariantList targets() const;
    int target() const { return m_target; }
    void setTarget(int target);
    bool isWritten() const;
    bool isListed() const;
    QVariantList options() const;
    QString text() const { return m_text; }
    void setText(const QString &text);
    int count() const;
    session::VariationAxis axis() const; // with the chosen values

    Q_INVOKABLE void choose(int option, bool chosen);

Q_SIGNALS:
    void targetsChanged();
    void changed();
    void edited(); // by the user
    void wanted(int target); // its options have not been read yet

private:
    QStringList written() const;
    void goTo(int target);

    QVector<Target> m_targets;
    int m_target = 0;
    QString m_text;
    QVector<bool> m_chosen; // of the target's values
    std::optional<session::VariationAxis> m_kept; // to be chosen when its options have been read
};

} // namespace moodloom::ui
