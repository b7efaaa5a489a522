// Tiny safetensors files that are models by their tensors' names and shapes alone: what inspecting
// tells is real, what is in them is zeros.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPair>
#include <QString>
#include <QtEndian>
#include <QVector>

namespace moodloom::testing {

using Shapes = QVector<QPair<QString, QVector<int>>>;

// A safetensors file of zeros.
inline QByteArray weights(const Shapes &tensors, const QJsonObject &metadata = {})
{
    QJsonObject header;
    qint64 offset = 0;
    for (const auto &[name, shape] : tensors) {
        qint64 bytes = 2;
        QJsonArray extents;
        for (const int extent : shape) {
            bytes *= extent;
            extents.append(extent);
        }
        header[name] =
            QJsonObject{{QStringLiteral("dtype"), QStringLiteral("F16")},
                        {QStringLiteral("shape"), extents},
                        {QStringLiteral("data_offsets"), QJsonArray{offset, offset + bytes}}};
        offset += bytes;
    }
    if (!metadata.isEmpty())
        header[QStringLiteral("__metadata__")] = metadata;
    const QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    const quint64 length = qToLittleEndian(quint64(text.size()));
    return QByteArray(reinterpret_cast<const char *>(&length), 8) + text +
           QByteArray(int(offset), '\0');
}

// A LoRA for a U-Net that looks at text of this width: 768 is SD 1.x, 2048 SDXL.
inline QByteArray loraFile(int textWidth, const QJsonObject &metadata = {})
{
    const QString name =
        QStringLiteral("lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k");
    return weights({{name + QStringLiteral(".lora_down.weight"), {4, textWidth}},
                    {name + QStringLiteral(".lora_up.weight"), {640, 4}},
                    {name + QStringLiteral(".alpha"), {1}}},
                   metadata);
}

} // namespace moodloom::testing
