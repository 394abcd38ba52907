"""When treaties bind: from the record of a State and the final clauses of each treaty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    DUTIES,
    GUIDE,
    OTHER_TREATY,
    TREATY,
    assessment,
    assessments,
    basis,
    commitments,
    few,
    framework,
    many,
)

from hrba.binding import binding, binds, bound_since, level_in_force
from hrba.model import CONSENT, Assessment, Basis, Commitment, Delay, Instrument, Level, Measure

DAY = timedelta(days=1)
BOUND = Commitment(instrument="treaty", acts={"ratified": date(2010, 2, 8)})


def commitment(**acts: date) -> Commitment:
    return Commitment(instrument="treaty", acts=acts)


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("palermo", date(2010, 3, 10)),
        ("crc-opsc", date(2003, 1, 3)),
        ("untoc", date(2003, 10, 23)),
        ("crc", date(1992, 4, 1)),
        ("icescr", date(2001, 6, 27)),
        ("icerd", date(1982, 1, 28)),
        ("cedaw", date(1981, 9, 3)),  # ratified on 4 November 1980, before the treaty itself was in force
        ("cat", date(1988, 11, 3)),
        ("crpd", date(2008, 8, 31)),
        ("ilo-c138", date(2000, 4, 28)),
        ("ilo-c182", date(2003, 8, 8)),
        ("hague-1993", date(2006, 1, 1)),
        ("iccpr", None),  # signed only
        ("icmw", None),
        ("slavery-1926", None),
        ("slavery-1956", None),
        ("traffic-1949", None),
        ("ilo-c29", None),
        ("ilo-c105", None),
        ("hague-1980", None),
    ],
)
def test_treaties_bind_china_from_the_day_of_their_final_clauses(
    china: Assessment, name: str, since: date | None
) -> None:
    instrument, record = china.framework.instrument_by_id[name], china.commitments[name]
    assert bound_since(instrument, record) == since
    if since is None:
        assert not binds(instrument, record, date.max)
    else:
        assert [binds(instrument, record, day) for day in (since - DAY, since, since + DAY)] == [False, True, True]


@pytest.mark.parametrize(
    ("name", "deposit", "since"),
    [
        ("palermo", date(2001, 6, 1), date(2003, 12, 25)),
        ("palermo", date(2003, 11, 25), date(2003, 12, 25)),
        ("palermo", date(2003, 11, 26), date(2003, 12, 26)),
        ("palermo", date(2012, 2, 1), date(2012, 3, 2)),
        ("untoc", date(2000, 12, 12), date(2003, 9, 29)),
        ("crc-opsc", date(2001, 1, 31), date(2002, 1, 18)),
        ("crc-opsc", date(2003, 1, 31), date(2003, 2, 28)),
        ("crc-opsc", date(2004, 1, 31), date(2004, 2, 29)),
        ("crc-opsc", date(2004, 2, 29), date(2004, 3, 29)),
        ("crc", date(1990, 8, 3), date(1990, 9, 2)),
        ("ilo-c182", date(2004, 2, 29), date(2005, 2, 28)),
        ("slavery-1926", date(1956, 1, 1), date(1956, 1, 1)),
    ],
)
def test_no_treaty_binds_before_its_own_entry_into_force(
    china: Assessment, name: str, deposit: date, since: date
) -> None:
    instrument = china.framework.instrument_by_id[name]
    assert bound_since(instrument, commitment(ratified=deposit)) == since


@pytest.mark.parametrize("act", CONSENT)
def test_every_act_of_consent_binds(act: str) -> None:
    assert bound_since(TREATY, commitment(**{act: date(2010, 2, 8)})) == date(2010, 3, 10)


@pytest.mark.parametrize(
    ("record", "since"),
    [
        (None, None),
        (commitment(), None),
        (commitment(signed=date(2004, 1, 1)), None),
        (commitment(signed=date(2004, 1, 1), ratified=date(2005, 1, 1)), date(2005, 1, 31)),
        (commitment(ratified=date(2008, 1, 1), accepted=date(2006, 1, 1)), date(2006, 1, 31)),
        (commitment(in_force=date(2001, 1, 1)), date(2001, 1, 1)),
        (commitment(in_force=date(2011, 1, 1), ratified=date(2005, 1, 1)), date(2011, 1, 1)),
        (commitment(signed=date(2004, 1, 1), denounced=date(2005, 1, 1)), None),
    ],
    ids=[
        "not in the record",
        "nothing but a note",
        "signed only",
        "signed and ratified",
        "the first consent counts",
        "in_force alone",
        "in_force goes before what is computed",
        "denounced without consent",
    ],
)
def test_consent_or_a_date_in_the_record_binds_and_a_signature_does_not(
    record: Commitment | None, since: date | None
) -> None:
    assert bound_since(TREATY, record) == since


@pytest.mark.parametrize(
    ("instrument", "since"),
    [
        (replace(TREATY, in_force=None), date(2001, 1, 31)),
        (replace(TREATY, binds_after=None), None),
        (replace(TREATY, treaty=False), None),
        (replace(TREATY, binds_after=Delay()), date(2003, 12, 25)),
    ],
    ids=["in force on no known day", "no known delay", "soft law", "on deposit"],
)
def test_what_is_not_known_of_a_treaty_is_not_made_up(instrument: Instrument, since: date | None) -> None:
    assert bound_since(instrument, commitment(ratified=date(2001, 1, 1))) == since


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(2005, 1, 30), False),
        (date(2005, 1, 31), True),
        (date(2012, 5, 31), True),
        (date(2012, 6, 1), False),
        (date(2020, 1, 1), False),
    ],
)
def test_a_denunciation_ends_what_bound(day: date, *, bound: bool) -> None:
    record = commitment(ratified=date(2005, 1, 1), denounced=date(2012, 6, 1))
    assert binds(TREATY, record, day) is bound


def test_soft_law_binds_nobody() -> None:
    assert not binds(GUIDE, Commitment(instrument="guide", acts={"in_force": date(2000, 1, 1)}), date.max)


def asked(*sources: Basis, record: Commitment | None = BOUND, as_of: date = date(2019, 8, 30)) -> tuple[object, Level]:
    """`binding` and `level_in_force` of a measure with these sources."""
    one = Measure(id="1", title="t", text="t", sources=sources)
    found = assessment(framework([[one]]), {}, commitments=[record] if record else [], as_of=as_of)
    return binding(one, found), level_in_force(one, found)


SOFT, DEFINED = basis(Level.SOFT_LAW), basis(Level.DEFINITION)
MUST, MAY = basis(Level.MANDATORY), basis(Level.OPTIONAL)
ELSEWHERE = basis(Level.ENDEAVOUR, OTHER_TREATY)


@pytest.mark.parametrize(
    ("sources", "bound", "level"),
    [
        ((), None, Level.SOFT_LAW),
        ((SOFT,), None, Level.SOFT_LAW),
        ((DEFINED,), None, Level.SOFT_LAW),
        ((DEFINED, SOFT), None, Level.SOFT_LAW),
        ((MUST,), True, Level.MANDATORY),
        ((SOFT, MAY, DEFINED), True, Level.OPTIONAL),
        ((MAY, MUST), True, Level.MANDATORY),
        ((ELSEWHERE,), False, Level.SOFT_LAW),
        ((ELSEWHERE, DEFINED), False, Level.SOFT_LAW),
        ((ELSEWHERE, SOFT), False, Level.SOFT_LAW),
        ((basis(Level.MANDATORY, OTHER_TREATY), MAY), True, Level.OPTIONAL),
    ],
    ids=[
        "no source",
        "soft law only",
        "a definition in a treaty that binds",
        "a definition and soft law",
        "a duty that binds",
        "the duty among others",
        "the strongest that binds",
        "a duty of a treaty that does not bind",
        "a definition that binds beside a duty that does not",
        "soft law beside a duty that does not bind",
        "the strongest does not bind, a weaker one does",
    ],
)
def test_a_measure_binds_through_the_duties_in_force(
    sources: tuple[Basis, ...], level: Level, *, bound: bool | None
) -> None:
    assert asked(*sources) == (bound, level)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2010, 3, 9), (False, Level.SOFT_LAW)), (date(2010, 3, 10), (True, Level.MANDATORY))],
    ids=["the day before", "the day"],
)
def test_the_cut_off_date_decides(as_of: date, expected: tuple[bool, Level]) -> None:
    assert asked(MUST, as_of=as_of) == expected


def test_without_a_treaty_record_no_duty_binds() -> None:
    assert asked(MUST, record=None) == (False, Level.SOFT_LAW)


@many
@given(commitments(TREATY), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_a_treaty_binds_from_its_day_until_a_denunciation(record: Commitment, day: date) -> None:
    since, until = bound_since(TREATY, record), record.acts.get("denounced")
    consented = {"in_force", *CONSENT} & record.acts.keys()
    assert (since is not None) == bool(consented)
    came_back = bool(until) and any(record.acts[act] > until for act in consented if until)
    bound = since is not None and since <= day and (came_back or day < (until or date.max))
    assert binds(TREATY, record, day) == bound
    if since and "in_force" not in record.acts:
        assert since >= max(date(2003, 12, 25), min(record.acts[act] for act in consented))


@few
@given(assessments())
def test_what_is_in_force_is_a_duty_that_binds_and_never_more_than_the_framework_asks(found: Assessment) -> None:
    for one in found.framework.measures:
        bound, level = binding(one, found), level_in_force(one, found)
        assert (bound is None) == (not {source.level for source in one.sources} & set(DUTIES))
        assert (bound is True) == (level in DUTIES)
        assert level in DUTIES or level is Level.SOFT_LAW
        assert level.rank >= one.obligation.rank or one.obligation is Level.DEFINITION


def test_on_china_a_definition_alone_asks_nothing(china: Assessment) -> None:
    one = china.framework.measure_by_id["PROS-4.2"]
    assert {source.level for source in one.sources} == {Level.DEFINITION, Level.SOFT_LAW}
    assert (binding(one, china), level_in_force(one, china)) == (None, Level.SOFT_LAW)


def test_a_state_that_denounced_and_came_back_is_bound_from_its_new_consent() -> None:
    treaty = Instrument(id="t", title="T", short="T", treaty=True, binds_after=Delay(days=30))
    acts = {"ratified": date(2000, 1, 1), "denounced": date(2005, 1, 1), "acceded": date(2010, 2, 8)}
    commitment = Commitment(instrument="t", acts=acts)
    assert bound_since(treaty, commitment) == date(2010, 3, 10)
    assert binds(treaty, commitment, date(2010, 3, 10))
    assert not binds(treaty, commitment, date(2010, 3, 9))
