"""PyTorch in Python as a peer: torch_peer.py compile|eager check|serve JOB FOLDER IMAGE THREADS WARM_SECONDS.

The networks of octnet with Keras's numbers: 3x3 convolutions, ReLU, then batch norm (epsilon 1e-3,
momentum 0.99, which PyTorch calls 0.01), maxima, dropout 0.2, the mean of each map, four classes,
Adam with epsilon 1e-7. `compile` is torch.compile with channels last, `eager` NCHW.
It takes turns as io.octnet.peers.Turns has them; FOLDER/exchange is written by io.octnet.peers.Exchange.
"""

import math
import sys
import time

import numpy
import torch
from torch import nn

WARM_UP = 3
ENOUGH_SECONDS = 0.33
EPOCH_BATCHES = 4
FILTERS = {"cnn3": [32, 64, 0, 128], "cnn7": [32, 32, 0, 128, 128, 0, 256, 256, 0, 512],
           "vgg16": [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]}


def network(name):
    """A list of layers; 0 among the filters is a pool."""
    layers, channels, backbone = [], 3, name == "vgg16"
    for filters in FILTERS[name]:
        if filters == 0:
            layers.append(nn.MaxPool2d(2))
            layers += [] if backbone else [nn.Dropout(0.2)]
            continue
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
        layers += [] if backbone else [nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01)]
        channels = filters
    if not backbone:
        layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 4)]
    return nn.Sequential(*layers)


def load(model, values):
    """Keras's order and layout: kernel (R, S, C, K), bias; gamma, beta, mean, variance."""
    def take(target, turned=None):
        nonlocal values
        shape = turned or target.shape
        count = math.prod(shape)
        array, values = values[:count].reshape(shape), values[count:]
        axes = {4: (3, 2, 0, 1), 2: (1, 0)}.get(len(shape))
        with torch.no_grad():
            target.copy_(torch.from_numpy(numpy.ascontiguousarray(array.transpose(axes) if axes else array)))

    for layer in model:
        if isinstance(layer, nn.Conv2d):
            k, c, r, s = layer.weight.shape
            take(layer.weight, (r, s, c, k))
            take(layer.bias)
        elif isinstance(layer, nn.BatchNorm2d):
            for target in (layer.weight, layer.bias, layer.running_mean, layer.running_var):
                take(target)
        elif isinstance(layer, nn.Linear):
            take(layer.weight, tuple(layer.weight.shape[::-1]))
            take(layer.bias)
    assert values.size == 0, f"{values.size} numbers are left"


def check(mode, name, folder, image):
    model = network(name).eval()
    values = numpy.fromfile(folder + "/exchange", "<f4")
    size = 2 * image * image * 3
    x = torch.from_numpy(values[:size].reshape(2, image, image, 3).copy()).permute(0, 3, 1, 2).contiguous()
    with torch.no_grad():
        count = model(x).numel()
    expected = values[size:size + count]
    load(model, values[size + count:])
    if mode == "compile":
        model, x = torch.compile(model.to(memory_format=torch.channels_last)), x.to(memory_format=torch.channels_last)
    with torch.no_grad():
        y = model(x)
    received = (y.permute(0, 2, 3, 1) if y.dim() == 4 else y).reshape(-1).numpy()
    error = numpy.abs(received - expected).max() / numpy.abs(expected).max()
    print(f"octnet-peer {error:.2e} PyTorch {torch.__version__} {mode}", flush=True)


def work(mode, kind, name, batch, image):
    """A function that does the job once."""
    model = network(name)
    x = torch.rand(batch, 3, image, image)
    if mode == "compile":
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    if kind == "epoch":
        model.eval()

        @torch.no_grad()
        def epoch():
            for _ in range(EPOCH_BATCHES):
                model(x)

        return epoch
    run = torch.compile(model) if mode == "compile" else model
    labels = torch.zeros(batch, dtype=torch.long)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)

    def step():
        adam.zero_grad()
        loss = nn.functional.cross_entropy(run(x), labels)
        loss.backward()
        adam.step()
        loss.item()

    return step


def serve(once, warm_seconds):
    begin = time.perf_counter()
    once()
    repeats, done, ready = 1, 0, False
    while True:
        if repeats > 1:
            once()
        start = time.perf_counter()
        for _ in range(repeats):
            once()
        seconds = (time.perf_counter() - start) / repeats
        repeats = max(1, math.ceil(ENOUGH_SECONDS / seconds))
        done += 1
        if ready or (done >= WARM_UP and time.perf_counter() - begin >= warm_seconds):
            print("octnet-peer", seconds if ready else "ready", flush=True)
            ready = True
            if sys.stdin.readline().strip() != "turn":
                break
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM:"))
    print("octnet-peer", int(peak.split()[1]) >> 10, flush=True)


def main():
    mode, action, job, folder, image, threads, warm_seconds = sys.argv[1:]
    kind, name, batch = job.split(" ")
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    if action == "check":
        check(mode, name, folder, int(image))
    else:
        serve(work(mode, kind, name, int(batch), int(image)), float(warm_seconds))


main()
