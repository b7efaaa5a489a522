// What is put on the model of the active frame: LoRAs, ControlNets, IP-Adapters, an image encoder.
//
// UI thread; borrows the session, which holds the values and outlives this.
#pragma once

#include "core/generation/PaintSettings.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class AddonModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("PaintOptions owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        PathRole = Qt::UserRole, // QString
        NameRole,                // QString: the file's name
        DetailRole,              // QString: "LoRA", "ControlNet, follows pose.png"
        ScaledRole,              // bool: it has a scale
        ScaleRole,               // real
        LeastRole,               // real: of the scale
        MostRole,                // real
        ReasonRole               // QString: why it cannot act now, or empty
    };

    explicit AddonModel(session::Session *session, QObject *parent = nullptr);

    int count() const { return int(m_rows.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void setScale(int row, double scale);
    Q_INVOKABLE void remove(int row);

    void refresh(); // texts changed, not the rows

Q_SIGNALS:
    void countChanged();

private:
    enum class Kind { Lora, Control, Adapter, Encoder };
    struct Row
    {
        Kind kind;
        QString path;
        double scale = 1;
        QString picture; // that a ControlNet follows
        bool isSame(const Row &other) const { return kind == other.kind && path == other.path; }
    };
    void update();

    session::Session *m_session;
    QVector<Row> m_rows;
};

} // namespace moodloom::ui
