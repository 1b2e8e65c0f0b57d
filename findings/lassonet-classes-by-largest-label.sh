#!/usr/bin/env bash
# lassonet 0.0.21 (torch 2.15.0): LassoNetClassifier makes an output for every whole number up to the largest label, not one for
# each class, as scikit-learn's classifiers do, and has no classes_. Two classes 2 and 7 make eight outputs, six of which no row
# ever has; predict_proba has eight columns.
# Seen: shape (3, 8) for labels 2 and 7.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check lassonet==0.0.21 torch==2.15.0 numpy==2.4.6 scikit-learn==1.9.1
OMP_NUM_THREADS=1 "$work/venv/bin/python" - <<'PYTHON'
import numpy
from lassonet import LassoNetClassifier

draw = numpy.random.default_rng(0)
x = draw.normal(size=(120, 4)).astype("float32")
y = numpy.where(x[:, 0] > 0, 7, 2)
model = LassoNetClassifier(hidden_dims=(4,), n_iters=(50, 10), patience=(10, 5), random_state=0, torch_seed=0)
model.path(x, y, return_state_dicts=False)
shape = model.predict_proba(x[:3]).shape
print("probabilities for labels 2 and 7:", tuple(shape), "classes_:", hasattr(model, "classes_"))
assert tuple(shape) == (3, 8) and not hasattr(model, "classes_")
PYTHON
