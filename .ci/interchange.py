"""Files of ours, read and written by the safetensors and numpy of PyPI."""

import json
import sys

import numpy
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


def check(holds, what):
    if not holds:
        sys.exit(f"interchange: {what}")


def forward(arrays, x):
    """Linear layers with tanh between them, softmax at the end; masks and signs of gates as modules apply them."""
    for module in ("0", "2"):
        weight, bias = (arrays[f"{module}.{name}"] for name in ("weight", "bias"))
        for mask, apply in (("mask", lambda m: m), ("weight_mask_params", lambda m: (m > 0).astype(m.dtype))):
            if f"{module}.{mask}" in arrays:
                weight = weight * apply(arrays[f"{module}.{mask}"])
        x = x @ weight.T + bias
        x = numpy.tanh(x) if module == "0" else numpy.exp(x) / numpy.exp(x).sum(1, keepdims=True)
    return x


def read(folder):
    """What Java wrote answers there as here."""
    x = load_file(f"{folder}/x.safetensors")
    for dialect in ("pytorch", "cplxmodule", "neurosurgeon"):
        arrays = load_file(f"{folder}/{dialect}.safetensors")
        check(arrays["0.weight"].shape == (5, 4), f"{dialect}: 0.weight is {arrays['0.weight'].shape}")
        numpy.testing.assert_allclose(forward(arrays, x["x"]), x["masked"], atol=1e-6, err_msg=dialect)
    sparse = f"{folder}/sparse.safetensors"
    with safe_open(sparse, "numpy") as file:
        network = json.loads(file.metadata()["network"])
    check([step["kind"] for step in network["steps"]] == ["linear", "activation"] * 2, network)
    arrays = load_file(sparse)
    check(arrays["0.counts"].dtype == numpy.uint8 and arrays["0.values"].dtype == numpy.float32, arrays)
    dense = numpy.zeros((len(arrays["0.counts"]), network["steps"][0]["inputs"]), numpy.float32)
    rows = numpy.repeat(numpy.arange(len(dense)), arrays["0.counts"])
    dense[rows, arrays["0.indices"]] = arrays["0.values"]
    check(numpy.count_nonzero(dense) == len(arrays["0.values"]), "entries of the sparse rows fall together")


def write(folder):
    """States as the libraries name them, and every type of element, for Java to load."""
    draw = numpy.random.default_rng(1)
    shapes = {"0.weight": (5, 4), "0.bias": (5,), "2.weight": (3, 5), "2.bias": (3,)}
    state = {name: draw.normal(size=shape).astype(numpy.float32) for name, shape in shapes.items()}
    mask = {f"{m}.mask": (draw.random(shapes[f"{m}.weight"]) < 0.5).astype(numpy.float32) for m in ("0", "2")}
    gate = {f"{m}.weight_mask_params": draw.normal(size=shapes[f"{m}.weight"]).astype(numpy.float32) for m in ("0", "2")}
    x = load_file(f"{folder}/x.safetensors")["x"]
    for dialect, arrays in {"pytorch": state, "cplxmodule": state | mask, "neurosurgeon": state | gate}.items():
        save_file(arrays, f"{folder}/{dialect}-there.safetensors", metadata={"format": "pt"})
        save_file({"y": forward(arrays, x)}, f"{folder}/{dialect}-answers.safetensors")
    types = "bool uint8 int8 uint16 int16 float16 uint32 int32 float32 uint64 int64 float64"
    every = {name: numpy.array([[0, 1], [1, 0]]).astype(name) for name in types.split()}
    save_file(every | {"one": numpy.array(2.5), "none": numpy.zeros((3, 0))}, f"{folder}/types.safetensors")


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](sys.argv[2])
