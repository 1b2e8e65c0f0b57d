#!/usr/bin/env bash
# lassonet 0.0.21 (torch 2.15.0): a classifier whose path() has ended predicts with the end of the path, where no feature is
# left. On 200 rows whose class is the sign of x0 + x1 it then gives one class for every row and scores about a half, without a
# warning. load() of an earlier point of the path, which needs return_state_dicts=True, is what predicts.
# Seen: "after path(): 0.505 classes predicted: [1] after load() of the first point: 0.99".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check lassonet==0.0.21 torch==2.15.0 numpy==2.4.6 scikit-learn==1.9.1
OMP_NUM_THREADS=1 "$work/venv/bin/python" - <<'PYTHON'
import numpy
from lassonet import LassoNetClassifier

draw = numpy.random.default_rng(0)
x = draw.normal(size=(200, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype(int)
model = LassoNetClassifier(hidden_dims=(8,), n_iters=(1000, 50), patience=(100, 5), random_state=0, torch_seed=0)
path = model.path(x, y, return_state_dicts=True)
ended, classes = model.score(x, y), sorted(set(model.predict(x).tolist()))
model.load(path[0])
print("after path():", ended, "classes predicted:", classes, "after load() of the first point:", model.score(x, y))
assert len(classes) == 1 and ended < 0.6 and model.score(x, y) > 0.9
PYTHON
