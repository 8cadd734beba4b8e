"""PyTorch in Python as a peer: torch_peer.py compile|compile-nchw|eager check|serve JOB FOLDER IMAGE THREADS WARM_SECONDS.

FOLDER/graph holds octnet's network, a line for each layer (io.octnet.models.GraphLines), FOLDER/exchange
its numbers (io.octnet.peers.Exchange). `compile` is torch.compile with channels last, the faster layout
with AVX-512; `compile-nchw` and `eager` are NCHW, the faster one with AVX2. It takes turns as
io.octnet.peers.Turns has them.
"""

import math
import sys
import time

import numpy
import torch
from torch import nn

WARM_UP = 3
MOST_WARM = 3
ENOUGH_SECONDS = 0.33
EPOCH_BATCHES = 2


class Sum(nn.Module):
    def forward(self, a, b):
        return a + b


class Concatenation(nn.Module):
    def forward(self, *maps):
        return torch.cat(maps, 1)


class Flat(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x


def convolution(c, k, height, width, stride, top, bottom, left, right, bias, relu):
    same = top == bottom and left == right
    padding = (int(top), int(left)) if same else 0
    layers = [] if same else [nn.ZeroPad2d((int(left), int(right), int(top), int(bottom)))]
    layers.append(nn.Conv2d(int(c), int(k), (int(height), int(width)), int(stride), padding, bias=bias == "1"))
    return nn.Sequential(*layers, *([nn.ReLU(inplace=True)] if relu == "1" else []))


def dense(inputs, outputs, relu):
    return nn.Sequential(nn.Linear(int(inputs), int(outputs)), *([nn.ReLU(inplace=True)] if relu == "1" else []))


KINDS = {
    "conv": convolution,
    "dense": dense,
    "norm": lambda c, epsilon, momentum: nn.BatchNorm2d(int(c), eps=float(epsilon), momentum=float(momentum)),
    "norm1": lambda c, epsilon, momentum: nn.BatchNorm1d(int(c), eps=float(epsilon), momentum=float(momentum)),
    "dropout": lambda rate: nn.Dropout(float(rate)),
    "relu": lambda: nn.ReLU(inplace=True),
    "add": Sum,
    "concatenate": Concatenation,
    "pad": lambda top, bottom, left, right: nn.ZeroPad2d((int(left), int(right), int(top), int(bottom))),
    "max": lambda size, stride: nn.MaxPool2d(int(size), int(stride)),
    "average": lambda size, stride: nn.AvgPool2d(int(size), int(stride)),
    "globalmax": lambda: nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()),
    "globalaverage": lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    "flatten": Flat,
    "same": nn.Identity,
}


class Network(nn.Module):
    """The graph; each value is let go after its last reader."""

    def __init__(self, lines):
        super().__init__()
        self.layers, self.inputs, self.frozen = nn.ModuleList(), [], []
        for line in lines:
            trained, kind, inputs, *numbers = line.split()
            layer = KINDS[kind](*numbers)
            layer.requires_grad_(trained == "1")
            self.layers.append(layer)
            self.inputs.append([] if inputs == "-" else [int(i) for i in inputs.split(",")])
            if trained == "0":
                self.frozen.append(layer)
        last = {i: reader for reader, inputs in enumerate(self.inputs) for i in inputs}
        self.dead = [[i for i in inputs if last[i] == reader] for reader, inputs in enumerate(self.inputs)]

    def train(self, mode=True):
        super().train(mode)
        for layer in self.frozen:
            layer.eval()  # Keras's rule: a frozen batch norm uses its moving statistics
        return self

    def forward(self, x):
        values = []
        for layer, inputs, dead in zip(self.layers, self.inputs, self.dead):
            values.append(layer(*[values[i] for i in inputs]) if inputs else x)
            for i in dead:
                values[i] = None
        return values[-1]


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

    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            k, c, r, s = layer.weight.shape
            take(layer.weight, (r, s, c, k))
        elif isinstance(layer, nn.Linear):
            take(layer.weight, tuple(layer.weight.shape[::-1]))
        elif isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            for target in (layer.weight, layer.bias, layer.running_mean, layer.running_var):
                take(target)
            continue
        if getattr(layer, "bias", None) is not None:
            take(layer.bias)
    assert values.size == 0, f"{values.size} numbers are left"


def laid_out(mode, model, x):
    layout = torch.channels_last if mode == "compile" else torch.contiguous_format
    return model.to(memory_format=layout), x.to(memory_format=layout)


def check(mode, model, folder, image):
    model.eval()
    values = numpy.fromfile(folder + "/exchange", "<f4")
    size = 2 * image * image * 3
    x = torch.from_numpy(values[:size].reshape(2, image, image, 3).copy()).permute(0, 3, 1, 2).contiguous()
    with torch.no_grad():
        count = model(x.clone()).numel()
    expected = values[size:size + count]
    load(model, values[size + count:])
    model, x = laid_out(mode, model, x)
    model = torch.compile(model) if mode.startswith("compile") else model
    with torch.no_grad():
        y = model(x)
    received = (y.permute(0, 2, 3, 1) if y.dim() == 4 else y).reshape(-1).numpy()
    error = numpy.abs(received - expected).max() / numpy.abs(expected).max()
    print(f"octnet-peer {error:.2e} PyTorch {torch.__version__} {mode}", flush=True)


def work(mode, kind, model, batch, image):
    """A function that does the job once."""
    x = torch.rand(batch, 3, image, image)
    model, x = laid_out(mode, model, x)
    run = torch.compile(model) if mode.startswith("compile") else model
    if kind != "train":
        model.eval()

        @torch.no_grad()
        def predict():
            for _ in range(EPOCH_BATCHES if kind == "epoch" else 1):
                run(x)

        return predict
    labels = torch.zeros(batch, dtype=torch.long)
    adam = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3, eps=1e-7)

    def step():
        adam.zero_grad()
        loss = nn.functional.cross_entropy(run(x), labels)
        loss.backward()
        adam.step()
        loss.item()

    return step


def serve(once, warm_seconds):
    once()  # compiles
    begin = time.perf_counter()
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
        since = time.perf_counter() - begin
        warm = (done >= WARM_UP and since >= warm_seconds) or since >= MOST_WARM * warm_seconds
        if ready or warm:
            print("octnet-peer", seconds if ready else "ready", flush=True)
            ready = True
            if sys.stdin.readline().strip() != "turn":
                break
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM:"))
    print("octnet-peer", int(peak.split()[1]) >> 10, flush=True)


def main():
    mode, action, job, folder, image, threads, warm_seconds = sys.argv[1:]
    kind, _, batch = job.split(" ")
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    with open(folder + "/graph") as lines:
        model = Network(lines)
    if action == "check":
        check(mode, model, folder, int(image))
    else:
        serve(work(mode, kind, model, int(batch), int(image)), float(warm_seconds))


main()
