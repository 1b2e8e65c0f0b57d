"""Training throughput of plain PyTorch versions of the sparsifying layers, as a yardstick.

    apt-get install -y python3-torch libopenblas0
    /usr/bin/python3 torch_baseline.py [threads=1] [batch=128] [seconds=3] [only=SUBSTRING] [layer=NAME]

Network 784-300-100-10 with ReLU, cross entropy, Adam 1e-3, float32, random data already in memory.
Prints one JSON object per layer kind: {"layer", "threads", "batch", "samples_per_second"}; the figure is
the best of the timed epochs of 100 batches. One step is forward + penalty + backward + update, as a user
of PyTorch would write it. Only ratios taken in one run on one machine mean anything.
"""
import json, sys, time
import torch
from torch import nn
import torch.nn.functional as F

opt = dict(a.split("=", 1) for a in sys.argv[1:])
THREADS, BATCH, SECONDS = int(opt.get("threads", 1)), int(opt.get("batch", 128)), float(opt.get("seconds", 3))
torch.set_num_threads(THREADS)
torch.manual_seed(0)
SIZES = (784, 300, 100, 10)


class Plain(nn.Module):
    """Shared parts: weight [out, in] and bias."""
    def __init__(self, n_in, n_out):
        super().__init__()
        lin = nn.Linear(n_in, n_out)
        self.weight, self.bias = lin.weight, lin.bias
    def forward(self, x): return F.linear(x, self.weight, self.bias)
    def penalty(self): return 0.0


class Variational(Plain):
    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.log_sigma2 = nn.Parameter(torch.full_like(self.weight, -10.0))
    def log_alpha(self): return self.log_sigma2 - 2 * torch.log(self.weight.abs() + 1e-12)
    def forward(self, x):
        var = F.linear(x * x, torch.exp(self.log_sigma2))
        return F.linear(x, self.weight, self.bias) + torch.randn_like(var) * torch.sqrt(var.clamp(min=1e-8))


class VD(Variational):
    def penalty(self):
        la = self.log_alpha()
        return (F.softplus(-la) / 2 + 0.63576 * torch.sigmoid(-1.48695 * la - 1.87320)).sum()


class ARD(Variational):
    def penalty(self): return F.softplus(-self.log_alpha()).sum() / 2


class HardConcrete(Plain):
    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.logits = nn.Parameter(torch.zeros_like(self.weight))
    def forward(self, x):
        u = torch.rand_like(self.logits).clamp(1e-4, 1 - 1e-4)
        s = torch.sigmoid((torch.log(u) - torch.log(1 - u) + self.logits) * 1.5)
        return F.linear(x, self.weight * (s * 1.2 - 0.1).clamp(0, 1), self.bias)
    def penalty(self): return torch.sigmoid(self.logits + 1.598596).sum()


class ContinuousSparsification(Plain):
    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.logits = nn.Parameter(torch.zeros_like(self.weight))
    def mask(self): return torch.sigmoid(self.logits * 4.0)
    def forward(self, x): return F.linear(x, self.weight * self.mask(), self.bias)
    def penalty(self): return self.mask().sum()


class MagnitudePruning(Plain):
    def forward(self, x):
        w = self.weight
        cut = torch.quantile(w.detach().abs().flatten(), 0.9)
        return F.linear(x, w * (w.detach().abs() >= cut), self.bias)


class Masked(Plain):
    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.register_buffer("mask", (torch.rand_like(self.weight) < 0.1).float())
    def forward(self, x): return F.linear(x, self.weight * self.mask, self.bias)


class Complex(nn.Module):
    """Complex linear map on (real, imag) pairs, four real products, variational noise."""
    def __init__(self, n_in, n_out, kind):
        super().__init__()
        self.re, self.im, self.kind = Plain(n_in, n_out), Plain(n_in, n_out), kind
        self.log_sigma2 = nn.Parameter(torch.full_like(self.re.weight, -10.0))
    def forward(self, z):
        x, y = z
        a, b = self.re.weight, self.im.weight
        u = F.linear(x, a, self.re.bias) - F.linear(y, b)
        v = F.linear(x, b, self.im.bias) + F.linear(y, a)
        std = torch.sqrt(F.linear(x * x + y * y, torch.exp(self.log_sigma2)).clamp(min=1e-8)) * 0.5 ** 0.5
        return u + torch.randn_like(std) * std, v + torch.randn_like(std) * std
    def penalty(self):
        w2 = self.re.weight ** 2 + self.im.weight ** 2
        la = self.log_sigma2 - 2 * torch.log(torch.sqrt(w2) + 1e-12)
        p = F.softplus(-la)
        if self.kind == "VDApprox": p = p + 0.57810 * torch.sigmoid(-1.36526 * la - 1.45926)
        return p.sum()


