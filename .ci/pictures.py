"""Checks an executed notebook: every cell tagged "plot" has a picture among its outputs, and there is such a cell.

What processes said on their way (warnings of the JVM, names of the host) and times do not belong into a notebook that is committed:
they are taken out.
"""

import json
import sys


def has_picture(cell):
    for output in cell["outputs"]:
        data = output.get("data", {})
        html = "".join(data.get("text/html", ""))
        if "image/png" in data or "image/svg+xml" in data or "data:image/png" in html or "<svg" in html:
            return True
    return False


def tidy(cell):
    cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
    cell["metadata"].pop("execution", None)
    return cell


path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    before = file.read()
notebook = json.loads(before)
code = [tidy(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
plots = [cell for cell in code if "plot" in cell["metadata"].get("tags", [])]
if not plots:
    sys.exit(f"{path}: no cell is tagged as a plot")
for cell in plots:
    if not has_picture(cell):
        sys.exit(f"{path}: no picture under the cell\n" + "".join(cell["source"]))
after = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
if after != before:
    with open(path, "w", encoding="utf-8") as file:
        file.write(after)
