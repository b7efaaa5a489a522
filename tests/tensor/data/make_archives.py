#!/usr/bin/env python3
"""Writes the archives of PickleFileTest with Python's own pickle and zipfile, laid out as torch.save
does. The modules of torch are stand-ins: only their names reach the files."""
import array, collections, io, os, pickle, sys, types, zipfile

folder = os.path.dirname(os.path.abspath(__file__))


def stand_in(module, name):
    def function(*arguments):
        raise RuntimeError("only its name is used")

    function.__module__, function.__name__, function.__qualname__ = module, name, name
    setattr(sys.modules.setdefault(module, types.ModuleType(module)), name, function)
    return function


for parent in ("torch", "torch._utils"):
    sys.modules.setdefault(parent, types.ModuleType(parent))
rebuild = stand_in("torch._utils", "_rebuild_tensor_v2")
parameter = stand_in("torch._utils", "_rebuild_parameter")
kinds = {"f": stand_in("torch", "FloatStorage"), "q": stand_in("torch", "LongStorage")}


class Storage:
    def __init__(self, key, kind, values):
        self.key, self.kind, self.content = key, kind, array.array(kind, values)


class Call:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def tensor(storage, offset, shape, strides):
    return Call(rebuild, storage, offset, shape, strides, False, collections.OrderedDict())


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage):
            return ("storage", kinds[value.kind], value.key, "cpu", len(value.content))
        return None


def write(name, value, storages, protocol=2, compression=zipfile.ZIP_STORED):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w") as archive:
        def add(member, content):
            archive.writestr(zipfile.ZipInfo("model/" + member), content, compression)

        description = io.BytesIO()
        Pickler(description, protocol).dump(value)
        add("data.pkl", description.getvalue())
        for storage in storages:
            add("data/" + storage.key, storage.content.tobytes())
        add("version", "3\n")


numbers = Storage("0", "f", [i / 4 for i in range(12)])
steps = Storage("1", "q", [-1, 1 << 40])
weights = collections.OrderedDict()
weights["whole.weight"] = tensor(numbers, 0, (3, 4), (4, 1))
weights["part.weight"] = tensor(numbers, 5, (2, 3), (3, 1))
weights["turned.weight"] = tensor(numbers, 0, (4, 3), (1, 4))
weights["parameter"] = Call(parameter, tensor(numbers, 2, (2,), (1,)), True, collections.OrderedDict())
weights["steps"] = tensor(steps, 0, (2,), (1,))
weights["scalar"] = tensor(numbers, 7, (), ())
weights._metadata = collections.OrderedDict([("", {"version": 1})])
checkpoint = {"state_dict": weights, "global_step": 875000, "epoch": 1 << 40, "lr": 0.5, "note": "海",
              "nothing": None, "flags": [True, False], "nested": {"inner": {7: tensor(numbers, 1, (1,), (1,))}}}
write("checkpoint.ckpt", checkpoint, [numbers, steps])
write("protocol4.pt", checkpoint, [numbers, steps], protocol=4)
write("code.ckpt", {"w": tensor(numbers, 0, (1,), (1,)), "x": Call(os.system, "echo owned")}, [numbers])
write("beyond.ckpt", {"w": tensor(numbers, 8, (2, 3), (3, 1))}, [numbers])
write("compressed.ckpt", {"w": tensor(numbers, 0, (2, 3), (3, 1))}, [numbers],
      compression=zipfile.ZIP_DEFLATED)
