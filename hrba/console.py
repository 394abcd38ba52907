"""Problems and tables for a terminal. Functions return text; the command line prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from hrba import wording
from hrba.gaps import public
from hrba.model import Framework, Kind, Status
from hrba.native import Check
from hrba.problems import FileReport, Problem, Severity, printable
from hrba.rules import Rule
from hrba.score import Score, StandardScore, Totals, Verdict
from hrba.views import ChangeRow, ComparisonReport

if TYPE_CHECKING:
    from hrba.agree import Agreement
    from hrba.migrate import Plan

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_KIND_COLOURS = {
    Kind.MET: "green",
    Kind.PARTIAL: "yellow",
    Kind.UNMET: "red",
    Kind.UNKNOWN: "cyan",
    Kind.EXCLUDED: "dim",
}
_UNLIMITED = 10_000
_FIGURES = ("Measures", "Coverage", "Value", "Bounds")
_VERDICT_COLOURS = {
    Verdict.MET: "green",
    Verdict.PARTLY_MET: "yellow",
    Verdict.NOT_MET: "red",
    Verdict.UNDETERMINED: "cyan",
}


def problems(reports: Iterable[FileReport]) -> Text:
    """Every problem with its line, then the counts."""
    files = tuple(reports)
    parts = [part for file in files for found in file.problems for part in _problem(file.path, found)]
    return Text("\n").join([*parts, summary(files)])


def summary(files: tuple[FileReport, ...]) -> Text:
    """`1 error, 2 warnings, 0 notes in 1 file`."""
    counts = [
        (wording.count(sum(file.count(severity) for file in files), severity.value), severity) for severity in Severity
    ]
    told = Text(", ").join(
        Text(words, "" if words.startswith("0 ") else _COLOURS[severity]) for words, severity in counts
    )
    return Text.assemble(told, f" in {wording.count(len(files), 'file')}")


def _problem(path: str, found: Problem) -> Iterator[Text]:
    path = printable(path)
    place = f"{path}:{found.where.line}:{found.where.column}" if found.where else path
    head = Text.assemble(
        (place, "bold"),
        ": ",
        (found.severity.value, _COLOURS[found.severity]),
        f": {printable(found.message)} [{found.code}]",
    )
    yield head
    shown = found.source_line is not None and found.where is not None and found.severity is not Severity.NOTE
    if shown and found.source_line is not None and found.where is not None:
        number = str(found.where.line).rjust(5)
        line = found.source_line.replace("\t", " ")
        before = cell_len(printable(line[: found.where.column - 1]))
        width = max(cell_len(printable(line[found.where.column - 1 : found.where.end_column - 1])), 1)
        line = printable(line)
        yield Text.assemble((f"{number} | ", "dim"), line)
        mark = Text.assemble(("      | ", "dim"), " " * before, ("^" * width, _COLOURS[found.severity]))
        yield Text.assemble(mark, f" {printable(found.hint)}") if found.hint else mark
    elif found.hint and found.severity is not Severity.NOTE:
        yield Text.assemble(("      = ", "dim"), printable(found.hint))


@dataclass(frozen=True, slots=True)
class Fitting:
    """A table in several forms, of which the first that fits without breaking a word is printed, else the last."""

    forms: tuple[Table, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        unlimited = options.update(max_width=_UNLIMITED)
        fitting = (f for f in self.forms if Measurement.get(console, unlimited, f).minimum <= options.max_width)
        yield next(fitting, self.forms[-1])


def scores(result: Score) -> Iterator[Text | Table | Fitting]:
    """The head, the pillars with all their figures, and the standards with their verdicts."""
    assessment = result.assessment
    yield Text.assemble((assessment.title, "bold"))
    state = " (draft)" if assessment.draft else ""
    yield Text(f"{assessment.subject}, as of {wording.day(assessment.as_of)}{state}; {assessment.framework.ref}")
    yield Fitting((_pillars(result, folded=False), _pillars(result, folded=True), _pillars_upright(result)))
    yield _standards(result)


def _pillars(result: Score, *, folded: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    rows = _rows(result)
    table.add_column("Pillar", min_width=max(_longest(title) for title, _ in rows))
    statuses = _statuses(result)
    for status in statuses:
        width = _longest(status.label) if folded else cell_len(status.label)
        table.add_column(status.label, justify="right", width=width, style=_KIND_COLOURS[status.kind])
    for title, *figures in zip(_FIGURES, *(_figures(totals) for _, totals in rows), strict=True):
        table.add_column(title, justify="right", width=max(map(cell_len, (title, *figures))))
    for title, totals in rows:
        table.add_row(title, *(str(totals.counts[status.id]) for status in statuses), *_figures(totals))
    return table


def _pillars_upright(result: Score) -> Table:
    """The same figures with a column for each pillar."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("", overflow="fold")
    rows = _rows(result)
    for title, _ in rows:
        table.add_column(title, justify="right", overflow="fold")
    for status in _statuses(result):
        counts = [str(totals.counts[status.id]) for _, totals in rows]
        table.add_row(status.label, *counts, style=_KIND_COLOURS[status.kind])
    for title, *figures in zip(_FIGURES, *(_figures(totals) for _, totals in rows), strict=True):
        table.add_row(title, *figures)
    return table


