#include "core/models/WordSplit.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/uscript.h>

namespace moodloom::models {
namespace {

enum class Kind { Space, Letter, Number, Other };

Kind kindOf(UChar32 c)
{
    if (u_isUWhiteSpace(c))
        return Kind::Space;
    const uint32_t category = U_MASK(u_charType(c));
    if (category & U_GC_L_MASK)
        return Kind::Letter;
    if (category & U_GC_N_MASK)
        return Kind::Number;
    return Kind::Other;
}

bool isHan(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

// The length of a contraction that begins at `i`, with its apostrophe; 0 where there is none.
int contraction(const icu::UnicodeString &text, int i)
{
    if (text.charAt(i) != u'\'')
        return 0;
    for (const char16_t *tail : {u"s", u"t", u"re", u"ve", u"m", u"ll", u"d"}) {
        const icu::UnicodeString end(tail);
        if (text.compare(i + 1, end.length(), end) == 0)
            return 1 + end.length();
    }
    return 0;
}

std::string utf8(const icu::UnicodeString &text, int first, int end)
{
    std::string out;
    text.tempSubStringBetween(first, end).toUTF8String(out);
    return out;
}

} // namespace

std::string normalizeText(std::string_view text)
{
    icu::UnicodeString in =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
    UErrorCode status = U_ZERO_ERROR;
    if (const icu::Normalizer2 *nfc = icu::Normalizer2::getNFCInstance(status); U_SUCCESS(status)) {
        const icu::UnicodeString composed = nfc->normalize(in, status);
        if (U_SUCCESS(status))
            in = composed;
    }
    icu::UnicodeString out;
    bool space = false;
    for (int i = 0; i < in.length();) {
        const UChar32 c = in.char32At(i);
        i += U16_LENGTH(c);
        if (u_isUWhiteSpace(c)) {
            space = true;
            continue;
        }
        if (space)
            out.append(u' ');
        space = false;
        if (c == 0x130) { // the one capital whose lower case is two characters
            out.append(u'i').append(char16_t(0x307));
            continue;
        }
        out.append(u_tolower(c));
    }
    if (space)
        out.append(u' ');
    std::string result;
    out.toUTF8String(result);
    return result;
}

std::vector<std::string> splitWords(std::string_view normalized, HanSplit han)
{
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(normalized.data(), int32_t(normalized.size())));
    std::vector<std::string> words;
    for (int i = 0; i < text.length();) {
        if (const int length = contraction(text, i)) {
            words.push_back(utf8(text, i, i + length));
            i += length;
            continue;
        }
        const UChar32 first = text.char32At(i);
        const Kind kind = kindOf(first);
        int end = i + U16_LENGTH(first);
        const bool alone = kind == Kind::Number || (han == HanSplit::Characters && isHan(first));
        while (!alone && end < text.length()) {
            const UChar32 next = text.char32At(end);
            if (kindOf(next) != kind || (han == HanSplit::Characters && isHan(next)))
                break;
            end += U16_LENGTH(next);
        }
        if (kind != Kind::Space)
            words.push_back(utf8(text, i, end));
        i = end;
    }
    return words;
}

const std::array<unsigned char, 256> &byteOrder()
{
    static const std::array<unsigned char, 256> order = [] {
        std::array<unsigned char, 256> bytes{};
        const auto printable = [](int b) {
            return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
        };
        size_t n = 0;
        for (const bool wanted : {true, false})
            for (int b = 0; b < 256; ++b)
                if (printable(b) == wanted)
                    bytes[n++] = static_cast<unsigned char>(b);
        return bytes;
    }();
    return order;
}

const std::array<std::string, 256> &byteSymbols()
{
    static const std::array<std::string, 256> symbols = [] {
        std::array<std::string, 256> table;
        for (size_t i = 0; i < 256; ++i) {
            const int b = byteOrder()[i];
            // 188 printable bytes stand for themselves, the others for U+0100 onwards.
            const int c = i < 188 ? b : 256 + int(i) - 188;
            std::string &symbol = table[size_t(b)];
            if (c < 0x80) {
                symbol.push_back(char(c));
            } else {
                symbol.push_back(char(0xc0 | (c >> 6)));
                symbol.push_back(char(0x80 | (c & 0x3f)));
            }
        }
        return table;
    }();
    return symbols;
}

} // namespace moodloom::models
