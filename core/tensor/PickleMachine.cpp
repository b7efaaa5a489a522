#include "core/tensor/PickleMachine.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace moodloom::tensor {

using Value = PickleValue;
using Kind = PickleValue::Kind;

void refuseCorruptPickle(const std::string &text)
{
    throw PickleRefused{ErrorCode::Corrupt, "its description of tensors is broken: " + text};
}

namespace {

struct StorageType
{
    const char *name, *dtype;
};
constexpr StorageType storages[] = {{"FloatStorage", "F32"},     {"HalfStorage", "F16"},
                                    {"BFloat16Storage", "BF16"}, {"DoubleStorage", "F64"},
                                    {"LongStorage", "I64"},      {"IntStorage", "I32"},
                                    {"ShortStorage", "I16"},     {"CharStorage", "I8"},
                                    {"ByteStorage", "U8"},       {"BoolStorage", "BOOL"}};

const char *storageType(const std::string &global)
{
    for (const StorageType &storage : storages)
        if (global == std::string("torch.") + storage.name)
            return storage.dtype;
    return nullptr;
}

// The globals that describe tensors.
bool known(const std::string &global)
{
    static const char *names[] = {"collections.OrderedDict", "torch._utils._rebuild_tensor_v2",
                                  "torch._utils._rebuild_parameter", "torch.Size",
                                  "torch.jit._pickle.restore_type_tag"};
    return storageType(global) || std::any_of(std::begin(names), std::end(names),
                                              [&](const char *name) { return global == name; });
}

std::vector<int64_t> integers(const Value &sequence)
{
    std::vector<int64_t> result;
    if (sequence.kind != Kind::Sequence || sequence.items.size() > 16)
        refuseCorruptPickle("a shape that is none");
    for (const Value *item : sequence.items) {
        if (item->kind != Kind::Integer || item->integer < 0)
            refuseCorruptPickle("a shape that is none");
        result.push_back(item->integer);
    }
    return result;
}

} // namespace

const Value *PickleMachine::run()
{
    for (;;) {
        const auto opcode = char(byte());
        if (opcode == '.')
            return pop();
        step(opcode);
    }
}

uint8_t PickleMachine::byte()
{
    if (m_at >= m_bytes.size())
        refuseCorruptPickle("it ends too early");
    return uint8_t(m_bytes[m_at++]);
}

uint64_t PickleMachine::number(int width)
{
    uint64_t value = 0;
    for (int i = 0; i < width; ++i)
        value |= uint64_t(byte()) << (8 * i);
    return value;
}

std::string PickleMachine::text(uint64_t length)
{
    if (length > m_bytes.size() - m_at)
        refuseCorruptPickle("a text is longer than the file");
    std::string result(reinterpret_cast<const char *>(m_bytes.data() + m_at), size_t(length));
    m_at += size_t(length);
    return result;
}

std::string PickleMachine::line()
{
    std::string result;
    for (char c; (c = char(byte())) != '\n';)
        result += c;
    return result;
}

Value *PickleMachine::make(Kind kind)
{
    m_values.emplace_back();
    m_values.back().kind = kind;
    return &m_values.back();
}

void PickleMachine::pushInteger(int64_t integer, Kind kind)
{
    push(make(kind));
    m_stack.back()->integer = integer;
}

void PickleMachine::pushText(std::string content, Kind kind)
{
    push(make(kind));
    m_stack.back()->text = std::move(content);
}

Value *PickleMachine::top() const
{
    if (m_stack.empty() || m_stack.back()->kind == Kind::Mark)
        refuseCorruptPickle("a value is missing");
    return m_stack.back();
}

Value *PickleMachine::pop()
{
    Value *value = top();
    m_stack.pop_back();
    return value;
}

std::vector<Value *> PickleMachine::popToMark()
{
    const auto mark = std::find_if(m_stack.rbegin(), m_stack.rend(),
                                   [](const Value *v) { return v->kind == Kind::Mark; });
    if (mark == m_stack.rend())
        refuseCorruptPickle("a mark is missing");
    std::vector<Value *> items(mark.base(), m_stack.end());
    m_stack.erase(mark.base() - 1, m_stack.end());
    return items;
}

