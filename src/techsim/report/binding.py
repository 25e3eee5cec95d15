"""Charts of what binds in learning: teachers and hybrid teachers (L2, L3), partnerships and what is taught (L5, L6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.report import figures

if TYPE_CHECKING:
    from techsim.report.sections import Chart, Drawer

BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY = range(figures.COLOURS)
SEGMENTS = (
    ("vo, first degree", "vo_first", PURPLE),
    ("vo, second degree", "vo_second", ORANGE),
    ("mbo", "mbo", BLUE),
    ("hbo", "hbo", GREEN),
    ("wo", "wo", GOLD),
)


def teachers(d: Drawer) -> Chart | None:
    """L2 and L3: technical teachers by segment, posts filled, students per teacher in wo, hybrid teachers."""
    technical = ("technical", ("true",))

    def by_segment(quantity: str) -> list[figures.Line | None]:
        return [d.line(word, quantity, (("segment", (key,)), technical), colour) for word, key, colour in SEGMENTS]

    return d.chart(
        "Technical teachers",
        "On 1 October, full-time. Where posts stand vacant classes grow, quality falls, programmes close and places "
        "are rationed. Hybrid teachers teach beside a job in industry.",
        [
            d.panel("technical teachers, hybrid ones included", "full-time", by_segment("teachers")),
            d.panel("posts filled", "share", by_segment("posts_filled")),
            d.panel("students per teacher, wo", "ratio", [d.line("wo", "students_per_teacher_wo", (), GOLD)]),
            d.panel("hybrid teachers, all fields", "persons", [d.line("persons", "hybrid_teachers", (), BLUE)]),
        ],
        "teachers, students, hybrid_teachers",
    )


def partnerships(d: Drawer) -> Chart | None:
    """L5: partnerships by level group."""
    groups = (("mbo", ("mbo",), BLUE), ("hbo and wo", ("hbo_wo",), GREEN))
    return d.chart(
        "Public-private partnerships",
        "On 1 October. They start with public money, and go on where firms stay committed.",
        [
            d.panel(
                "partnerships", "partnerships",
                [d.line("all", "partnerships", (), GREY)]
                + [d.line(word, "partnerships", (("level_group", keys),), colour) for word, keys, colour in groups],
                shades=d.shades,
            )
        ],
        "partnerships",
    )  # fmt: skip
