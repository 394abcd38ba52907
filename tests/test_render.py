from __future__ import annotations

import html as htmllib
import io
import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pypdf
import pytest

from hrba.model import FreeText
from hrba.problems import CannotDo
from hrba.render import html, pdf, svg
from hrba.report import build_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hrba.model import Assessment, Pillar
    from hrba.views import Report

HOSTILE = "<img src=file:///etc/passwd> {{ 7*7 }} {% raw %} <script>alert(1)</script> & \"quotes\" 'single'"


@pytest.fixture(scope="module")
def report(china: Assessment) -> Report:
    return build_report(china, hashes=(("SHA-256 of china-2019.yaml", "ab" * 32),), version="9.9.9")


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return html.render(report)


@pytest.fixture(scope="module")
def document(report: Report) -> bytes:
    made = pdf.render(html.render(report, screen=False))
    assert made.warnings == ()
    return made.content


@pytest.fixture(scope="module")
def reader(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


@pytest.fixture(scope="module")
def words(reader: pypdf.PdfReader) -> str:
    """The text of the PDF without blanks: where lines break is no matter of content."""
    return squeeze("".join(sheet.extract_text() for sheet in reader.pages))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text).casefold()


def small(china: Assessment, rationale: str) -> Report:
    """A report of one standard, with one text of ours in it."""
    pillar = china.framework.pillars[0]
    one = replace(
        china.framework, pillars=(replace(pillar, standards=pillar.standards[:1]),), lenses=(), instruments=()
    )
    answer = replace(china.answer("PROS-1.1"), rationale=FreeText(text=rationale), evidence=())
    bare = replace(one, pillars=tuple(without_sources(pillar) for pillar in one.pillars))
    return build_report(replace(china, framework=bare, answers={"PROS-1.1": answer}, commitments={}))


def without_sources(pillar: Pillar) -> Pillar:
    standard = pillar.standards[0]
    measures = tuple(replace(measure, sources=(), lenses={}, overlaps=()) for measure in standard.measures)
    return replace(pillar, standards=(replace(standard, measures=measures),))