void PickleMachine::pushSequence(std::vector<Value *> items)
{
    push(make(Kind::Sequence));
    m_stack.back()->items = std::move(items);
}

void PickleMachine::pushTuple(size_t count)
{
    std::vector<Value *> items(count);
    for (size_t i = count; i-- > 0;)
        items[i] = pop();
    pushSequence(std::move(items));
}
void PickleMachine::extend(Kind kind, const std::vector<Value *> &items)
{
    Value *into = top();
    if (into->kind != kind || (kind == Kind::Dictionary && items.size() % 2 != 0))
        refuseCorruptPickle("items without their list");
    into->items.insert(into->items.end(), items.begin(), items.end());
}

void PickleMachine::remember(uint64_t index)
{
    m_memo[index] = top();
}
void PickleMachine::recall(uint64_t index)
{
    const auto found = m_memo.find(index);
    if (found == m_memo.end())
        refuseCorruptPickle("a value is used before it is there");
    push(found->second);
}

void PickleMachine::pushGlobal(const std::string &name)
{
    if (!known(name))
        throw PickleRefused{
            ErrorCode::Unsupported,
            "asks for \"" + name +
                "\", which is program code and is never executed here. Convert it "
                "to safetensors, where you trust it: the checkpoint merger of A1111 "
                "and ComfyUI's \"Save Checkpoint\" write that"};
    pushText(name, Kind::Global);
}

Value *PickleMachine::call(const Value &global, const Value &arguments)
{
    const std::string &name = global.text;
    if (global.kind != Kind::Global || arguments.kind != Kind::Sequence)
        refuseCorruptPickle("a call of what is no function");
    const auto &items = arguments.items;
    if (name == "collections.OrderedDict") {
        if (!items.empty())
            refuseCorruptPickle("an OrderedDict with arguments");
        return make(Kind::Dictionary);
    }
    if (name == "torch._utils._rebuild_tensor_v2")
        return tensor(items);
    if (items.empty() || storageType(name))
        refuseCorruptPickle("a call of " + name);
    return items[0]; // a parameter is its tensor, a tagged value that value, a Size its numbers
}

Value *PickleMachine::tensor(const std::vector<Value *> &items)
{
    if (items.size() < 4 || items[0]->kind != Kind::Storage || items[1]->kind != Kind::Integer ||
        items[1]->integer < 0)
        refuseCorruptPickle("a tensor without its storage");
    Value *result = make(Kind::Tensor);
    result->tensor = items[0]->tensor;
    result->tensor.offset = items[1]->integer;
    result->tensor.shape = integers(*items[2]);
    result->tensor.strides = integers(*items[3]);
    if (result->tensor.shape.size() != result->tensor.strides.size())
        refuseCorruptPickle("a tensor's strides");
    return result;
}

Value *PickleMachine::storage(const Value &id)
{
    if (id.kind != Kind::Sequence || id.items.size() < 3 || id.items[0]->text != "storage" ||
        id.items[1]->kind != Kind::Global || id.items[2]->kind != Kind::Text)
        refuseCorruptPickle("a storage of an unknown form");
    const char *dtype = storageType(id.items[1]->text);
    if (!dtype)
        refuseCorruptPickle("a storage of the type " + id.items[1]->text);
    Value *result = make(Kind::Storage);
    result->tensor.storage = id.items[2]->text;
    result->tensor.dtype = dtype;
    return result;
}

void PickleMachine::pushLong(uint64_t length)
{
    const std::string digits = text(length);
    if (length > 8)
        refuseCorruptPickle("a number of more than 64 bits");
    uint64_t value = length > 0 && (digits.back() & 0x80) ? ~uint64_t(0) : 0;
    for (size_t i = digits.size(); i-- > 0;)
        value = value << 8 | uint8_t(digits[i]);
    pushInteger(int64_t(value));
}

