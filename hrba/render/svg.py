"""Charts and symbols as SVG, made for print: flat colours that differ in grey, figures in words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from hrba.views import Bar, DotMatrix

INK: Final = "#1f2933"
MUTED: Final = "#52606d"
COLOURS: Final = {
    "met": "#1a7f4b",
    "partial": "#8a5a00",
    "unmet": "#a4212c",
    "unknown": "#52606d",
    "excluded": "#7b8794",
}
_FONT: Final = "font-family=\"'Noto Sans', 'DejaVu Sans', sans-serif\""
_WIDTH: Final = 680
_BAR_LEFT: Final = 120
_BAR_RIGHT: Final = 540
_BAR_STEP: Final = 40
_BAR_HEIGHT: Final = 24
_DOT_STEP: Final = 24
_DOT_LEFT: Final = 60
_ROW: Final = 20
_PILLAR: Final = 22
_TITLE_LIMIT: Final = 56

# Drawn round the origin, 10 units wide. White strokes lie on the colour; shape alone tells the kinds apart.
_RING: Final = '<circle r="4.4" fill="#fff" stroke="{c}" stroke-width="1.2"/>'
_SHAPES: Final = {
    "met": '<circle r="5" fill="{c}"/>'
    '<path d="M-2.4 0.2L-0.7 2L2.6 -1.8" fill="none" stroke="#fff" stroke-width="1.3"/>',
    "partial": _RING + '<path d="M0 -4.4A4.4 4.4 0 0 0 0 4.4Z" fill="{c}"/>',
    "unmet": _RING + '<path d="M-1.9 -1.9L1.9 1.9M1.9 -1.9L-1.9 1.9" stroke="{c}" stroke-width="1.4"/>',
    "unknown": _RING.replace("/>", ' stroke-dasharray="1.6 1.2"/>')
    + '<path d="M-1.5 -1.2A1.5 1.5 0 1 1 0 0.4V1.1" fill="none" stroke="{c}"/><circle cy="2.4" r="0.6" fill="{c}"/>',
    "excluded": _RING + '<path d="M-2.2 0H2.2" stroke="{c}" stroke-width="1.2"/>',
}


def symbol(kind: str) -> Markup:
    """The symbol of a kind, a letter high. Hidden from readers that hear: the word always stands beside it."""
    body = _SHAPES[kind].format(c=COLOURS[kind])
    return Markup(f'<svg class="symbol" viewBox="-5 -5 10 10" width="10" height="10" aria-hidden="true">{body}</svg>')  # noqa: S704 -- constants only


def bars(chart: tuple[Bar, ...]) -> Markup:
    """A stacked bar for each pillar, with counts in the segments and the value at the end."""
    alt = escape(" ".join(bar.alt for bar in chart))
    body = Markup("").join(part for row, bar in enumerate(chart) for part in _bar(bar, row * _BAR_STEP))
    return _picture(alt, len(chart) * _BAR_STEP, body)


def _bar(bar: Bar, top: int) -> Iterator[Markup]:
    middle = top + _BAR_HEIGHT / 2 + 4
    yield _text(0, middle, bar.title, weight="bold")
    total = sum(segment.count for segment in bar.segments) or 1
    left = float(_BAR_LEFT)
    for segment in bar.segments:
        width = (_BAR_RIGHT - _BAR_LEFT) * segment.count / total
        if segment.count:
            yield Markup(  # noqa: S704 -- numbers and constants only
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR_HEIGHT}" '
                f'fill="{COLOURS[segment.kind]}" stroke="#fff" stroke-width="1.5"/>'
            )
            yield _text(left + width / 2, middle, str(segment.count), fill="#fff", anchor="middle", weight="bold")
        left += width
    yield _text(_BAR_RIGHT + 10, middle, bar.value)


def matrix(chart: DotMatrix) -> Markup:
    """A dot for each measure, a line for each standard."""
    parts: list[Markup] = []
    top = 0
    longest = max((len(row.dots) for row in chart.rows), default=0)
    title_left = _DOT_LEFT + longest * _DOT_STEP + 10
    for row in chart.rows:
        if row.pillar:
            top += _PILLAR
            parts.append(_text(0, top - 8, row.pillar, weight="bold"))
        middle = top + _ROW / 2
        parts.append(_text(0, middle + 4, row.id, fill=MUTED, size=10))
        for index, dot in enumerate(row.dots):
            body = _SHAPES[dot.kind].format(c=COLOURS[dot.kind])
            at = f"translate({_DOT_LEFT + 8 + index * _DOT_STEP} {middle:.0f}) scale(1.55)"
            label = escape(f"{dot.id}: {dot.label}")
            parts.append(Markup(f'<g transform="{at}"><title>{label}</title>{body}</g>'))  # noqa: S704 -- label is escaped
        parts.append(_text(title_left, middle + 4, _short(row.title), size=11))
        top += _ROW
    return _picture(escape(chart.alt), top, Markup("").join(parts))


def _picture(alt: Markup, height: int, body: Markup) -> Markup:
    return Markup(  # noqa: S704 -- every part is escaped
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-label="{alt}">{body}</svg>'
    )


def _text(  # noqa: PLR0913 -- the attributes of an SVG text
    x: float, y: float, words: str, *, fill: str = INK, anchor: str = "start", weight: str = "normal", size: int = 12
) -> Markup:
    return Markup(  # noqa: S704 -- words are escaped
        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_LIMIT else title[: _TITLE_LIMIT - 1].rstrip() + "…"
