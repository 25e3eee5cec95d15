"""Charts of the report as a file of their own (SVG) for pages that hold no style: panels side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from techsim.report.figures import p

STYLE = """
.paper{fill:#fff}text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
fill:#17222c}.title{font-size:13px;font-weight:600}.tick{font-size:11px;fill:#56636e}.label{font-size:12px;
font-weight:600;fill:var(--c)}.small{font-size:10px;fill:var(--c)}.grid{stroke:#e8ecef}.zero{stroke:#56636e;
stroke-opacity:.7}.notch{stroke:#dde3e7}.shade{fill:#eceff1}.goal{stroke:#17222c;stroke-dasharray:5 4;fill:none}
.goal-label{font-size:11.5px}.line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.thin{stroke-width:1.4}
.band{fill:var(--c);fill-opacity:.17;stroke:none}.end{fill:var(--c)}.dot{fill:#fff;stroke:var(--c);stroke-width:1.7}
.c0{--c:#0063a8}.c1{--c:#b84a00}.c2{--c:#00775a}.c3{--c:#94386f}.c4{--c:#866000}.c5{--c:#56616b}
"""
"""The light colours of ``report.css``."""
HIT = re.compile(r'<rect class="hit".*?</rect>', re.DOTALL)
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
GAP, HEAD = 24.0, 24.0
"""Space between panels, and for the title of one."""


def sheet(panels: Sequence[tuple[str, Markup]], columns: int = 2) -> str:
    """Panels, each with its title, in rows; a whole SVG file.

    Parameters
    ----------
    panels : sequence of (str, Markup)
        Title and drawing, as ``figures.draw`` or ``scatter.draw`` make it.
    columns : int
        Panels in a row.
    """
    sizes = [tuple(float(x) for x in BOX.findall(str(drawing))[0]) for _, drawing in panels]
    tall = max(height for _, height in sizes) + HEAD
    wide = max(width for width, _ in sizes)
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = (columns * wide + (columns - 1) * GAP + 30, rows * tall + (rows - 1) * GAP / 2 + 12)
    parts = [f"<style>{STYLE}</style>", f'<rect class="paper" width="{p(size[0])}" height="{p(size[1])}"/>']
    for i, (title, drawing) in enumerate(panels):
        x, y = 8 + (i % columns) * (wide + GAP), 6 + (i // columns) * (tall + GAP / 2)
        body = HIT.sub("", str(drawing)).replace(
            "<svg ",
            f'<svg overflow="visible" x="{p(x)}" y="{p(y + HEAD)}" width="{p(sizes[i][0])}" height="{p(sizes[i][1])}" ',
            1,
        )
        parts += [str(Markup('<text class="title" x="%s" y="%s">%s</text>') % (p(x + 4), p(y + 13), title)), body]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {p(size[0])} {p(size[1])}" width="{p(size[0])}">'
    return "\n".join([head, *parts, "</svg>", ""])