def _longest(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _statuses(result: Score) -> list[Status]:
    return [status for status in result.assessment.framework.statuses if result.totals.counts[status.id]]


def _rows(result: Score) -> list[tuple[str, Totals]]:
    return [*((pillar.pillar.title, pillar.totals) for pillar in result.pillars), ("All", result.totals)]


def _figures(totals: Totals) -> list[str]:
    value = wording.percent(totals.score.value)
    return [str(totals.measures), wording.percent(totals.coverage), value, wording.bounds(totals.score)]


def _standards(result: Score) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Standard", no_wrap=True)
    table.add_column("", overflow="fold")
    table.add_column("Verdict", overflow="fold")
    for standard in result.standards:
        table.add_row(standard.standard.id, standard.standard.title, _verdict(standard))
    return table


def _reserve(standard: StandardScore) -> str:
    return ", unsupported" if standard.unsupported else ", contested" if standard.contested else ""


def _verdict(standard: StandardScore) -> Text:
    if standard.verdict is None:
        return Text("not applicable", "dim")
    words = standard.verdict.value.replace("_", " ") + (
        ", unsupported" if standard.unsupported else ", contested" if standard.contested else ""
    )
    return Text(words, _VERDICT_COLOURS[standard.verdict])


def comparison(found: ComparisonReport) -> Iterator[Text | Table | Indented]:
    """The pillars at each date, then for each step its findings and what is not the same."""
    yield Text(found.title, "bold")
    for title, details in found.sides:
        yield Text(f"  {details}: {title}")
    for pillar in found.trend:
        table = _plain_table(pillar.title, "Statuses", "Value", "Bounds")
        for row in pillar.rows:
            table.add_row(row.label, row.counts, row.value, row.bounds)
        yield table
    for step in found.steps:
        yield Text(f"\n{step.title}", "bold")
        yield from (Indented(finding, by=0) for finding in step.findings)
        for change in (*step.rows, *step.unchanged):
            yield from _change(change)


def _change(row: ChangeRow) -> Iterator[Text | Indented]:
    before = row.before.label.lower() if row.before else "not there"
    after = row.after.label.lower() if row.after else "not there"
    flags = "".join(f"; {flag}" for flag in row.flags)
    yield Text.assemble("\n", (row.id, "bold"), f" {row.title}")
    yield Text.assemble(f"    {before} > {after}: {row.direction}", (flags, "yellow"))
    yield from (Indented(cause) for cause in row.causes)


@dataclass(frozen=True, slots=True)
class Indented:
    """A text that is wrapped to the width of the terminal, every line of it indented, no line ending in blanks."""

    text: str
    by: int = 4

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in Text(self.text).wrap(console, max(options.max_width - self.by, 1)):
            yield Text(" " * self.by + line.plain.rstrip())


def _plain_table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def agreement(found: Agreement) -> Iterator[Text | Table | Indented]:
    """The coefficients, each with what it is, then every disagreement with both rationales."""
    names = [one.id for one in found.assessments]
    yield Text(wording.series(names), "bold")
    compared = f"{found.compared} of {wording.count(found.measures, 'measure')} rated by at least two"
    yield Text(compared)
    table = _plain_table("Agreement", "", "What it is")
    for title, value, meaning in (
        ("Percent agreement", found.percent_agreement, "share of pairs of ratings that are the same"),
        ("Cohen's kappa", found.cohen_kappa, "the same beyond chance; two assessors, unweighted (Cohen 1960)"),
        ("Krippendorff's alpha", found.krippendorff_alpha, "beyond chance, by distance on the ordinal scale"),
    ):
        table.add_row(title, wording.coefficient(value), meaning)
    yield table
    both = sum(disagreement.rated_by_all for disagreement in found.disagreements)
    apart = len(found.disagreements) - both
    yield Text(f"{wording.count(both, 'disagreement')} between ratings, {apart} between a rating and none")
    for disagreement in found.disagreements:
        yield Text.assemble("\n", (disagreement.measure.id, "bold"), f" {disagreement.measure.title}")
        for name, answer in zip(names, disagreement.answers, strict=True):
            confidence = f" ({answer.confidence})" if answer.confidence else ""
            yield Text.assemble("  ", (name, "bold"), f": {answer.status.label}", (confidence, "dim"))
            yield Indented(public(answer.rationale) or "No rationale.")


def migration(found: Plan) -> Iterator[Text]:
    """What becomes of each answer, and what is left to answer."""
    yield Text(f"{found.before.ref} to {found.after.ref}", "bold")
    for move in found.moves:
        to = f"now {move.to}" if move.to else "kept in the file, counts nowhere"
        yield Text.assemble((move.measure, "bold"), f": {to}")
    yield Text(f"Not answered in {found.after.version}: {wording.series(found.open) or 'none'}.")


def frameworks(available: Iterable[tuple[str, str, str]]) -> Table:
    """Id, version and title of each framework that can be found."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in ("Framework", "Version", "Title"):
        table.add_column(title)
    for row in available:
        table.add_row(*row)
    return table


def framework(found: Framework) -> Iterator[Text]:
    """A framework as a tree of pillars, standards and measures."""
    count = wording.count(len(found.measures), "measure")
    yield Text.assemble((f"{found.title}", "bold"))
    yield Text(f"{found.ref}, {count}; {found.licence}")
    for pillar in found.pillars:
        yield Text(f"\n{pillar.id}  {pillar.title}", "bold")
        for standard in pillar.standards:
            yield Text(f"  {standard.id}  {standard.title}", "bold")
            for measure in standard.measures:
                yield Text.assemble(f"    {measure.id}  {measure.title}", (f"  {measure.obligation}", "dim"))


def rules(found: Iterable[Rule]) -> Iterator[Text]:
    """Code, severity and title, a line each."""
    for rule in found:
        yield Text.assemble(
            (rule.code, "bold"), "  ", (rule.severity.value.ljust(7), _COLOURS[rule.severity]), f"  {rule.title}"
        )


def rule(found: Rule) -> Iterator[Text]:
    """One rule in full, with its examples."""
    yield Text.assemble(
        (found.code, "bold"), ": ", (found.severity.value, _COLOURS[found.severity]), f": {found.title}"
    )
    yield Text(f"\n{found.why}")
    for title, example in (("Not", found.bad), ("But", found.good)):
        if example:
            yield Text(f"\n{title}:", "bold")
            visible = example.replace("\t", "→   ")  # a tab would be printed as spaces, the very thing it is not
            yield Text("\n".join(f"    {line}" for line in visible.splitlines()))


def rules_page(found: Iterable[Rule]) -> str:
    """The rules as a page of Markdown, each with its examples."""
    parts = ["# Diagnostics"]
    for one in found:
        parts.append(f"## {one.code}: {one.title}\n\n{one.severity.capitalize()}. {one.why}")
        for title, example in (("Not", one.bad), ("But", one.good)):
            if example:
                parts.append(f"{title}:\n\n```yaml\n{example}\n```")
    return "\n\n".join(parts)


def checks(found: Iterable[Check]) -> Iterator[Text]:
    """What `doctor` looked for, a line each."""
    for check in found:
        word, style = (
            ("ok", "green") if check.found else ("MISSING", "bold red") if check.needed else ("missing", "yellow")
        )
        yield Text.assemble((word.ljust(8), style), check.name.ljust(18), "" if check.found else check.matters)
