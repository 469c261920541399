#!/usr/bin/env python3
"""Makes models.json: models and weights in files as Python writes them, for the tests of ModelFile and SavedWeights.

  apt-get install python3-numpy python3-torch      (Debian 12: NumPy 1.24, PyTorch 1.13)
  python3 make_model_golden.py

The .safetensors files are written here by the description of the format, https://github.com/huggingface/safetensors#format, with nothing but struct,
json and NumPy; the .npz files by numpy.savez. The models are those of SampleModels.cs, put down a second time. The networks are PyTorch's, with their
answers to some inputs.
"""
import base64
import io
import json
import pathlib
import struct

import numpy as np
import torch

TYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64"}


def safetensors(tensors, metadata=None, bfloat16=False):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in tensors.items():
        kind, content = TYPES[tensor.dtype.name], np.ascontiguousarray(tensor).tobytes()
        if bfloat16:
            kind, content = "BF16", (tensor.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def npz(tensors, compressed=False):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **tensors)
    return file.getvalue()


def text(data):
    return base64.b64encode(data).decode()


def model(sizes, activation, loss, divisor, features, target, data, **scaling):
    tensors, drawn = {}, 0
    for layer, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        for name, shape in (("weight", (units, inputs)), ("bias", (units,))):
            count = int(np.prod(shape))
            tensors[f"layers.{layer}.{name}"] = np.array([(k * 7 % 23 - 11) / 8 for k in range(drawn, drawn + count)]).reshape(shape)
            drawn += count
    tensors[f"layers.{layer}.bias"][-1] = np.nextafter(1 / 3, 0)
    for name, key in (("scaling.mean", "mean"), ("scaling.inverse_deviation", "inverseDeviation")):
        if key in scaling:
            tensors[name] = np.array(scaling[key], dtype=np.float64)
    description = json.dumps({
        "schema": 1, "network": {"layerSizes": sizes, "activation": activation, "loss": loss},
        "scaling": {"divisor": divisor, "mean": "mean" in scaling, "inverseDeviation": "inverseDeviation" in scaling},
        "features": features, "target": target, "data": data}, separators=(",", ":"), ensure_ascii=False)
    return {"safetensors": text(safetensors(tensors, {"stepzero.model": description})), "npz": text(npz({**tensors, "stepzero.model": np.array(description)}))}


MODELS = {
    "pictures": model(
        [12, 3, 1], "tanh", "binary_cross_entropy", 255,
        {"type": "bytes", "imageSize": {"width": 2, "height": 2, "channels": 3, "channelsFirst": False}, "columns": None},
        {"name": None, "classes": ["cat", "собака"], "positive": "собака"}, 'pets "A"'),
    "table": model(
        [3, 4, 2, 3], "leaky_relu:0.1", "cross_entropy", 1,
        {"type": "numbers", "imageSize": None, "columns": [{"name": "width", "categories": None}, {"name": "color", "categories": ["blue", "red"]}]},
        {"name": "kind", "classes": ["a", "b, c", ""], "positive": "a"}, "iris.csv", mean=[0.5, -2, 1e-300], inverseDeviation=[1 / 3, 0, 7]),
    "prices": model(
        [2, 2, 1], "relu", "mse", 0.1,
        {"type": "numbers", "imageSize": None, "columns": [{"name": "x", "categories": None}, {"name": "y", "categories": None}]},
        {"name": "price", "classes": None, "positive": None}, "prices", mean=[3, np.finfo(np.float64).max]),
    "bare": model(
        [1, 1], "sigmoid", "binary_cross_entropy", -2.5, {"type": "numbers", "imageSize": None, "columns": None},
        {"name": None, "classes": ["1", "0", "2"], "positive": "1"}, "moons:12", inverseDeviation=[-0.0]),
}


def network(names, sizes, bias=True, kind="float32", write=safetensors, order=None, **how):
    """A network of PyTorch with tanh between its layers, and what it answers in double precision to one row of inputs."""
    torch.manual_seed(len(names))
    layers = [torch.nn.Linear(inputs, units, bias=bias) for inputs, units in zip(sizes, sizes[1:])]
    tensors = {}
    for name, layer in zip(names, layers):
        for part, values in layer.state_dict().items():
            values = values.numpy().astype(kind)
            if how.get("bfloat16"):
                values = (values.view("<u4") & 0xFFFF0000).view("<f4")
            tensors[f"{name}.{part}"] = values
            layer.state_dict()[part].copy_(torch.from_numpy(values.astype("float32")))
    x = torch.linspace(-1, 1, sizes[0], dtype=torch.float64)
    answer = x
    for i, layer in enumerate(layers):
        answer = layer.double()(answer if i == 0 else torch.tanh(answer))
    tensors = {name: tensors[name] for name in (order or tensors)}
    return {"file": text(write(tensors, **how)), "inputs": x.tolist(), "sizes": sizes, "outputs": answer.tolist()}


WEIGHTS = {
    "sequential": network(["0", "2", "4"], [4, 5, 3, 1]),
    "sequential.npz": network(["0", "2", "4"], [4, 5, 3, 1], write=npz),
    "compressed.npz": network(["layers.0", "layers.1"], [4, 40, 1], kind="float64", write=npz, compressed=True),
    "eleven layers": network([f"net.{i}" for i in range(11)], [3] * 11 + [1], order=sorted(f"net.{i}.{part}" for i in range(11) for part in ("weight", "bias"))),
    "named": network(["fc1", "fc2", "output"], [2, 3, 4, 2], kind="float64"),
    "order of the file": network(["input", "hidden", "answer"], [2, 3, 4, 2]),
    "no biases": network(["fc1", "fc2"], [3, 2, 1], bias=False),
    "half": network(["fc1", "fc2"], [3, 2, 1], kind="float16"),
    "bfloat16": network(["fc1", "fc2"], [3, 2, 1], bfloat16=True),
}

(pathlib.Path(__file__).parent / "models.json").write_text(json.dumps({"models": MODELS, "weights": WEIGHTS}, indent=1) + "\n")
