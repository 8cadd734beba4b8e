"""Loads exported weight files into real Keras and compares what it holds, and predicts, afterwards.

    python check_exports.py DIR [--golden GOLDEN]

DIR holds files named after a model, in any of the written formats: cnn3.h5, cnn3.weights.h5,
vgg16.h5, resnet50.weights.h5, densenet121.h5, ... All files of one model must hold the same weights.
With --golden, predictions are compared with those that Keras made in float64: cnn3's with GOLDEN/formats, the
others', which must hold the weights of GOLDEN/zoo, with their features there.
Needs h5py, and keras (with tensorflow) or tf_keras; loads with each of the two that is there, and where none is
says so and checks nothing.
"""
import argparse
import os
import sys
from pathlib import Path

os.environ.update(KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")
LIBRARIES = []
for library in ("keras", "tf_keras"):
    try:
        LIBRARIES.append(__import__(library))
    except ImportError:
        print(f"skipped: no {library} here")
if not LIBRARIES:
    sys.exit(0)
import numpy as np


def cnn3(K):
    L = K.layers
    stages = []
    for filters in (32, 64, 128):
        stages.append([L.Conv2D(filters, 3, padding="same", activation="relu"), L.BatchNormalization()])
    head = [L.GlobalAveragePooling2D(), L.Dense(4, activation="softmax")]
    middle = [L.MaxPooling2D(2), L.Dropout(0.2)]
    return K.Sequential([L.Input((32, 32, 3)), *stages[0], *stages[1], *middle, *stages[2], *head])


MODELS = {
    "cnn3": cnn3,
    "vgg16": lambda K: K.applications.VGG16(include_top=False, weights=None),
    "resnet50": lambda K: K.applications.ResNet50(include_top=False, weights=None),
    "densenet121": lambda K: K.applications.DenseNet121(include_top=False, weights=None),
}
# how far the largest difference may be from the largest value: four times what Keras's own float32 is
TOLERANCES = {"cnn3": 1e-6, "vgg16": 1.2e-5, "resnet50": 2.5e-4, "densenet121": 4e-5}


def difference(name, model, golden):
    """How far the predictions are from the golden ones, relative to the largest of these."""
    if name == "cnn3":
        x, expected = golden / "formats/input.npy", golden / "formats/expected.npy"
        x = np.load(x)
    else:
        x, expected = golden / "zoo/input_96x128.npy", golden / f"zoo/{name}.input_96x128.div255.features.npy"
        x = np.load(x).astype("float32") / 255
    expected = np.load(expected)
    return abs(np.asarray(model(x, training=False)) - expected).max() / abs(expected).max()


def check(K, file, loaded, golden):
    name = file.name.split(".")[0]
    K.backend.clear_session()
    model = MODELS[name](K)
    model.load_weights(str(file))
    weights = {
        (layer.name.replace("/", "_"), i): w for layer in model.layers for i, w in enumerate(layer.get_weights())
    }
    first = loaded.setdefault(name, weights)
    assert first.keys() == weights.keys(), (file, K.__name__)
    for key, w in weights.items():
        assert np.array_equal(w, first[key]), (file, K.__name__, key)
    note = ""
    if golden:
        off = difference(name, model, golden)
        assert off < TOLERANCES[name], (file, K.__name__, off)
        note = f", predictions differ by {off:.1e} of the largest"
    values = sum(w.size for w in weights.values())
    print(f"{K.__name__} {K.__version__} loads {file.name}: {values} values{note}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", type=Path)
    parser.add_argument("--golden", type=Path)
    args = parser.parse_args()
    files = sorted(file for file in args.dir.glob("*.h5") if file.name.split(".")[0] in MODELS)
    if not files:
        sys.exit(f"no files to check in {args.dir}; expected names like cnn3.h5, vgg16.weights.h5")
    loaded = {}
    for file in files:
        for K in LIBRARIES:
            check(K, file, loaded, args.golden)


main()