class InputGates(nn.Module):
    def __init__(self, n, kind):
        super().__init__()
        self.kind, self.p = kind, nn.Parameter(torch.full((n,), 0.5))
    def forward(self, x):
        if self.kind == "Gaussian": z = self.p + 0.5 * torch.randn_like(x)
        else:
            u = torch.rand_like(x).clamp(1e-6, 1 - 1e-6)
            z = torch.sigmoid((torch.log(u) - torch.log(1 - u) + self.p) * 1.5) * 1.2 - 0.1
        return x * z.clamp(0, 1)
    def penalty(self):
        return (torch.special.ndtr(self.p / 0.5) if self.kind == "Gaussian" else torch.sigmoid(self.p + 1.598596)).sum()


class Net(nn.Module):
    def __init__(self, make, gates=None):
        super().__init__()
        self.gates, self.layers = gates, nn.ModuleList(make(i, o) for i, o in zip(SIZES, SIZES[1:]))
    def forward(self, x):
        cplx = isinstance(self.layers[0], Complex)
        if self.gates is not None: x = self.gates(x)
        if cplx: x = (x, torch.zeros_like(x))
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < 2: x = tuple(map(F.relu, x)) if cplx else F.relu(x)
        return x[0] if cplx else x
    def penalty(self): return sum(l.penalty() for l in self.layers) + (self.gates.penalty() if self.gates is not None else 0)


class PlainConv(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        conv = nn.Conv2d(n_in, n_out, 5)
        self.weight, self.bias = conv.weight, conv.bias
    def forward(self, x): return F.conv2d(x, self.weight, self.bias)
    def penalty(self): return 0.0


class VDConv(PlainConv):
    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.log_sigma2 = nn.Parameter(torch.full_like(self.weight, -10.0))
    log_alpha, penalty = Variational.log_alpha, VD.penalty
    def forward(self, x):
        var = F.conv2d(x * x, torch.exp(self.log_sigma2))
        return super().forward(x) + torch.randn_like(var) * torch.sqrt(var.clamp(min=1e-8))


class LeNet5(nn.Module):
    """20 and 50 maps of 5x5 kernels, pooled, then 500 units."""
    def __init__(self, conv=PlainConv, make=Plain):
        super().__init__()
        self.conv1, self.conv2 = conv(1, 20), conv(20, 50)
        self.fc1, self.fc2 = make(800, 500), make(500, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x.view(-1, 1, 28, 28))), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))
    def penalty(self): return sum(l.penalty() for l in (self.conv1, self.conv2, self.fc1, self.fc2))


KINDS = {
    "dense": lambda: Net(Plain), "gaussian-gates": lambda: Net(Plain, InputGates(784, "Gaussian")),
    "binary-concrete-gates": lambda: Net(Plain, InputGates(784, "BinaryConcrete")),
    "vd": lambda: Net(VD), "ard": lambda: Net(ARD), "hard-concrete": lambda: Net(HardConcrete),
    "continuous-sparsification": lambda: Net(ContinuousSparsification), "magnitude-pruning": lambda: Net(MagnitudePruning),
    "masked": lambda: Net(Masked), "complex-ard": lambda: Net(lambda i, o: Complex(i, o, "ARD")),
    "complex-vd-approx": lambda: Net(lambda i, o: Complex(i, o, "VDApprox")),
    "lenet5": LeNet5, "lenet5-vd": lambda: LeNet5(VDConv, VD),
}
X, Y = torch.rand(100 * max(BATCH, 100), 784), torch.randint(0, 10, (100 * max(BATCH, 100),))
for name, make in KINDS.items():
    if opt.get("only", "") not in name or opt.get("layer", name) != name: continue
    batch = 100 if name.startswith("lenet5") else BATCH
    rows = 100 * batch
    net = make()
    adam = torch.optim.Adam(net.parameters(), 1e-3)
    best, started, epochs = float("inf"), time.perf_counter(), 0
    while epochs < 2 or time.perf_counter() - started < SECONDS:
        t = time.perf_counter()
        for i in range(0, rows, batch):
            adam.zero_grad()
            (F.cross_entropy(net(X[i:i + batch]), Y[i:i + batch]) + 1e-4 * net.penalty()).backward()
            adam.step()
        best, epochs = min(best, time.perf_counter() - t), epochs + 1
    print(json.dumps({"layer": name, "threads": THREADS, "batch": batch, "samples_per_second": round(rows / best)}), flush=True)
