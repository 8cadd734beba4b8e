"""Loads exported weight files into real Keras and compares what it holds, and predicts, afterwards.

    python check_exports.py DIR [--golden GOLDEN]

DIR holds files named after a model, in any of the written formats: cnn3.h5, cnn3.weights.h5,
vgg16.h5, resnet50.weights.h5, densenet121.h5, ... All files of one model must hold the same weights.
With --golden, predictions of cnn3 are compared with GOLDEN/formats/expected.npy.
Needs h5py and numpy, and keras (with tensorflow) or tf_keras; loads with each of the two that is there.
"""
import argparse
import os
import sys
from pathlib import Path

os.environ.update(KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")
import numpy as np

LIBRARIES = []
for library in ("keras", "tf_keras"):
    try:
        LIBRARIES.append(__import__(library))
    except ImportError:
        print(f"skipped: no {library} here")


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", type=Path)
    parser.add_argument("--golden", type=Path)
    args = parser.parse_args()
    loaded = {}
    for file in sorted(args.dir.glob("*.h5")):
        name = file.name.split(".")[0]
        for K in LIBRARIES:
            K.backend.clear_session()
            model = MODELS[name](K)
            model.load_weights(str(file))
            weights = {
                (layer.name.replace("/", "_"), i): w
                for layer in model.layers
                for i, w in enumerate(layer.get_weights())
            }
            first = loaded.setdefault(name, weights)
            assert first.keys() == weights.keys(), (file, K.__name__)
            for key, w in weights.items():
                assert np.array_equal(w, first[key]), (file, K.__name__, key)
            note = ""
            if name == "cnn3" and args.golden:
                formats = args.golden / "formats"
                y = model(np.load(formats / "input.npy"), training=False)
                difference = abs(np.asarray(y) - np.load(formats / "expected.npy")).max()
                assert difference < 1e-6, (file, K.__name__, difference)
                note = f", predictions differ by {difference:.1e}"
            values = sum(w.size for w in weights.values())
            print(f"{K.__name__} {K.__version__} loads {file.name}: {values} values{note}")
    if not loaded or not LIBRARIES:
        sys.exit("nothing was checked")


main()
