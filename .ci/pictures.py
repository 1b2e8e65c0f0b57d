"""Checks notebooks: every cell tagged "plot" has a picture among its outputs, and each notebook has such a cell."""

import json
import sys


def has_picture(cell):
    for output in cell["outputs"]:
        data = output.get("data", {})
        html = "".join(data.get("text/html", ""))
        if "image/png" in data or "image/svg+xml" in data or "data:image/png" in html or "<svg" in html:
            return True
    return False


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    plots = [cell for cell in cells if "plot" in cell["metadata"].get("tags", [])]
    if not plots:
        sys.exit(f"{path}: no cell is tagged as a plot")
    for cell in plots:
        if not has_picture(cell):
            sys.exit(f"{path}: no picture under the cell\n" + "".join(cell["source"]))