void PickleMachine::pushReal()
{
    uint64_t bits = 0;
    for (int i = 0; i < 8; ++i)
        bits = bits << 8 | byte();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    push(make(Kind::Real));
    m_stack.back()->real = value;
}

// Opcodes of Python's pickletools.
bool PickleMachine::stepValue(char opcode)
{
    switch (opcode) {
    case 'N':
        push(make(Kind::None));
        return true;
    case '\x88':
        pushInteger(1, Kind::Flag);
        return true;
    case '\x89':
        pushInteger(0, Kind::Flag);
        return true;
    case 'K':
        pushInteger(int64_t(number(1)));
        return true;
    case 'M':
        pushInteger(int64_t(number(2)));
        return true;
    case 'J':
        pushInteger(int32_t(uint32_t(number(4))));
        return true;
    case '\x8a':
        pushLong(number(1));
        return true;
    case '\x8b':
        pushLong(number(4));
        return true;
    case 'G':
        pushReal();
        return true;
    case 'X':
    case 'T':
    case 'B':
        pushText(text(number(4)));
        return true;
    case '\x8c':
    case 'U':
    case 'C':
        pushText(text(number(1)));
        return true;
    case '\x8d':
    case '\x8e':
        pushText(text(number(8)));
        return true;
    default:
        return false;
    }
}

bool PickleMachine::stepContainer(char opcode)
{
    switch (opcode) {
    case '(':
        push(make(Kind::Mark));
        return true;
    case ')':
    case ']':
        pushSequence({});
        return true;
    case 't':
        pushSequence(popToMark());
        return true;
    case '\x85':
        pushTuple(1);
        return true;
    case '\x86':
        pushTuple(2);
        return true;
    case '\x87':
        pushTuple(3);
        return true;
    case '}':
        push(make(Kind::Dictionary));
        return true;
    case 'a': {
        Value *item = pop();
        extend(Kind::Sequence, {item});
        return true;
    }
    case 'e': {
        const auto items = popToMark();
        extend(Kind::Sequence, items);
        return true;
    }
    case 's': {
        Value *value = pop(), *key = pop();
        extend(Kind::Dictionary, {key, value});
        return true;
    }
    case 'u': {
        const auto items = popToMark();
        extend(Kind::Dictionary, items);
        return true;
    }
    default:
        return false;
    }
}

void PickleMachine::step(char opcode)
{
    if (stepValue(opcode) || stepContainer(opcode))
        return;
    switch (opcode) {
    case '\x80':
        byte();
        return; // the protocol's number
    case '\x95':
        number(8);
        return; // a frame's length
    case 'q':
        remember(number(1));
        return;
    case 'r':
        remember(number(4));
        return;
    case '\x94':
        remember(m_memo.size());
        return;
    case 'h':
        recall(number(1));
        return;
    case 'j':
        recall(number(4));
        return;
    case '0':
        pop();
        return;
    case '1':
        popToMark();
        return;
    case 'c': {
        const std::string module = line(), name = line();
        pushGlobal(module + "." + name);
        return;
    }
    case '\x93': {
        const Value *name = pop(), *module = pop();
        pushGlobal(module->text + "." + name->text);
        return;
    }
    case 'R': {
        const Value *arguments = pop(), *function = pop();
        push(call(*function, *arguments));
        return;
    }
    case 'b': // attributes of a value (an OrderedDict's _metadata): nothing that a tensor needs
        pop();
        top();
        return;
    case 'Q':
        push(storage(*pop()));
        return;
    default: {
        char text[8];
        std::snprintf(text, sizeof text, "0x%02x", unsigned(uint8_t(opcode)));
        throw PickleRefused{
            ErrorCode::Unsupported,
            std::string("uses the pickle instruction ") + text +
                ", which no file of tensors needs; convert it to safetensors where you "
                "trust it"};
    }
    }
}

} // namespace moodloom::tensor
