#include "core/base/ErrorDetails.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <vector>

namespace moodloom {
namespace {

// As the modules write them; %1 stands for a part that differs from case to case.
constexpr const char *kDetails[] = {
    // Files
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "free some space or choose another folder; nothing was overwritten"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "no permission; choose another folder or change its permissions"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the file or its folder does not exist"),
    QT_TRANSLATE_NOOP("ErrorDetail", "no permission to read it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "no such file"),
    QT_TRANSLATE_NOOP("ErrorDetail", "no such folder"),
    QT_TRANSLATE_NOOP("ErrorDetail", "not a file but a folder or a device"),
    QT_TRANSLATE_NOOP("ErrorDetail", "a link that leads to itself"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the file's name is not valid UTF-8; rename it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "larger than %1 bytes"),
    QT_TRANSLATE_NOOP("ErrorDetail", "writing failed"),
    // Boards
    QT_TRANSLATE_NOOP("ErrorDetail", "its format is %1, this one knows up to %2"),
    QT_TRANSLATE_NOOP("ErrorDetail", "database disk image is malformed"),
    // Pictures
    QT_TRANSLATE_NOOP("ErrorDetail", "the file is empty (0 bytes)"),
    QT_TRANSLATE_NOOP("ErrorDetail", "ends after %1 of %2 rows"),
    QT_TRANSLATE_NOOP("ErrorDetail", "ends after %1 bytes"),
    QT_TRANSLATE_NOOP("ErrorDetail", "damaged after %1 of %2 rows (%3)"),
    QT_TRANSLATE_NOOP("ErrorDetail", "damaged after %1 of %2 rows"),
    QT_TRANSLATE_NOOP("ErrorDetail", "there is no picture in it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "not enough memory for the picture"),
    QT_TRANSLATE_NOOP("ErrorDetail", "needs %1 MB of memory, %2 MB are free"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "%1 megapixels; at most %2 are read. Make a smaller copy of the picture"),
    QT_TRANSLATE_NOOP("ErrorDetail", "%1 MB; files up to %2 MB are read"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the picture is empty"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the picture is no longer there"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it has changed since"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "it is another picture, or was changed; drop it on the board instead"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "its file is gone and the board has no copy; bring the file back, or unpin it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it does not say how it was made"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it cannot be read to its end"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the file has changed since it was chosen; drop it or add it again"),
    // Library
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the folder cannot be made; choose another one or change its permissions"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the library may not be changed; check the folder's permissions"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the library was made by a newer Moodloom and may only be looked at"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "a database, but not a Moodloom library; choose another folder"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "made by an older Moodloom, or empty; open it once with write access"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the picture is no longer in the library"),
    QT_TRANSLATE_NOOP("ErrorDetail", "no such picture in the library"),
    QT_TRANSLATE_NOOP("ErrorDetail", "free some space for the thumbnails"),
    // Teaching
    QT_TRANSLATE_NOOP("ErrorDetail", "there are no pictures in it"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is there already: go on with it (--resume) or choose another name (--out)"),
    QT_TRANSLATE_NOOP("ErrorDetail", "there is no run to go on with; begin one without --resume"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "was begun with %1 %2, not %3; give the same, or choose another name (--out)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "libtorch finds no graphics card that it can use; take the CPU"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "has two text encoders (SDXL); SD 1.x, 2.x and the built-in model can be taught"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is made for inpainting; teach the model that it was made from"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is distilled for few steps; teach the model that it was made from"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is a flow model, which cannot be taught yet"),
    // Boards
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "it is open in another window: close it there to change it here"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it is open in another window"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file could not be made: choose where to save it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its folder cannot be made"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it is a database, but not a Moodloom board"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the file is write-protected: save a copy to change it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the board is open read-only"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the copy could not be flushed to the disk"),
    // Painting and export
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "this model has no IP-Adapter and takes no references; add one in its "
                      "folder ip_adapter, or paint without references"),
    QT_TRANSLATE_NOOP("ErrorDetail", "close other programs and try again"),
    QT_TRANSLATE_NOOP("ErrorDetail", "close other programs or choose a smaller size"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "needs about %1 even at its thriftiest, and %2 can be had: choose a smaller "
                      "picture, a smaller model or fewer ControlNets, or close other programs"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "memory was refused even at the thriftiest: choose a smaller picture, a "
                      "smaller model or fewer ControlNets, or close other programs"),
    QT_TRANSLATE_NOOP("ErrorDetail", "export a smaller picture"),
    QT_TRANSLATE_NOOP("ErrorDetail", "export fewer layers or a smaller picture"),
    QT_TRANSLATE_NOOP("ErrorDetail", "has no %1; choose a folder with a CLIP for searching"),
    QT_TRANSLATE_NOOP("ErrorDetail", "choose one of %1"),
    QT_TRANSLATE_NOOP("ErrorDetail", "has no %1 in it"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "takes no reference pictures: it has no image encoder or no IP-Adapter"),
    // The user's own models
    QT_TRANSLATE_NOOP("ErrorDetail", "its header is not valid JSON; get the file again"),
    QT_TRANSLATE_NOOP("ErrorDetail", "a part of the model is missing; get the whole model again"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "there is no such folder; bring it back, or choose another model"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is not valid JSON (at byte %1)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "it was cut off, get it again: tensor \"%1\" needs bytes up to "
                      "%2, the file ends at %3"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "it was cut off or is no safetensors file, get it again: its header should "
                      "have %1 bytes, the file has %2"),
    QT_TRANSLATE_NOOP("ErrorDetail", "config and weights are not of the same model, get both anew: "
                                     "tensor \"%1\" should be %2 and is %3"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is a pickle of PyTorch before 1.6, which is never opened here; convert it "
                      "to safetensors, where you trust it (the checkpoint merger of A1111 and "
                      "ComfyUI's \"Save Checkpoint\" write that)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "a single-file checkpoint has no tokenizer of its own: put CLIP's "
                      "vocab.json and merges.txt there, from the folder \"tokenizer\" of any "
                      "Stable Diffusion model"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "this file has no %1; use a checkpoint with U-Net, VAE and text encoder in "
                      "one file"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is no Stable Diffusion checkpoint: it has no tensors named "
                                     "model.diffusion_model.input_blocks"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is a LoRA for %1 models; %2 is of the kind %3 (its text is %4 wide)"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is no LoRA: it has no lora_up and lora_down"),
    QT_TRANSLATE_NOOP("ErrorDetail", "has keys that fit nothing in the model: %1"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "%1 is %2, the model's is %3; this ControlNet was made for another kind of "
                      "model"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is no ControlNet: it has no tensors named controlnet_cond_embedding or "
                      "input_hint_block"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is no image encoder: it has no tensor named "
                                     "vision_model.embeddings.patch_embedding.weight"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "needs an image encoder, which this model does not have; name one "
                      "(--image-encoder)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the mask has no white: nothing would be painted; make white what should "
                      "change"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "too small for this many steps: nothing would be painted; raise one of "
                      "them"),
    // Models from elsewhere
    QT_TRANSLATE_NOOP("ErrorDetail", "line %1: %2"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "expected ORGANISATION/NAME as on Hugging Face, or the address of a file (https://...)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the revision or the path has a form that the hub does not use"),
    QT_TRANSLATE_NOOP("ErrorDetail", "is no complete address; copy it once more"),
    QT_TRANSLATE_NOOP("ErrorDetail", "leave the name and the password out of the address"),
    QT_TRANSLATE_NOOP("ErrorDetail", "names no file; copy the address of the file itself"),
    QT_TRANSLATE_NOOP("ErrorDetail", "expected 64 hexadecimal digits"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server's answer is no list of files; check HF_ENDPOINT"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "its list names a file outside of its folder, \"%1\"; nothing was fetched"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its list states an impossible size"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the model has no file or folder of this name"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "it has no files that Moodloom reads (safetensors, or PyTorch's)"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "this is a web page and not a file; copy the address of the file itself"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "is no file of weights by its name (.safetensors, .ckpt, .pt, .pth, .bin)"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server sends nothing"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "there is another file of this name already; move it away, or choose another folder"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "%1 are needed and %2 are free: free some space, or choose another folder"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server sends %1 bytes and %2 were stated; look it up again"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server sends more than the %1 bytes that were stated; look it up again"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "the file cannot be put there; change the folder's permissions, or choose another one"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "what was fetched is kept: free some space and continue, or choose another folder"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it ended after %1 of %2 bytes; what was fetched is kept"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its SHA-256 is %1 and should be %2; it was not kept"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it is not the file that was listed; it was not kept"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server leads in a circle"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server leads to an address that is not safe, %1"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the connection was lost; try again: it goes on where it stopped"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server cannot be reached; check the connection"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its certificate is not valid; nothing was sent"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "the server asks for a login, and Moodloom has none for it; fetch the file with a browser"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it does not exist, or only those may read it who have a "
                                     "token: check the name, or set a token"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server does not accept the token: set another one, or check the name"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it may not be read yet: open %1 in a browser, accept the "
                                     "licence there, and try again with your token"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server refuses it; open the address in a browser to see why"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server has no such model, revision or file; check the name"),
    QT_TRANSLATE_NOOP("ErrorDetail", "too many requests: wait %1 s and try again"),
    QT_TRANSLATE_NOOP("ErrorDetail", "too many requests: wait some minutes and try again"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server has a fault (%1): try again later; what was fetched is kept"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server answered with %1"),
    QT_TRANSLATE_NOOP("ErrorDetail", "this desktop has no keyring (Secret Service or KWallet); "
                                     "start one, or set the token as HF_TOKEN in the environment"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it was not unlocked"),
    QT_TRANSLATE_NOOP("ErrorDetail", "it does not answer; start one (Secret Service or KWallet), "
                                     "or set the token as HF_TOKEN in the environment"),
    // Pictures of the web
    QT_TRANSLATE_NOOP("ErrorDetail", "%1 MB; pictures up to %2 MB are fetched"),
    QT_TRANSLATE_NOOP("ErrorDetail", "more than %1 MB came; larger pictures are not fetched"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "this is a web page and not a picture: open it in a browser, and drag the picture "
        "itself from there onto the board"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "the server is too slow; try again later, or fetch the picture with a browser and "
        "drag it onto the board"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the connection was lost before all of it came; try again"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "the server leads to an address that Moodloom does not follow; open it in a "
                      "browser, and drag the picture itself onto the board"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its certificate is not valid; nothing was fetched"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the server has no such picture; check the address"),
    QT_TRANSLATE_NOOP(
        "ErrorDetail",
        "the server gives it to no one but a browser: open the address there, and drag "
        "the picture itself onto the board"),
    // Wildcards and alternatives
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "there is no such wildcard; write its choices into %1, one a line"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "a wildcard is named by its file, without .txt, below the wildcards' folder"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file is not inside the wildcards' folder; copy it there"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file is larger than 4 MB; divide it"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file is not UTF-8 text; save it as UTF-8"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file has no line to choose; write one choice a line"),
    QT_TRANSLATE_NOOP("ErrorDetail", "its file names it again; a wildcard cannot stand for itself"),
    QT_TRANSLATE_NOOP("ErrorDetail", "nested too deep; use fewer braces within braces"),
    QT_TRANSLATE_NOOP("ErrorDetail", "what its choices add up to is too long"),
    // Variations
    QT_TRANSLATE_NOOP("ErrorDetail", "choose what varies"),
    QT_TRANSLATE_NOOP("ErrorDetail", "an axis has no values; give at least one"),
    QT_TRANSLATE_NOOP("ErrorDetail", "seeds are whole numbers"),
    QT_TRANSLATE_NOOP("ErrorDetail", "weights go from 0 to 2"),
    QT_TRANSLATE_NOOP("ErrorDetail", "the prompt has no such choice any more"),
    QT_TRANSLATE_NOOP("ErrorDetail", "no such reference acts on the picture; pin one first"),
    QT_TRANSLATE_NOOP("ErrorDetail", "a grid is being painted; wait for it, or stop it"),
    QT_TRANSLATE_NOOP("ErrorDetail",
                      "both axes vary the same; choose another thing for one of them"),
    QT_TRANSLATE_NOOP("ErrorDetail", "at most 64 pictures at a time; take fewer values"),
};

// What messages speak of: parts of a model by the names of their folders, and the words of others.
struct Part
{
    const char *name, *words;
};
constexpr Part kParts[] = {
    {"tokenizer", QT_TRANSLATE_NOOP("ErrorPart", "tokenizer")},
    {"text_encoder", QT_TRANSLATE_NOOP("ErrorPart", "text encoder")},
    {"text_encoder_2", QT_TRANSLATE_NOOP("ErrorPart", "second text encoder")},
    {"image_encoder", QT_TRANSLATE_NOOP("ErrorPart", "image encoder")},
    {"image encoder", QT_TRANSLATE_NOOP("ErrorPart", "image encoder")},
    {"retrieval_text_encoder", QT_TRANSLATE_NOOP("ErrorPart", "text encoder for searching")},
    {"retrieval_image_encoder", QT_TRANSLATE_NOOP("ErrorPart", "image encoder for searching")},
    {"unet", "U-Net"},
    {"vae", "VAE"},
    {"ip_adapter", "IP-Adapter"},
    {"picture", QT_TRANSLATE_NOOP("ErrorPart", "picture")},
    {"the merged picture", QT_TRANSLATE_NOOP("ErrorPart", "the merged picture")},
    {"animation", QT_TRANSLATE_NOOP("ErrorPart", "animation")},
};

struct Pattern
{
    QRegularExpression expression;
    const char *source;
};

// Those with a part that differs, as regular expressions.
const std::vector<Pattern> &patterns()
{
    static const std::vector<Pattern> all = [] {
        static const QRegularExpression place(QStringLiteral("\\\\%\\d")); // escaped
        std::vector<Pattern> list;
        for (const char *detail : kDetails) {
            if (!QByteArray(detail).contains('%'))
                continue;
            QString text = QRegularExpression::escape(QLatin1String(detail));
            text.replace(place, QStringLiteral("(.+)"));
            list.push_back({QRegularExpression(QRegularExpression::anchoredPattern(text)), detail});
        }
        return list;
    }();
    return all;
}

} // namespace

QString translatedPart(const QString &name)
{
    for (const Part &part : kParts)
        if (name == QLatin1String(part.name))
            return QCoreApplication::translate("ErrorPart", part.words);
    return name;
}

QString translatedDetail(const QString &english)
{
    for (const char *detail : kDetails)
        if (english == QLatin1String(detail))
            return QCoreApplication::translate("ErrorDetail", detail);
    for (const Pattern &pattern : patterns()) {
        const auto match = pattern.expression.match(english);
        if (!match.hasMatch())
            continue;
        QString text = QCoreApplication::translate("ErrorDetail", pattern.source);
        for (int part = 1; part <= match.lastCapturedIndex(); ++part)
            text = text.arg(translatedPart(match.captured(part)));
        return text;
    }
    return english;
}

} // namespace moodloom