def test_the_page_is_one_file_that_fetches_and_runs_nothing(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert not re.findall(r"<(?:script|link|iframe|object|embed|img)\b", page)
    assert not re.findall(r"\bsrc=|url\(|@import", page)


def test_all_links_inside_the_page_arrive(page: str) -> None:
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_ids_are_given_once(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_rendering_is_a_pure_function(report: Report, page: str) -> None:
    assert html.render(report) == page


def test_hostile_text_is_shown_as_text(china: Assessment) -> None:
    rendered = html.render(small(china, HOSTILE))
    assert htmllib.escape(HOSTILE).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in rendered
    assert "<script>" not in rendered
    assert "49" not in re.sub(r"<style>.*?</style>", "", rendered, flags=re.DOTALL).split("passwd")[1][:40]


def test_a_link_that_is_no_web_address_is_not_a_link(china: Assessment) -> None:
    source = replace(china.sources["han-2019"], url="javascript:alert(1)")
    rendered = html.render(build_report(replace(china, sources={**china.sources, "han-2019": source})))
    assert 'href="javascript' not in rendered
    assert "javascript:alert(1)" in rendered


def test_own_templates_go_before_ours_one_by_one(report: Report, tmp_path: Path) -> None:
    (tmp_path / "cover.html").write_text("<p>Our own cover of {{ report.subject }}</p>", encoding="utf-8")
    rendered = html.render(report, tmp_path)
    assert "Our own cover of China" in rendered
    assert "Annex A: evidence" in rendered


@pytest.mark.parametrize(
    "template",
    ["{{ report.no_such_field }}", "{% if %}", "{{ report.__class__.__mro__ }}", '{% include "../pyproject.toml" %}'],
    ids=["unknown field", "syntax", "outside the sandbox", "outside the folder"],
)
def test_a_bad_template_is_said_and_stopped(report: Report, tmp_path: Path, template: str) -> None:
    (tmp_path / "cover.html").write_text(template, encoding="utf-8")
    with pytest.raises(CannotDo):
        html.render(report, tmp_path)


def test_every_text_of_the_page_is_in_the_pdf(report: Report, words: str) -> None:
    plain = html.render(report, screen=False)
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<title>.*?</title>", " ", plain, flags=re.DOTALL)
    pieces = {htmllib.unescape(piece).strip() for piece in re.split(r"<[^>]+>", body)}
    missing = [piece for piece in pieces if squeeze(piece) not in words]
    # A piece that a page break cuts has the running heads in the middle: look for both of its halves.
    lost = [p for p in missing if not all(squeeze(part) in words for part in halves(p, words))]
    assert not lost


def halves(piece: str, words: str) -> tuple[str, str]:
    """The longest beginning of a piece that is in the text, and the rest."""
    tokens = piece.split()
    for length in range(len(tokens), 0, -1):
        if squeeze(" ".join(tokens[:length])) in words:
            return " ".join(tokens[:length]), " ".join(tokens[length:])
    return "\0", piece


def test_the_pdf_shows_all_measures_with_their_status_in_order(china: Assessment, words: str) -> None:
    at = 0
    for measure in china.framework.measures:
        label = china.answer(measure.id).status.label
        found = re.compile(re.escape(squeeze(measure.id + measure.title))).search(words, at)
        assert found, measure.id
        at = found.end()
        row = words[at : at + len(squeeze(measure.text)) + 700]
        assert squeeze(label) in row, measure.id


def test_the_pdf_shows_chinese_titles_as_chinese(china: Assessment, words: str) -> None:
    titles = [source.original_title for source in china.sources.values() if source.original_title]
    assert len(titles) > 30
    found = [title for title in titles if squeeze(title) in words]
    assert len(found) >= len(titles) - 3  # a page break can cut a few


def test_the_pdf_is_tagged_and_knows_its_title_and_language(reader: pypdf.PdfReader) -> None:
    root = cast("pypdf.generic.DictionaryObject", reader.trailer["/Root"])
    assert str(cast("pypdf.generic.DictionaryObject", root["/MarkInfo"])["/Marked"]) == "True"
    assert str(root["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "China 2019: child trafficking against the minimum standards"


def test_the_pdf_has_a_bookmark_for_every_standard(china: Assessment, reader: pypdf.PdfReader) -> None:
    def titles(outline: Sequence[object]) -> list[str]:
        return [
            title
            for item in outline
            for title in (titles(item) if isinstance(item, list) else [str(getattr(item, "title", ""))])
        ]

    found = titles(reader.outline)
    for pillar in china.framework.pillars:
        assert pillar.title in found
        for standard in pillar.standards:
            assert f"{standard.id} {standard.title}" in found


def test_the_pdf_is_the_same_bytes_for_the_same_report(china: Assessment) -> None:
    rendered = html.render(small(china, "法律 and law."), screen=False)
    assert pdf.render(rendered).content == pdf.render(rendered).content


def test_a_glyph_that_no_font_has_is_a_warning_with_its_script(china: Assessment) -> None:
    made = pdf.render(html.render(small(china, "Text in no installed script: \U00011ee0\U00011ee1"), screen=False))
    assert len(made.warnings) == 1
    assert "Makasar" in made.warnings[0]


@pytest.mark.parametrize("address", ["https://example.org/a.css", "file:///etc/hostname"])
def test_the_pdf_renderer_fetches_nothing(address: str) -> None:
    page = f'<html lang="en"><head><title>t</title><link rel="stylesheet" href="{address}"></head><body>x</body></html>'
    made = pdf.render(page)
    assert any("not fetched" in warning for warning in made.warnings)


def test_other_logging_is_left_as_it_was(china: Assessment) -> None:
    before = logging.getLogger("weasyprint").handlers[:]
    pdf.render(html.render(small(china, "x"), screen=False))
    assert logging.getLogger("weasyprint").handlers == before


@pytest.mark.parametrize(
    ("character", "script"),
    [("中", "Chinese"), ("ع", "Arabic"), ("अ", "Devanagari"), ("あ", "Japanese"), ("한", "Korean"), ("ሁ", "Ethiopic")],
)
def test_scripts_have_names_that_people_know(character: str, script: str) -> None:
    assert pdf.script(character) == script


def test_charts_say_in_words_what_they_show(report: Report) -> None:
    chart = str(svg.bars(report.bars))
    assert 'role="img"' in chart
    assert "Prevention: 1 implemented, 8 partially implemented and 3 not implemented." in chart
    dots = str(svg.matrix(report.matrix))
    assert dots.count("<title>") == 55
    assert "PREV-2.9 not implemented" in dots


def test_symbols_differ_in_shape_not_only_in_colour() -> None:
    shapes = {re.sub(r"#[0-9a-f]{6}", "", str(svg.symbol(kind))) for kind in svg.COLOURS}
    assert len(shapes) == len(svg.COLOURS)
